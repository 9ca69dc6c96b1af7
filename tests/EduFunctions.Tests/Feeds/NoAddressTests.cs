using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>What is no address goes to no target, and whoever has nothing else where one is required is left out, with a finding.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NoAddressTests
{
    private const string None = "Anna <anna@elev.example>; mor@post.example";

    public static TheoryData<string, string, string> Feeds => new()
    {
        { "appleSchoolManager", "{}", "apple.valueRefused" },
        { "appleSchoolManager", """{"required": ["email_address"]}""", "apple.emailMissing" },
        { "blackboard", "{}", "blackboard.emailTooLong" },
        { "blackboard", """{"userId": "email"}""", "blackboard.userIdMissing" },
        { "oneRosterCsv", "{}", "oneRoster.valueRefused" },
        { "oneRosterCsv", """{"username": "email"}""", "oneRoster.userNameMissing" },
        { "schoolDataSync", "{}", "schoolDataSync.emailRefused" },
        { "scim", "{}", "scim.emailRefused" },
        { "scim", """{"username": "email"}""", "scim.userNameMissing" },
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task What_is_no_address_goes_to_no_target(string type, string settings, string finding)
    {
        var town = new SchoolBuilder(Night.Today);
        town.Unit("north");
        town.Student("anna", "north")["emails"]![0]!["value"] = None;

        using var night = await PaperNight.RunAsync(town.Data, Feed(type, settings));

        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("anna")], night.Found(finding));
        Assert.All(night.Files.Names, name => Assert.DoesNotContain("anna@elev", TextOf(night, name)));
    }

    [Theory]
    [InlineData("anna@elev.example", true)]
    [InlineData("anna berg", false)]
    [InlineData("anna+berg", false)]
    [InlineData("anna/berg", false)]
    [InlineData("anna<berg", false)]
    public async Task A_login_name_that_Learn_does_not_take_is_none(string login, bool isTaken)
    {
        var town = new SchoolBuilder(Night.Today);
        town.Unit("north");
        town.Student("anna", "north")["eduPersonPrincipalNames"] = new JsonArray(login);

        using var night = await PaperNight.RunAsync(town.Data, Feed("blackboard", "{}"));

        Assert.Equal(isTaken, night.Has("anna"));
        Assert.Equal(isTaken, !night.Found("blackboard.userIdMissing").Any());
    }

    private static Action<JsonObject> Feed(string type, string settings)
    {
        var given = JsonNode.Parse(settings)!.AsObject();
        return type switch
        {
            "blackboard" => PaperFeeds.Learn(given),
            "oneRosterCsv" => PaperFeeds.OneRoster(given),
            "schoolDataSync" => PaperFeeds.SchoolDataSync(given),
            "scim" => PaperFeeds.Scim(given),
            _ => tenant => ((JsonObject)tenant["feeds"]![0]!).Merge(new JsonObject { ["settings"] = given }),
        };
    }

    /// <summary>All that can be read of a file.</summary>
    private static string TextOf(PaperNight night, string name)
    {
        if (!name.EndsWith(".zip", StringComparison.Ordinal))
        {
            return night.Text(name);
        }

        using var zip = new ZipArchive(night.Files.Open(name), ZipArchiveMode.Read, leaveOpen: true);
        return string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }
}
