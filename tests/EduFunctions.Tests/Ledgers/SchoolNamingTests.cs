using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>Holds and plans are stored with ids of schools, and read with their names, but for names that tell of a protected person by now.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SchoolNamingTests : IAsyncDisposable
{
    private const string Called = "Vilda Provheds skola";

    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly InMemoryGround _ground = new();
    private readonly ServiceProvider _services;

    public SchoolNamingTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", _ground.ConnectionString)]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration);
        _ground.Register(services);
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _ground.Dispose();
    }

    [Fact]
    public async Task Of_a_hold_the_id_is_stored_and_the_name_is_read()
    {
        var held = await HeldAsync(Town());

        var schools = await SchoolsAsync(held);

        Assert.Equal(RunState.Held, held.State);
        Assert.Equal(Called, schools[Ids.Of("berget")]);
        Assert.Contains($"of school {Called} would be removed", schools.In(held.StateReason!, told => told));
        foreach (var (container, name) in new[] { (Containers.Runs, $"{held.Tenant}/{held.Run}.json"), (Containers.Rosters, RosterPath.Plan(held.Tenant, held.Run, "apple")) })
        {
            var stored = Encoding.UTF8.GetString((await _ground.Blobs.ReadAsync(container, name, CancellationToken.None))!.Content);
            Assert.Contains(Ids.Of("berget"), stored);
            Assert.DoesNotContain("Provhed", stored);
        }
    }

    [Fact]
    public async Task A_school_that_the_register_has_no_more_is_called_what_its_feed_keeps_it_as()
    {
        var town = Town();
        await RunAsync(town);

        var held = await RunAsync(town.Next().Edit(Collections.Organisations, Ids.Of("berget"), unit => unit["endDate"] = "2026-08-01"));

        Assert.Contains(held.Feeds[0].Holds, hold => hold.School == Ids.Of("berget"));
        Assert.Equal(Called, (await SchoolsAsync(held))[Ids.Of("berget")]);
    }

    [Fact]
    public async Task A_school_called_after_who_has_become_protected_since_is_its_id_again()
    {
        var town = Town();
        var held = await HeldAsync(town);
        Assert.Contains((await LeftOutAsync(held)).Rows, row => row.SchoolName == Called);

        await RunAsync(town.Next().Editing("vilda", pupil => pupil["securityMarking"] = "Sekretessmarkering"));

        Assert.Null((await SchoolsAsync(held))[Ids.Of("berget")]);
        Assert.Equal(held.StateReason, (await SchoolsAsync(held)).In(held.StateReason!, told => told));
        var rows = (await LeftOutAsync(held)).Rows;
        Assert.Contains(rows, row => row.School == Ids.Of("berget"));
        Assert.DoesNotContain(rows, row => row.SchoolName is not null && row.School == Ids.Of("berget"));
    }

    [Fact]
    public async Task A_group_that_somebody_has_left_is_told_by_its_name_unless_that_tells_of_somebody()
    {
        const string Leaver = "berget20";
        var town = Town().Edit(Collections.Groups, Ids.Of("berget-class"), group => group["displayName"] = "7A")
            .Edit(Collections.Groups, Ids.Of("dalen-class"), group => group["displayName"] = "Vilda Provheds grupp");
        await RunAsync(town);
        var run = await RunAsync(town.Next()
            .Edit(Collections.Groups, Ids.Of("berget-class"), group => group["groupMemberships"]!.AsArray().Remove(Membership(group, Ids.Of(Leaver))))
            .Edit(Collections.Groups, Ids.Of("dalen-class"), group => Join(group, Ids.Of(Leaver))));
        var explanation = (await _services.GetRequiredService<People>().ExplainAsync(run.Tenant, EntityId.Parse(Ids.Of(Leaver)), run: null, CancellationToken.None))!;
        var changes = explanation.ChangedSince!.Changes.Where(change => ChangedGroup.Of(change) is not null).ToList();

        var names = await _services.GetRequiredService<RunSchools>().OfPersonAsync(run.Tenant, [explanation], CancellationToken.None);
        await RunAsync(town.Next().Editing("vilda", pupil => pupil["securityMarking"] = "Sekretessmarkering"));
        var later = await _services.GetRequiredService<RunSchools>().OfPersonAsync(run.Tenant, [explanation], CancellationToken.None);

        Assert.Equal(["sections: gone from 7A", "sections: new in Vilda Provheds grupp"], changes.Select(change => names.In(change, told => told)).Order());
        Assert.Contains("sections: gone from 7A", changes.Select(change => later.In(change, told => told)));
        Assert.All(changes, change => Assert.DoesNotContain("Provhed", later.In(change, told => told)));
    }

    [Fact]
    public async Task A_school_that_is_left_out_itself_is_told_by_the_name_that_its_findings_have()
    {
        var run = await RunAsync(Town().Edit(Collections.Organisations, Ids.Of("dalen"), unit => (unit["displayName"], unit["endDate"]) = ("Dalens skola", "2026-08-01"))
            .Editing("dalen3", pupil => pupil["familyName"] = ""));

        var rows = (await LeftOutAsync(run)).Rows.Where(row => row.School == Ids.Of("dalen")).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal("Dalens skola", row.SchoolName));
    }

    /// <summary>A school that is called after one of its pupils, of whom nobody is protected; one has left it long ago.</summary>
    private static EditedSchoolData Town() => GuardTown.Of(("berget", 40), ("dalen", 60)).Next().Joining("berget", "vilda")
        .Editing("berget0", pupil => pupil["enrolments"]![0]!["endDate"] = "2026-01-01")
        .Edit(Collections.Organisations, Ids.Of("berget"), unit => unit["displayName"] = Called);

    private static JsonNode Membership(JsonNode group, string person) => group["groupMemberships"]!.AsArray().First(row => (string)row!["person"]!["id"]! == person)!;

    private static void Join(JsonNode group, string person)
    {
        var row = group["groupMemberships"]![0]!.DeepClone();
        row["person"]!["id"] = person;
        group["groupMemberships"]!.AsArray().Add(row);
    }

    private async Task<RunRecord> HeldAsync(EditedSchoolData town)
    {
        await RunAsync(town);
        return await RunAsync(town.Next().Losing("berget", 20, 40));
    }

    private async Task<RunRecord> RunAsync(ISchoolData school) => (await new Night(_ground, school).As(_tenant).RunAsync()).Run;

    private Task<NamedSchools> SchoolsAsync(RunRecord run) => _services.GetRequiredService<RunSchools>().OfAsync(run, CancellationToken.None);

    private async Task<RunList> LeftOutAsync(RunRecord run) => (await _services.GetRequiredService<RunLists>().FindAsync(
        run.Tenant, run.Run, RunList.LeftOut, feed: null, mayFindProtected: false, withNames: false, CancellationToken.None))!;
}
