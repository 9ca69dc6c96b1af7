using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Import;
using Xunit;

namespace EduFunctions.Tests.Systems;

/// <summary>What somebody may have typed into a school register for others to open: no target gets a formula, an invisible letter, or a name without end.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class HostileTextTests
{
    private static readonly Dictionary<string, (Action<JsonObject> Feed, string TooLong)> Targets = new()
    {
        ["apple"] = (PaperFeeds.Apple(), "apple.tooLong"),
        ["learn"] = (PaperFeeds.Learn(), "blackboard.tooLong"),
        ["unikum"] = (PaperFeeds.Unikum(), "unikum.tooLong"),
        ["oneRoster"] = (PaperFeeds.OneRoster(), "oneRoster.tooLong"),
        ["schoolDataSync"] = (PaperFeeds.SchoolDataSync(), "schoolDataSync.tooLong"),
        ["scim"] = (PaperFeeds.Scim(), "scim.tooLong"),
        ["import"] = (PaperFeeds.UniloginImport(), "uniloginImport.tooLong"),
    };

    private readonly DanishSchool _school = DanishSchool.With("alva", "bo");

    public static TheoryData<string> Names => [.. Targets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_formula_and_what_nobody_sees_leave_a_name(string target)
    {
        (_school.Person("alva")["givenName"], _school.Person("alva")["familyName"]) = ("\u200B=HYPERLINK(1)", "Prov\u202Ehed\u2066\u200D\uFEFF");
        (_school.Person("bo")["givenName"], _school.Person("bo")["familyName"]) = ("\uFF1D @-+Bo", "O\u00ADvan");

        using var night = await PaperNight.RunAsync(_school.Builder.Data, Targets[target].Feed);

        var all = Everything(night);
        Assert.Empty(night.Errors);
        Assert.Contains("HYPERLINK(1)", all);
        Assert.Contains("Provhed", all);
        Assert.Contains("Ovan", all);
        Assert.DoesNotContain("=HYPERLINK", all);
        Assert.DoesNotContain("@-+Bo", all);
        Assert.DoesNotContain(all, letter => letter is '\u200B' or '\u202E' or '\u2066' or '\u200D' or '\u00AD' or '\uFF1D');
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_address_that_is_a_formula_is_none(string target)
    {
        _school.Person("alva")["emails"]![0]!["value"] = "\u200B=cmd@elev.example";
        _school.Person("bo")["emails"]![0]!["value"] = "+bo@elev.example";

        using var night = await PaperNight.RunAsync(_school.Builder.Data, Targets[target].Feed);

        Assert.Empty(night.Errors);
        Assert.True(night.Has("alva") && night.Has("bo"));
        Assert.DoesNotContain("cmd@elev.example", Everything(night));
        Assert.DoesNotContain("bo@elev.example", Everything(night));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_without_end_keeps_one_person_out_and_nobody_else(string target)
    {
        _school.Person("alva")["familyName"] = new string('x', 70_000);

        using var night = await PaperNight.RunAsync(_school.Builder.Data, Targets[target].Feed);

        Assert.Empty(night.Errors);
        Assert.False(night.Has("alva"));
        Assert.True(night.Has("bo"));
        Assert.Equal([Ids.Of("alva")], night.Found(Targets[target].TooLong));
    }

    [Fact]
    public async Task At_Apple_names_of_schools_and_classes_are_cut_and_other_values_left_empty()
    {
        var endless = new string('å', 70_000);
        _school.Unit("west", "A00003")["displayName"] = endless;
        _school.Builder.Group("9c", "north", "Klass", "alva")["displayName"] = endless;
        (_school.Person("alva")["middleName"], _school.Person("bo")["eduPersonPrincipalNames"]) = (endless, new JsonArray($"={endless}"));

        using var night = await PaperNight.RunAsync(_school.Builder.Data, PaperFeeds.Apple());

        var zip = night.Apple();
        Assert.Empty(night.Errors);
        Assert.Contains(new string('å', 255), zip.Column("locations.csv", "location_name"));
        Assert.Contains(new string('å', 255), zip.Column("classes.csv", "class_number"));
        Assert.Equal(2, night.Found("apple.nameShortened").Count());
        Assert.Equal(new[] { Ids.Of("alva"), Ids.Of("bo") }.Order(StringComparer.Ordinal), night.Found("apple.valueRefused"));
    }

    private static string Everything(PaperNight night) => string.Join('\n', night.Files.Names.Select(name => name.EndsWith(".zip", StringComparison.Ordinal)
        ? Unzipped(night.Files.Open(name))
        : night.Text(name)));

    private static string Unzipped(Stream content)
    {
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        return string.Join('\n', zip.Entries.Select(entry => new StreamReader(entry.Open()).ReadToEnd()));
    }
}
