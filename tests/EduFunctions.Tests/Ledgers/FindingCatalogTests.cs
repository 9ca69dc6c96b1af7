using System.Reflection;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Architecture;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>Every kind of finding that sources and feeds report is explained to people.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class FindingCatalogTests
{
    private static readonly IReadOnlyList<FindingKind> Kinds = [.. Registered.Services.GetRequiredService<FindingCatalog>().All];

    /// <summary>Every code that the program has a name for.</summary>
    public static TheoryData<string> Codes => [.. typeof(FindingKind).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Findings", StringComparison.Ordinal) || type == typeof(FindingCodes))
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(constant => constant.IsLiteral)
        .Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_sentence_and_an_advice_of_its_own(string code)
    {
        var kind = Assert.Single(Kinds, kind => kind.Code == code);

        Assert.Matches("^[A-Z].{10,}[^.]$", kind.Sentence);
        Assert.Matches(@"^[A-Z].{10,}\.$", kind.Advice);
    }

    /// <summary>Wherever it is written: a code begins with the name of the feed that reports it; so may a file.</summary>
    [Fact]
    public void No_feed_reports_a_code_that_it_does_not_explain()
    {
        var written = string.Concat(PipelineCode.Files().Where(file => file.Path.StartsWith("Systems/", StringComparison.Ordinal)).Select(file => file.Text));

        foreach (var feed in Registered.Services.GetServices<IFeed>())
        {
            var explained = feed.Findings.Select(kind => kind.Code).Order(StringComparer.Ordinal);
            var names = string.Join('|', explained.Select(code => code.Split('.')[0]).Append(feed.Type).Distinct());

            var codes = Regex.Matches(written, $@"""((?:{names})\.(?!jsonl"")[A-Za-z]+)""").Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

            Assert.Equal(explained, codes);
        }
    }

    [Fact]
    public void Each_code_has_a_line_in_the_documentation()
    {
        var pages = Registered.Pages("docs");

        Assert.All(Kinds, kind => Assert.Matches($@"(?m)^\|[^|]*`{kind.Code}`[^|]*\|.+\|$", pages));
    }

    [Fact]
    public void A_feed_explains_its_codes_on_its_own_page()
    {
        foreach (var feed in Registered.Services.GetServices<IFeed>())
        {
            var page = Assert.Single(Registered.PagesIn("docs/feeds"), page => page.Contains($"\"type\": \"{feed.Type}\"", StringComparison.Ordinal));
            Assert.All(feed.Findings, kind => Assert.Contains($"`{kind.Code}`", page, StringComparison.Ordinal));
        }
    }
}
