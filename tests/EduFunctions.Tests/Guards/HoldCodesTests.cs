using System.Text.Json;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Whatever waits, or should be known, is told in a sentence of its own, and explained.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class HoldCodesTests
{
    private static readonly string Page = Repository.Text("docs/guard.md");

    public static TheoryData<HoldCode> Holds => [.. Enum.GetValues<HoldCode>()];

    public static TheoryData<NoticeCode> Notices => [.. Enum.GetValues<NoticeCode>()];

    [Fact]
    public void Each_hold_has_a_sentence_of_its_own()
    {
        var sentences = Enum.GetValues<HoldCode>().Select(code => new Hold(code, RowKind.Students, "north", 12, 40, 10).Message).ToList();

        Assert.Distinct(sentences);
        Assert.All(sentences, sentence => Assert.Matches(@"^[A-Z0-9].{20,}\.$", sentence));
    }

    [Theory]
    [MemberData(nameof(Holds))]
    public void The_guide_says_of_each_hold_what_it_means_and_what_to_do(HoldCode code) =>
        Assert.Matches($@"(?m)^\|[^|]*`{Name($"{code}")}`[^|]*\|[^|]{{10,}}\|[^|]{{6,}}\|$", Page);

    [Theory]
    [MemberData(nameof(Notices))]
    public void The_documentation_names_each_notice(NoticeCode code) => Assert.Contains($"`{Name($"{code}")}`", Registered.Pages("docs"), StringComparison.Ordinal);

    private static string Name(string code) => JsonNamingPolicy.CamelCase.ConvertName(code);
}
