using System.Reflection;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

/// <summary>Every rule of every source: known by a number and a code for good, and explained to people.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RuleCatalogTests
{
    /// <summary>As ledgers store them; a new rule is added at the end, none is ever taken away.</summary>
    private static readonly string[] CodesByNumber =
    [
        "unit.type", "unit.dates", "unit.active", "unit.toLms", "unit.municipality", "unit.schoolType",
        "placement.unit", "placement.dates", "placement.cancelled", "placement.schoolType",
        "person.protected", "person.markingUnknown", "person.abroad", "person.deceased",
        "duty.unit", "duty.dates", "guardian.noStudent",
        "group.type", "group.unit", "group.dates", "group.toLms", "group.schoolType", "group.noSyllabus",
        "person.extern", "guardian.custody", "person.disabled",
    ];

    private static readonly IReadOnlyList<Rule> Rules = [.. Registered.Services.GetServices<ISource>().SelectMany(source => source.Rules.All)];

    public static TheoryData<string> Written => [.. Fields().Select(rule => $"{rule.DeclaringType!.FullName} {rule.Name}")];

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_written_stands_in_a_book(string name)
    {
        var rule = (Rule)Fields().Single(field => $"{field.DeclaringType!.FullName} {field.Name}" == name).GetValue(null)!;

        Assert.Contains(Rules, known => (known.Number, known.Code) == (rule.Number, rule.Code));
    }

    [Fact]
    public void Ledgers_know_each_rule_by_the_number_it_always_had()
    {
        Assert.All(Rules, rule => Assert.Equal(rule.Code, CodesByNumber[rule.Number]));
        Assert.Equal(CodesByNumber, Rules.DistinctBy(rule => rule.Number).OrderBy(rule => rule.Number).Select(rule => rule.Code));
    }

    [Fact]
    public void Sources_that_share_a_rule_say_the_same_of_it() => Assert.All(
        Rules.GroupBy(rule => rule.Number),
        shared => Assert.Single(shared.Select(rule => (rule.Code, rule.Sentence, rule.Advice, rule.Roles, rule.IsWindow, rule.IsOnPerson, rule.Facts)).Distinct()));

    [Fact]
    public void Each_rule_has_a_sentence_an_advice_and_a_line_in_the_documentation()
    {
        var page = Repository.Text("docs/rules.md");

        Assert.All(Rules, rule => Assert.Matches("^[A-Z].{10,}[^.]$", rule.Sentence));
        Assert.All(Rules, rule => Assert.Matches(@"^[A-Z].{10,}\.$", rule.Advice));
        Assert.All(Rules, rule => Assert.Matches($@"(?m)^\|[^|]*`{rule.Code}`[^|]*\|.+\|$", page));
        Assert.Distinct(Rules.DistinctBy(rule => rule.Number).Select(rule => rule.Sentence));
    }

    private static IEnumerable<FieldInfo> Fields() => typeof(Rule).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => typeof(Rule).IsAssignableFrom(field.FieldType));
}
