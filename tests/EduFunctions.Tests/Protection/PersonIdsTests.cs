using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Export;
using Xunit;
using static EduFunctions.Tests.Systems.Unilogin.Export.DanishNight;

namespace EduFunctions.Tests.Protection;

/// <summary>Whoever types a name where an id belongs, or mistypes an id, is told so: nothing is removed or written down, and nobody of that name is meant.</summary>
[Collection(ProtectedTests.Name)]
public sealed class PersonIdsTests(AzuriteFixture azurite)
{
    private static readonly string Bo = Ids.Of("bo");

    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task What_is_nobodys_id_is_refused_and_leaves_no_trace()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        var before = await BlobsAsync(town);

        string[] nobodys =
        [
            "Fryndina", "Snyrhilda Drävmoström", "Åse-Lotta", "20130101-9806", "201301019806", "Aktiv", "Ingen", Ids.Of("nobody"), Ids.Of("north"), Ids.Of("north-class"),
        ];
        foreach (var typed in nobodys)
        {
            var purge = await town.CommandAsync("purge", "--tenant", town.Id, "--person", typed);
            var dry = await town.CommandAsync("purge", "--tenant", town.Id, "--person", typed, "--dry-run");
            var incident = await town.CommandAsync("incident", "--tenant", town.Id, "--person", typed, "--out", "incident");

            Assert.All((Ended[])[purge, dry, incident], ended =>
            {
                Assert.Equal((2, ""), (ended.ExitCode, ended.Output.Trim()));
                Assert.Contains($"Nothing that is kept of tenant {town.Id} has a person of this id.", ended.Errors);
                Assert.Contains($"explain --tenant {town.Id} --find -", ended.Errors);
                Assert.DoesNotContain(typed, ended.Errors);
            });
        }

        Assert.False(Directory.Exists(Path.Combine(town.Folder, "incident")));
        Assert.Equal(before, await BlobsAsync(town));
    }

    [Fact]
    public async Task Who_was_purged_is_told_so_the_second_time()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        _school.Data["persons"].RemoveAt(1);
        await town.PassAsync();
        await town.PassAsync();

        var first = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo);
        var before = await BlobsAsync(town);
        var second = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo.ToUpperInvariant());
        var incident = await town.CommandAsync("incident", "--tenant", town.Id, "--person", Bo, "--out", "incident");

        Assert.Equal((0, 0, 2), (first.ExitCode, second.ExitCode, incident.ExitCode));
        var at = JsonNode.Parse(second.Output)!["purgedBefore"]!.GetValue<DateTimeOffset>();
        Assert.Null(JsonNode.Parse(first.Output)!["purgedBefore"]);
        Assert.All((Ended[])[second, incident], ended => Assert.Contains($"Nothing of this id is kept of tenant {town.Id}: it was purged on {at:yyyy-MM-dd}.", ended.Errors));
        Assert.Equal(before, await BlobsAsync(town));
    }

    /// <summary>Danish user ids are letters, and many a name is one.</summary>
    [Fact]
    public async Task Whose_id_looks_like_anothers_name_is_purged_alone()
    {
        var (withId, withName, withLong) = (School(), School(), School());
        withId.Members.Add(Pupil("fryndina"));
        withName.Members.Add(Pupil(Person("elev0002") with { FirstName = "fryndina", FamilyName = "FRYNDINA" }));
        withLong.Members.Add(Pupil("bruger-med-meget-langt-id"));
        var tenant = $"t{Guid.NewGuid():n}";
        var (named, late) = (await azurite.Danish(withName).As(tenant).Dry().RunAsync(), await azurite.Danish(withLong).As(tenant).Dry().RunAsync());

        var nobody = await PurgeAsync(tenant, "fryndina");
        var own = await azurite.Danish(withId).As(tenant).Dry().RunAsync();
        await azurite.Danish(School()).As(tenant).Dry().RunAsync();
        var done = await PurgeAsync(tenant, "fryndina");
        var longOne = await PurgeAsync(tenant, "bruger-med-meget-langt-id");

        Assert.Equal((2, 0, 0), (nobody.ExitCode, done.ExitCode, longOne.ExitCode));
        Assert.Contains($"snapshots/{tenant}/{own.Run.Run}/manifest.json", done.Output);
        Assert.Contains($"feeds/{tenant}/{own.Run.Run}/apple/asm.zip", done.Output);
        Assert.Contains($"rosters/{tenant}/{own.Run.Run}/ledger.bin", done.Output);
        Assert.DoesNotContain(named.Run.Run, done.Output);
        Assert.DoesNotContain(late.Run.Run, done.Output);
        Assert.Contains($"feeds/{tenant}/{late.Run.Run}/apple/asm.zip", longOne.Output);
        Assert.DoesNotContain(own.Run.Run, longOne.Output);
    }

    /// <summary>What retention has left of somebody is purged all the same.</summary>
    [Fact]
    public async Task Who_stands_in_a_kept_file_alone_can_be_purged()
    {
        var school = School();
        school.Members.Add(Pupil("fryndina"));
        school.Members.Add(Pupil(Person("elev0002") with { FirstName = "Snyrhilda" }));
        var night = await azurite.Danish(school).Dry().RunAsync();
        foreach (var container in (string[])["snapshots", "rosters"])
        {
            await foreach (var blob in azurite.Blobs.ListAsync(container, $"{night.Run.Tenant}/", CancellationToken.None))
            {
                await azurite.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
            }
        }

        await azurite.Danish(School()).As(night.Run.Tenant).Dry().RunAsync();
        var name = await PurgeAsync(night.Run.Tenant, "Snyrhilda");
        var id = await PurgeAsync(night.Run.Tenant, "fryndina");

        Assert.Equal((2, 0), (name.ExitCode, id.ExitCode));
        Assert.Contains($"feeds/{night.Run.Tenant}/{night.Run.Run}/apple/asm.zip", id.Output);
    }

    private Task<Ended> PurgeAsync(string tenant, string person) => LocalHostProcess.RunAsync(
        new Dictionary<string, string>(), Path.GetTempPath(), "purge", "--tenant", tenant, "--person", person, "--dry-run", "--storage", azurite.ConnectionString);

    private async Task<Town> TownAsync()
    {
        _school.Unit("north");
        foreach (var student in new[] { "alva", "bo", "cilla" })
        {
            var person = _school.Student(student, "north");
            person["givenName"] = student == "alva" ? "Fryndina" : "Provhed";
            person["civicNo"] = new JsonObject { ["value"] = student == "alva" ? "201301019806" : null };
        }

        _school.Group("north-class", "north", members: ["alva", "cilla"]);
        var town = await Town.StartAsync(azurite, _school.Data);
        town.File["guard"] = new JsonObject { ["minRemoved"] = 1000 };
        return town;
    }

    private static async Task<IReadOnlyList<string>> BlobsAsync(Town town)
    {
        var blobs = new List<string>();
        foreach (var container in (string[])["snapshots", "rosters", "feeds", "runs", "state"])
        {
            blobs.AddRange(await town.BlobsAsync(container, ""));
        }

        return blobs;
    }
}
