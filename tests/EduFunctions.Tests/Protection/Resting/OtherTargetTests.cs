using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Scim;
using EduFunctions.Tests.Systems.Unilogin.Import;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>
/// A feed that becomes one of another type at the same address has another target: nothing that the former one was given is taken for what the new one has, nobody
/// protected is handed to it, and whoever is left in what the former one was given is told.
/// </summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OtherTargetTests
{
    private const string Token = "test-scim";

    private static readonly string[] Types =
        ["appleSchoolManager", "oneRosterCsv", "schoolDataSync", "unikumRelations", "blackboard", "scim", "uniloginImport"];

    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly SkippingTime _time = new();
    private DateOnly _date = Night.Today;

    /// <summary>So far the types move on from one feed to the next: together these are all pairs.</summary>
    [Theory]
    [InlineData(1, "bulk")]
    [InlineData(2, "delta")]
    [InlineData(3, "bulk")]
    [InlineData(4, "delta")]
    [InlineData(5, "bulk")]
    [InlineData(6, "delta")]
    public async Task Every_type_follows_every_other(int far, string mode)
    {
        await using var scim = await ScimHabits.StartAsync();
        await using var service = await ImportServer.StartAsync();
        using var ground = new InMemoryGround();
        var first = await NextAsync(Town(), 0);
        Assert.Equal(RunState.Delivered, first.Run.State);

        var night = await NextAsync(Town("alva"), far);
        var next = await NextAsync(Town("alva"), far);
        var (answered, refusal) = await Make(Town("alva"), far).ApproveAllAsync(next.Run.Run);
        var back = await NextAsync(Town("alva"), 0);

        foreach (var held in new[] { night, next })
        {
            Assert.Equal(RunState.Held, held.Run.State);
            Assert.Empty(held.Received);
            foreach (var feed in held.Run.Feeds.Where(feed => !IsService(feed.Type)))
            {
                Assert.Equal(ReceiptState.Held, feed.State);
                Assert.DoesNotContain("taken out of the target", feed.Reason ?? "", StringComparison.Ordinal);
                Assert.Contains(feed.Holds, hold => hold.Code == HoldCode.BaselineLost);
                Assert.Contains(feed.Notices!, notice => notice.Code == NoticeCode.TargetChanged);
            }

            AssertTold(held.Run, far);
        }

        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, answered.Run.State);
        AssertWithout(answered);
        Assert.True(back.Run.State == RunState.Delivered, $"{back.Run.StateReason}");
        AssertWithout(back);
        Assert.DoesNotContain(scim.Users, user => (string?)user["externalId"] == Ids.Of("alva"));
        Assert.Equal([Ids.Of("bo")], service[DanishSchool.North].LocalIds);

        Task<NightResult> NextAsync(SchoolBuilder school, int far)
        {
            Sleep();
            return Make(school, far).RunAsync();
        }

        Night Make(SchoolBuilder school, int far) => Next(ground, school, [.. Types.Select((_, at) => Feed(at, Types[(at + far) % Types.Length], mode, scim, service))])
            .With("privacy.includeCivicNumber", true)
            .Setting($"Secrets:{TenantJson.ImportSecret}", service.Password);
    }

    /// <summary>It has nobody to forget, so that it is not even told of whom.</summary>
    [Fact]
    public async Task A_server_that_was_never_given_anything_learns_of_nobody_protected()
    {
        await using var former = await ScimHabits.StartAsync();
        await using var now = await ScimHabits.StartAsync();
        using var ground = new InMemoryGround();
        await Next(ground, Town(), Scim("scim", [], former)).RunAsync();
        var calls = former.Calls.Count;
        for (var night = 0; night < 2; night++)
        {
            Sleep();

            var moved = await Next(ground, Town("alva"), Scim("scim", [], now)).RunAsync();

            Assert.Equal((RunState.Held, calls, 0), (moved.Run.State, former.Calls.Count, now.Calls.Count));
            Assert.DoesNotContain("taken out of the target", $"{moved.Run.StateReason} {moved.Run.Feeds[0].Reason}", StringComparison.Ordinal);
            Assert.Contains($"last at {former.BaseUrl}", Assert.Single(moved.Run.Notices!, notice => notice.Code == NoticeCode.TargetLeft).Message, StringComparison.Ordinal);
        }
    }

    private void Sleep()
    {
        _date = _date.AddDays(1);
        _time.Skip(TimeSpan.FromHours(20));
    }

    private Night Next(InMemoryGround ground, SchoolBuilder school, params JsonNode[] feeds) => new Night(ground, school.Data).As(_tenant).On(_date).AcceptingShrink()
        .With("feeds", new JsonArray(feeds))
        .Setting($"Secrets:{Token}", "some-token")
        .Registering(services => services.AddSingleton<TimeProvider>(_time));

    private static SchoolBuilder Town(params string[] marked)
    {
        var school = DanishSchool.With("alva", "bo");
        foreach (var label in marked)
        {
            school.Person(label)["securityMarking"] = "Sekretessmarkering";
        }

        return school;
    }

    private static bool IsService(string type) => type is "scim" or "uniloginImport";

    /// <summary>What services have goes on under another name, and who is protected leaves them.</summary>
    private static void AssertTold(RunRecord run, int far)
    {
        var left = run.Notices!.Where(notice => notice.Code == NoticeCode.TargetLeft).Select(notice => notice.Message).ToList();
        for (var at = 0; at < Types.Length; at++)
        {
            var (former, now) = (Types[at], Types[(at + far) % Types.Length]);
            if (!IsService(former))
            {
                var told = Assert.Single(left, message => message.Contains($"feed slot{at} ", StringComparison.Ordinal));
                Assert.StartsWith("1 protected persons are in what", told, StringComparison.Ordinal);
                Assert.Equal(!IsService(now), told.Contains($"as {former}, where a feed of another type goes now: nothing of the former type is sent there", StringComparison.Ordinal));
            }
        }
    }

    private static void AssertWithout(NightResult night)
    {
        foreach (var file in night.Received)
        {
            Assert.All(TextsOf(file), text => Assert.DoesNotContain("alva@", text, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static IReadOnlyList<string> TextsOf(ReceivedFile file)
    {
        if (!file.Path.EndsWith(".zip", StringComparison.Ordinal))
        {
            return [File.ReadAllText(file.LocalFile)];
        }

        using var zip = ZipFile.OpenRead(file.LocalFile);
        return [.. zip.Entries.Select(entry => new StreamReader(entry.Open()).ReadToEnd())];
    }

    private static JsonObject Feed(int at, string type, string mode, ScimHabits scim, ImportServer service)
    {
        var settings = type switch
        {
            "oneRosterCsv" => new JsonObject { ["mode"] = mode, ["fileName"] = "roster" },
            "unikumRelations" => new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true },
            _ => [],
        };
        var feed = type switch
        {
            "scim" => Scim("scim", settings, scim),
            "uniloginImport" => TenantJson.UniloginImport(service, settings),
            _ => TenantJson.FeedOf(type, settings),
        };
        feed["name"] = $"slot{at}";
        if (!IsService(type))
        {
            feed["delivery"]!["directory"] = TenantJson.FolderOf($"slot{at}");
        }

        return feed;
    }

    private static JsonObject Scim(string name, JsonObject settings, ScimHabits server) => new()
    {
        ["name"] = name,
        ["type"] = "scim",
        ["settings"] = settings,
        ["delivery"] = new JsonObject { ["type"] = "scim", ["baseUrl"] = server.BaseUrl, ["token"] = new JsonObject { ["secret"] = Token } },
    };
}
