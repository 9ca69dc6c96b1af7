using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Languages;

/// <summary>What is said in English is said in every language, and nothing else is.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class LanguageFilesTests
{
    private static readonly IReadOnlySet<string> Kinds = Enum.GetNames<RowKind>().Select(name => name.ToLowerInvariant()).ToHashSet();

    private static readonly IReadOnlySet<string> Codes = Registered.Services.GetRequiredService<RuleCatalog>().All.Select(rule => rule.Code)
        .Concat(Registered.Services.GetRequiredService<FindingCatalog>().All.Select(kind => kind.Code))
        .ToHashSet();

    public static TheoryData<string> Translated => [.. Language.All.Where(language => language != Language.English).Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Translated))]
    public void Nothing_is_missing(string code)
    {
        var file = LanguageFile.Read(code);

        AssertNone($"missing in src/EduFunctions.Pipeline/Languages/{code}.json", [
            .. Codes.Except(file.Codes.Keys).Select(key => $"codes: \"{key}\""),
            .. SpokenEnglish.Words.Except(file.Words.Keys).Select(key => $"words: \"{key}\""),
            .. SpokenEnglish.Sentences.Concat(Kinds).Except(file.Told.Keys).Select(key => $"told: \"{key}\""),
        ]);
    }

    /// <summary>What a run or a delivery ends with stands on its page.</summary>
    [Fact]
    public void What_stops_a_run_or_a_delivery_is_told() => AssertNone(
        "thrown and not marked as told", [.. SpokenEnglish.Stops.Where(text => text.Contains(' ', StringComparison.Ordinal) && SentenceForm.Of(text).HasWords).Except(SpokenEnglish.Told)]);

    [Theory]
    [MemberData(nameof(Translated))]
    public void Nothing_is_superfluous(string code)
    {
        var file = LanguageFile.Read(code);

        AssertNone($"said by nobody, in src/EduFunctions.Pipeline/Languages/{code}.json", [
            .. file.Codes.Keys.Except(Codes).Select(key => $"codes: \"{key}\""),
            .. file.Words.Keys.Except(SpokenEnglish.Words).Select(key => $"words: \"{key}\""),
            .. file.Told.Keys.Except(SpokenEnglish.Told.Concat(Kinds)).Select(key => $"told: \"{key}\""),
        ]);
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Every_value_has_its_place_once(string code)
    {
        var file = LanguageFile.Read(code);

        AssertNone($"other values than the English, in src/EduFunctions.Pipeline/Languages/{code}.json", [
            .. file.Words.Concat(file.Told).Where(entry => !Numbers(entry.Key).SequenceEqual(Numbers(entry.Value))).Select(entry => $"\"{entry.Value}\""),
        ]);
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void A_sentence_and_an_advice_look_as_they_do_in_English(string code)
    {
        foreach (var (key, words) in LanguageFile.Read(code).Codes)
        {
            Assert.True(Sentence().IsMatch(words.Sentence), $"{code} {key}: {words.Sentence}");
            Assert.True(Advice().IsMatch(words.Advice), $"{code} {key}: {words.Advice}");
        }
    }

    /// <summary>One person, and not 1 persons: wherever a text begins with a number of things.</summary>
    [Fact]
    public void What_begins_with_a_number_is_told_of_one_too_in_every_language()
    {
        var counted = SpokenEnglish.Words.Concat(SpokenEnglish.Sentences).Where(form => Counted().IsMatch(form)).ToHashSet();

        Assert.Contains("{0} sections", counted);
        foreach (var one in Language.All.Select(language => (language.Code, LanguageFile.Read(language.Code).One)))
        {
            AssertNone($"missing among \"one\" in src/EduFunctions.Pipeline/Languages/{one.Code}.json", [.. counted.Except(one.One.Keys)]);
            AssertNone($"said by nobody, among \"one\" in {one.Code}.json", [.. one.One.Keys.Except(SpokenEnglish.Words).Except(SpokenEnglish.Told)]);
            AssertNone($"other values than the English, among \"one\" in {one.Code}.json", [
                .. one.One.Where(entry => !Numbers(entry.Key).SequenceEqual(Numbers(entry.Value))).Select(entry => entry.Value),
            ]);
        }
    }

    [Theory]
    [InlineData("sv", "1 grupp", "2 grupper", "1 person får en användare, genast.")]
    [InlineData("da", "1 klasse eller hold", "2 klasser og hold", "1 person får en bruger, straks.")]
    [InlineData("en", "1 section", "2 sections", "1 person gets a user, at once.")]
    public void One_is_no_plural(string code, string one, string two, string told)
    {
        var language = Language.Of(code);

        Assert.Equal((one, two), (language[$"{1} sections"], language[$"{2} sections"]));
        Assert.Equal(told, language.Told("1 people get a user, at once."));
    }

    [Fact]
    public void The_sources_are_read()
    {
        Assert.Contains("Send again", SpokenEnglish.Words);
        Assert.Contains("{0}: held", SpokenEnglish.Words);
        Assert.Contains("{0} would be removed (limit {1} %): they stay.", SpokenEnglish.Sentences);
        Assert.Contains("{0} of {1} {2} of school {3}", SpokenEnglish.Sentences);
    }

    private static IEnumerable<int> Numbers(string text) => SentenceForm.Of(text).Places.Select(place => place.Number).Order();

    private static void AssertNone(string what, IReadOnlyList<string> found) => Assert.True(found.Count == 0, $"{what}:\n{string.Join('\n', found)}");

    [GeneratedRegex(@"^\{0\} (days|rows|sections|tenants|messages|accounts|classes|courses|people|persons|protected persons|"
        + @"users|groups|schools|students|lines|files|runs|nights|plans|hours|minutes|seconds|tries)\b")]
    private static partial Regex Counted();

    [GeneratedRegex("^[A-ZÅÄÖÆØ].{5,}[^.]$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^[A-ZÅÄÖÆØ].{5,}\.$")]
    private static partial Regex Advice();
}
