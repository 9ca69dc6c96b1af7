using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>
/// Files that are complete every time go to a target that rests as it has them, without whoever is protected by now: nothing in them, and no setting of since, keeps
/// anybody in.
/// </summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LeavingWholeTests : IDisposable
{
    private const string Apple = "appleSchoolManager";
    private const string Sds = "schoolDataSync";
    private const string OneRoster = "oneRosterCsv";

    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly JsonObject _members = [];
    private readonly JsonObject _settings = [];
    private readonly HashSet<string> _names = [];
    private DateOnly _date = Night.Today;

    public void Dispose() => _ground.Dispose();

    /// <summary>Kim is another pupil, and Rune answers for pupils before and behind him in the order of ids.</summary>
    [Theory]
    [InlineData(Apple, "kim")]
    [InlineData(Sds, "kim")]
    [InlineData(OneRoster, "kim")]
    [InlineData(Sds, "rune")]
    [InlineData(OneRoster, "rune")]
    public async Task Whoever_has_a_login_that_tells_goes_with_all_rows_that_refer_to_them(string type, string who)
    {
        if (type != Apple)
        {
            _settings["guardians"] = true;
        }

        Assert.Contains(Ids.Of(who), await SentAsync(type, Town(who)), StringComparison.Ordinal);
        Rest();

        var alone = await SentAsync(type, Town(who).Marking("alva"));
        var both = await SentAsync(type, Town(who).Marking("alva", "bo"));

        Assert.All([alone, both], sent => Assert.DoesNotContain(Ids.Of(who), sent, StringComparison.Ordinal));
        Assert.All([alone, both], sent => Assert.DoesNotContain(Ids.Of("alva"), sent, StringComparison.Ordinal));
        Assert.Contains(Ids.Of("bo"), alone, StringComparison.Ordinal);
        Assert.DoesNotContain(Ids.Of("bo"), both, StringComparison.Ordinal);
        Assert.All([alone, both], sent => Assert.Contains(Ids.Of("cleo"), sent, StringComparison.Ordinal));
    }

    /// <summary>Who stays is what the target has, by the settings of then.</summary>
    [Theory]
    [InlineData(Apple, "required", """["email_address"]""")]
    [InlineData(Apple, "emailRequired", "true")]
    [InlineData(Sds, "guardians", "true")]
    [InlineData(Sds, "zip", "false")]
    [InlineData(OneRoster, "fileName", "\"other\"")]
    public async Task What_is_asked_for_only_since_keeps_nobody_in(string type, string setting, string value)
    {
        await SentAsync(type, Town());
        Rest();
        _settings[setting] = JsonNode.Parse(value);

        var sent = await SentAsync(type, Town().Marking("alva"));
        var later = await SentAsync(type, Town().Marking("alva", "cleo"));

        Assert.All([sent, later], file => Assert.DoesNotContain(Ids.Of("alva"), file, StringComparison.Ordinal));
        Assert.DoesNotContain(Ids.Of("cleo"), later, StringComparison.Ordinal);
        Assert.All([sent, later], file => Assert.Contains(Ids.Of("bo"), file, StringComparison.Ordinal));
        Assert.Single(_names);
    }

    [Fact]
    public async Task Where_what_takes_them_out_may_not_be_sent_the_feed_fails_and_says_so()
    {
        await SentAsync(Sds, Town());
        await foreach (var kept in _ground.Blobs.ListAsync(Containers.State, $"{_tenant}/configurations/", CancellationToken.None))
        {
            await _ground.Blobs.DeleteAsync(Containers.State, kept.Name, CancellationToken.None);
        }

        Rest();
        _settings["guardians"] = true;
        var night = await NextAsync(Sds, Town().Marking("alva"));

        var feed = Assert.Single(night.Run.Feeds);
        Assert.Equal((RunState.Failed, ReceiptState.Failed), (night.Run.State, feed.State));
        Assert.Contains("nothing of it is sent. Who is protected could not be taken out of the target: 1 errors, first relationships.csv", feed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(RestingTown.Telling, feed.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Ids.Of("alva"), feed.Reason, StringComparison.Ordinal);
    }

    /// <summary>Where nobody who is protected has ever been there, a target that rests is left alone.</summary>
    [Fact]
    public async Task Nobody_to_take_out_is_no_failure()
    {
        await SentAsync(Sds, RestingTown.Make().Without("alva"));
        Rest();
        _settings["guardians"] = true;

        var night = await NextAsync(Sds, RestingTown.Make().Marking("alva"));

        Assert.Equal(ReceiptState.Held, Assert.Single(night.Run.Feeds).State);
        Assert.DoesNotContain("could not be taken out", night.Run.Feeds[0].Reason, StringComparison.Ordinal);
    }

    /// <param name="who">Has a login that tells of Alva.</param>
    private static SchoolBuilder Town(string? who = null)
    {
        var school = RestingTown.Make();
        school.Person("bo")["emails"] = new JsonArray();
        if (who == "kim")
        {
            school.Student("kim", "north");
            school.Call("kim", "Kim", "Provsson", "alva.berglund2");
            school.Group("kim's", "north", "Undervisning", "kim", "cleo");
            school.Activity("kim's hour", "north", "kim's", "maths", "hugo's");
        }

        school = who == "rune" ? school.WithGuardianOf("bo", "alva.berglund.pappa") : school.WithGuardianOf(who ?? "bo", "rune.tell");
        foreach (var student in (string[])["cleo", "disa", "elin", "frej"])
        {
            school.Responsible(student, "rune");
        }

        return school;
    }

    private void Rest() => _members["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };

    /// <summary>The rows of the zip that a night sends.</summary>
    private async Task<string> SentAsync(string type, SchoolBuilder school)
    {
        var night = await NextAsync(type, school);
        var file = Assert.Single(night.Received);
        _names.Add(Path.GetFileName(file.Path));
        return string.Concat(new AppleZip(await File.ReadAllBytesAsync(file.LocalFile)).Files.Values);
    }

    private Task<NightResult> NextAsync(string type, SchoolBuilder school)
    {
        _date = _date.AddDays(1);
        _time.Skip(TimeSpan.FromHours(20));
        var feed = TenantJson.FeedOf(type, (JsonObject)_settings.DeepClone());
        _members.ToList().ForEach(member => feed[member.Key] = member.Value!.DeepClone());
        return new Night(_ground, school.Data).As(_tenant).On(_date).AcceptingShrink().With("feeds", new JsonArray(feed))
            .Registering(services => services.AddSingleton<TimeProvider>(_time)).RunAsync();
    }
}
