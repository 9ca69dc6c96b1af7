using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Listing;

/// <summary>What lists look like in a spreadsheet, in each language, and that nothing in them is carried out there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ListCsvTests
{
    private static readonly ListCsv Csv = Registered.Services.GetRequiredService<ListCsv>();

    [Theory]
    [InlineData("sv")]
    [InlineData("da")]
    [InlineData("en")]
    public void A_list_is_a_file_in_the_readers_language(string code)
    {
        var list = new RunList("nordhamn", "20260901T173000Z-0a1b", RunList.LeftOut, [
            new("placement.dates", "student", "4e029f67-638e-514f-814b-095d3e88a048", null, "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41", "Bergets skola; \"F-6\""),
            new("reference.dangling", "group", "0c7d5e1f-2a41-5d0c-9a0b-6f1c2d9e6a55", "4e029f67-638e-514f-814b-095d3e88a048", "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41", "=HYPERLINK(\"x\")"),
            new("guard.waiting", "students", "4e029f67-638e-514f-814b-095d3e88a048", null, null, null),
            new("removed", "staff", "4e029f67-638e-514f-814b-095d3e88a048", null, null, null),
        ]);

        var text = Csv.Of(list, Language.Of(code));

        Assert.StartsWith("\uFEFF", text);
        Assert.Equal(text.Count(character => character == '\n'), text.Split("\r\n").Length - 1);
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Listing/Golden/list.{code}.csv", lines), lines);
    }

    /// <summary>Field names, kinds and roles are words of ours; what the register says stays.</summary>
    [Theory]
    [InlineData("sv")]
    [InlineData("da")]
    [InlineData("en")]
    public void A_plan_is_a_file_in_the_readers_language(string code)
    {
        const string Vilda = "4e029f67-638e-514f-814b-095d3e88a048";
        var list = new RunList("nordhamn", "20260901T173000Z-0a1b", RunList.Plan, [
            new("changed", "staff", Vilda, null, "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41", "Bergets skola")
            {
                Columns = [new("roles", "staff, guardian", "staff"), new("givenName", Discretion.Withheld, "Vilda"), new("civicNumber", null, null, IsWithheld: true)],
            },
            new("added", "students", Vilda, null, null, null),
            new("removed", "memberships", Vilda, "0c7d5e1f-2a41-5d0c-9a0b-6f1c2d9e6a55", null, null),
        ]);

        var lines = Csv.Of(list, Language.Of(code)).TrimStart('\uFEFF').ReplaceLineEndings("\n");

        Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Listing/Golden/plan.{code}.csv", lines), lines);
        Assert.All(code == "en" ? [] : new[] { "student", "staff", "guardian", "givenName", "roles", "withheld" }, word => Assert.DoesNotContain(word, lines, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+46", "'+46")]
    [InlineData("-", "'-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\r\n=b", "\"a\r\n=b\"")]
    [InlineData("=\"a\"", "\"'=\"\"a\"\"\"")]
    public void What_looks_like_a_formula_is_text(string name, string cell)
    {
        var text = Csv.Of(new RunList("t", "r", RunList.Findings, [new("other", "unit", null, null, "1", name)]), Language.English);

        Assert.Contains($"\r\n1,{cell},school,,,other,,,\r\n", text);
    }
}
