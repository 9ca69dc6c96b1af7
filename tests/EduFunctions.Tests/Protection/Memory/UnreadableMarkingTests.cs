using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;
using static EduFunctions.Tests.Protection.Memory.CommonMarkingNights;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>
/// Markings that nobody can read are counted whatever each of them says, wherever they stand: a good night, one in which too many bear one, and the mended one, by
/// what Learn has.
/// </summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnreadableMarkingTests
{
    private static readonly Dictionary<string, Func<int, JsonNode?>> Values = new()
    {
        ["a number each"] = row => 1000 + row,
        ["a milliseconds each"] = row => 1_780_000_000_000 + (row * 977L),
        ["who looked at each"] = row => $"granskad av anv{row}",
        ["a day each"] = row => $"{1 + (row % 28)}/8 2026",
        ["an ISO day each"] = row => $"2026-{1 + (row % 12):00}-{1 + (row % 28):00}T08:00:00Z",
        ["Ingen with a day each"] = row => $"Ingen (2026-08-{1 + (row % 28):00})",
        ["Ingen with a row each"] = row => $"Ingen {row}",
        ["an object each"] = row => new JsonObject { ["kod"] = "N", ["rad"] = row },
        ["an id each"] = row => new JsonObject { ["id"] = Ids.Of($"marking-{row}"), ["displayName"] = "Ingen" },
        ["a list each"] = row => new JsonArray($"a{row}"),
        ["a postal code each"] = row => $"999 {row:00}",
        ["six spellings"] = row => new[] { "None", "Nej", "no", "-", "0", "x" }[row % 6],
        ["one spelling for a few, texts and numbers"] = row => row % 2 == 0 ? row : "None",
        ["a denial in one word"] = _ => "SekretessNej",
        ["a denial in small letters"] = _ => "sekretessnej",
        ["a denial in brackets"] = _ => "Sekretess (inget)",
        ["a denial behind an underscore"] = _ => "Skyddad_INGEN",
        ["a denial in front"] = _ => "Ej skyddad",
        ["a denial of a word of the standard"] = _ => "Sekretessmarkering: nej",
        ["a denial of several"] = _ => "Sekretess/skyddad folkbokföring: N",
    };

    public static TheoryData<string> Names => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_each_says_nobody_leaves_and_the_mended_night_is_as_ever(string name)
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), Values[name])), "42 of 42 persons have a securityMarking that is not understood");

        await AssertMendedAsync(nights, PlainTown.Make());
    }

    [Theory]
    [InlineData("\"None\"")]
    [InlineData("\"\"")]
    [InlineData("false")]
    public async Task In_a_small_school_half_are_too_many(string marking)
    {
        await using var nights = await BeginAsync(SmallSchool());

        AssertHeld(await nights.NextAsync(MarkEach(SmallSchool(), row => row < 5 ? JsonNode.Parse(marking) : "Ingen")), "5 of 9 persons have a securityMarking");

        await AssertMendedAsync(nights, SmallSchool());
    }

    [Theory]
    [InlineData("duties", "6 of 6 persons have a duties.securityMarking")]
    [InlineData("responsibles", "6 of 6 persons have a responsibles.securityMarking")]
    [InlineData("staff", "6 of 6 staff have a securityMarking")]
    public async Task Of_a_place_or_a_role_all_are_too_many(string where, string reason)
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        var town = PlainTown.Make();
        foreach (var bearer in Bearers(town, where))
        {
            bearer["securityMarking"] = "None";
        }

        AssertHeld(await nights.NextAsync(town), reason);

        await AssertMendedAsync(nights, PlainTown.Make());
    }

    [Fact]
    public async Task No_percentage_makes_them_protect_everybody()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        var run = await nights.RunAsync(targets => targets.Next(MarkEach(PlainTown.Make(), _ => "None").Data, acceptsShrink: false).With("source.maxNotUnderstoodPercent", 100));

        AssertHeld(run, "42 of 42 persons have a securityMarking that is not understood: another text (limit: 100 %, or half)");
        await AssertMendedAsync(nights, PlainTown.Make());
    }

    [Theory]
    [InlineData("\"Sekretess: N; Skyddad folkbokföring: N\"", "\"Sekretess: J; Skyddad folkbokföring: N\"", "\"Sekretess: N; Skyddad folkbokföring: J\"")]
    [InlineData("\"Sekretessmarkering: N; Skyddad folkbokföring: N\"", "\"Sekretessmarkering: J; Skyddad folkbokföring: N\"", "\"Sekretessmarkering: N; Skyddad folkbokföring: J\"")]
    [InlineData("""{ "sekretess": false }""", """{ "sekretess": true }""", """{ "sekretess": true }""")]
    [InlineData("\"0\"", "\"1\"", "\"2\"")]
    [InlineData("false", "true", "true")]
    [InlineData("\"None\"", "\"J\"", "\"Sekr\"")]
    public async Task Beside_what_nearly_all_bear_the_few_who_bear_something_else_are_protected(string common, string one, string other)
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        string[] few = [.. PlainTown.Make().Data[Collections.Persons].Take(2).Select(person => (string)person["id"]!)];

        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), row => JsonNode.Parse(row == 0 ? one : row == 1 ? other : common))), "persons have a securityMarking");

        nights.AssertGone([Ids.Of("north-7-guardian"), .. few]);
        await nights.AssertRememberedAsync(few);
    }

    [Fact]
    public async Task Beside_it_a_tenth_are_few_and_more_are_not()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), row => row < 5 ? "J" : "None")), "42 of 42 persons have a securityMarking");

        nights.AssertGone();
        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), row => row < 4 ? "J" : "None")), "42 of 42 persons have a securityMarking");
        nights.AssertGone([Ids.Of("north-7-guardian"), .. PlainTown.Make().Data[Collections.Persons].Take(4).Select(person => (string)person["id"]!)]);
    }

    [Fact]
    public async Task In_a_small_school_one_is_told_from_the_others()
    {
        await using var nights = await BeginAsync(SmallSchool());

        AssertHeld(await nights.NextAsync(MarkEach(SmallSchool(), row => row == 0 ? "J" : "None")), "9 of 9 persons have a securityMarking");

        nights.AssertGone((string)SmallSchool().Data[Collections.Persons].First()["id"]!);
    }

    [Fact]
    public async Task What_the_register_writes_for_protection_is_said_in_the_tenant_file_and_obeyed_however_many_bear_it()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        await nights.RunAsync(targets => targets.Next(MarkEach(PlainTown.Make(), row => row < 30 ? " kod 6" : "Ingen").Data, acceptsShrink: true)
            .With("source.protectionWords", new JsonArray("Kod 6")));

        await nights.AssertRememberedAsync(PlainTown.Make().Data[Collections.Persons].Take(30).Select(person => (string)person["id"]!));
    }

    [Fact]
    public async Task A_word_of_the_standard_with_something_behind_it_is_obeyed_however_many_bear_it()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        await nights.RunAsync(targets => targets.Next(
            MarkEach(PlainTown.Make(), row => row < 30 ? "Sekretessmarkering (ej folkbokföringssekretess)" : "Ingen").Data, acceptsShrink: true));

        await nights.AssertRememberedAsync(PlainTown.Make().Data[Collections.Persons].Take(30).Select(person => (string)person["id"]!));
    }

    [Theory]
    [InlineData("\"None\"", "none")]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("\"\"", "")]
    [InlineData("\"Sekretess: nej\"", "Sekretess: nej")]
    public async Task What_the_register_writes_for_none_is_said_in_the_tenant_file_and_is_none(string marking, string word)
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        AssertDelivered(await nights.NextAsync(PlainTown.Make().Marking("south-9-4")));
        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), _ => JsonNode.Parse(marking))), "may have it named in source.noMarking, and one for protection in source.protectionWords.");

        // Two such nights take back whoever was protected, as Ingen would.
        for (var night = 0; night < 2; night++)
        {
            nights.AssertGone(Ids.Of("south-9-4"));
            AssertDelivered(await nights.RunAsync(targets =>
                targets.Next(MarkEach(PlainTown.Make(), _ => JsonNode.Parse(marking)).Data, acceptsShrink: false).With("source.noMarking", new JsonArray(word))));
        }

        nights.AssertGone();
        await nights.AssertRememberedAsync();
    }

    [Fact]
    public async Task In_a_small_school_everybody_is_too_many()
    {
        await using var nights = await BeginAsync(SmallSchool());

        AssertHeld(await nights.NextAsync(MarkEach(SmallSchool(), _ => "SKYDDAD")), "9 of 9 persons are said to be protected by a securityMarking in words");

        await AssertMendedAsync(nights, SmallSchool());
    }

    [Fact]
    public async Task Words_of_the_registers_own_do_not_protect_more_than_half()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        AssertHeld(await nights.NextAsync(MarkEach(PlainTown.Make(), row => row < 22 ? "SKYDDAD" : "Ingen")), "22 of 42 persons are said to be protected by a securityMarking in words");

        await AssertMendedAsync(nights, PlainTown.Make());
        AssertDelivered(await nights.NextAsync(MarkEach(PlainTown.Make(), row => row < 3 ? "SKYDDAD" : "Ingen")));
        await nights.AssertRememberedAsync(PlainTown.Make().Data[Collections.Persons].Take(3).Select(person => (string)person["id"]!));
    }

    [Fact]
    public async Task Records_that_all_say_that_they_are_masked_hide_nobody()
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        AssertHeld(await nights.NextAsync(Mask(PlainTown.Make(), 12).MarkingAs("south-9-4", "Sekretessmarkering")), "12 of 42 persons are said to be protected by a givenName in words");

        nights.AssertGone(Ids.Of("south-9-4"));
        AssertDelivered(await nights.NextAsync(Mask(PlainTown.Make(), 2).MarkingAs("south-9-4", "Sekretessmarkering")));
        nights.AssertGone([Ids.Of("south-9-4"), Ids.Of("north-7-guardian"), .. PlainTown.Make().Data[Collections.Persons].Take(2).Select(person => (string)person["id"]!)]);
    }

    private static async Task AssertMendedAsync(CommonMarkingNights nights, SchoolBuilder town)
    {
        nights.AssertGone();
        await nights.AssertRememberedAsync();
        AssertDelivered(await nights.NextAsync(town));
        nights.AssertGone();
        await nights.AssertRememberedAsync();
    }

    private static SchoolBuilder MarkEach(SchoolBuilder town, Func<int, JsonNode?> value)
    {
        foreach (var (row, person) in town.Data[Collections.Persons].Index())
        {
            person["securityMarking"] = value(row);
        }

        return town;
    }

    private static SchoolBuilder Mask(SchoolBuilder town, int many)
    {
        foreach (var person in town.Data[Collections.Persons].Take(many))
        {
            (person["givenName"], person["familyName"]) = ("Skyddad", "Identitet");
        }

        return town;
    }

    private static IEnumerable<JsonNode> Bearers(SchoolBuilder town, string where) => where switch
    {
        "duties" => town.Data[Collections.Duties].Select(duty => duty["person"]!),
        "responsibles" => town.Data[Collections.Persons].SelectMany(person => person["responsibles"]?.AsArray() ?? []).Select(row => row!),
        _ => town.Data[Collections.Duties].Select(duty => town.Data[Collections.Persons].Single(person => (string?)person["id"] == (string?)duty["person"]!["id"])),
    };

    /// <summary>Eight pupils and their teacher.</summary>
    private static SchoolBuilder SmallSchool()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        string[] pupils = [.. Enumerable.Range(1, 8).Select(number => $"north-7-{number}")];
        foreach (var pupil in pupils)
        {
            school.Student(pupil, "north");
        }

        school.Employee("north-7-teacher");
        school.Duty("north-7-duty", "north-7-teacher", "north");
        school.Group("north-7", "north", "Klass", pupils);
        school.Activity("north-7-hours", "north", "north-7", null, "north-7-duty");
        return school;
    }
}
