using System.Text.Json.Nodes;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>A name that tells of somebody newly protected goes from files that are complete every time, whether or not that person has ever been in them.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class TellingFilesTests : IDisposable
{
    private static readonly string[] Types = ["appleSchoolManager", "schoolDataSync", "oneRosterCsv"];

    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly Dictionary<string, string> _received = [];
    private readonly JsonObject _members = [];
    private DateOnly _date = Night.Today;

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("never there", "a frozen feed")]
    [InlineData("gone before", "a frozen feed")]
    [InlineData("never there", "a pull that breaks off")]
    [InlineData("gone before", "a pull that breaks off")]
    public async Task A_class_and_a_school_are_called_otherwise_where_nobody_leaves(string who, string rest)
    {
        await NextAsync(who == "never there" ? Town().Without("alva") : Town());
        if (who == "gone before")
        {
            await NextAsync(Town().Without("alva"));
        }

        Assert.All(Types, type => Assert.Contains("Alva Berglund", _received[type], StringComparison.Ordinal));
        Assert.All(Types, type => Assert.DoesNotContain(Ids.Of("alva"), _received[type], StringComparison.Ordinal));
        var before = _received.ToDictionary();

        if (rest == "a frozen feed")
        {
            _members["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
        }

        await NextAsync(Town().Marking("alva"), breaksOff: rest != "a frozen feed");

        Assert.All(Types, type => Assert.DoesNotContain(RestingTown.Telling, _received[type], StringComparison.OrdinalIgnoreCase));
        Assert.All(Types, type => Assert.Equal(before[type].Split('\n').Length, _received[type].Split('\n').Length));
    }

    [Fact]
    public async Task Nothing_is_sent_where_nothing_tells()
    {
        await NextAsync(RestingTown.Make().Without("alva"));
        _received.Clear();
        _members["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };

        await NextAsync(RestingTown.Make().Marking("alva"));

        Assert.Empty(_received);
    }

    private static SchoolBuilder Town()
    {
        var school = RestingTown.Make();
        school.Row(Collections.Groups, "7a")["displayName"] = "Stöd Alva Berglund";
        school.Row(Collections.Organisations, "north")["displayName"] = "Hjälp Alva Berglund";
        school.Row(Collections.Syllabuses, "maths")["courseCode"] = "Alva Berglund";
        return school;
    }

    private async Task NextAsync(SchoolBuilder school, bool breaksOff = false)
    {
        _date = _date.AddDays(1);
        _time.Skip(TimeSpan.FromHours(20));
        var feeds = Types.Select(type =>
        {
            var feed = TenantJson.FeedOf(type, []);
            feed["delivery"]!["directory"] = TenantJson.FolderOf(type);
            _members.ToList().ForEach(member => feed[member.Key] = member.Value!.DeepClone());
            return feed;
        });
        var next = new Night(_ground, school.Data).As(_tenant).On(_date).AcceptingShrink().With("feeds", new JsonArray([.. feeds]))
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
        var night = await (breaksOff ? next.Behaving(BreakOff) : next).RunAsync();
        foreach (var file in night.Received)
        {
            var type = Types.Single(type => file.Path.Contains(TenantJson.FolderOf(type), StringComparison.Ordinal));
            _received[type] = string.Concat(new AppleZip(await File.ReadAllBytesAsync(file.LocalFile)).Files.Values);
        }
    }

    private void BreakOff(EduCloudHabits habits)
    {
        var before = Pulls();
        habits.Fault = page => page.Collection == "duties" && Waiting.For(() => Task.FromResult(Pulls() > before)) ? new Fault.Status(403) : null;
    }

    private int Pulls() =>
        _ground.Account.Blobs($"snapshots/{_tenant}/").Select(blob => blob.Key.Split('/')).Where(path => path[3].StartsWith("persons", StringComparison.Ordinal)).DistinctBy(path => path[2]).Count();
}
