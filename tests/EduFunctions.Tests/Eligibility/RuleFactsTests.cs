using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

/// <summary>What a registrar is told of a reason, rule by rule.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RuleFactsTests
{
    private static readonly IReadOnlyList<Rule> Rules =
        [.. Registered.Services.GetServices<ISource>().SelectMany(source => source.Rules.All).DistinctBy(rule => rule.Number)];

    private static readonly JudgedOn Judged = new()
    {
        Start = Day.From(new DateOnly(2026, 8, 17)),
        Unit = ["unit.type", "unit.dates"],
        SchoolType = "GR",
        Cancelled = true,
        Facts = PersonFacts.Emigrated | PersonFacts.RegisteredAbroad,
        NamedBy = 3,
    };

    private static readonly Dictionary<string, string> Told = new()
    {
        ["placement.unit"] = "unit=unit.type unit.dates",
        ["placement.dates"] = "startDate=2026-08-17",
        ["placement.cancelled"] = "cancelled=True",
        ["placement.schoolType"] = "schoolType=GR",
        ["person.protected"] = "markedOn=reference",
        ["person.markingUnknown"] = "securityMarking=absent",
        ["person.abroad"] = "personStatus=Utvandrad, registeredAbroad=True",
        ["person.deceased"] = "personStatus=Avliden",
        ["duty.unit"] = "unit=unit.type unit.dates",
        ["duty.dates"] = "startDate=2026-08-17",
        ["guardian.noStudent"] = "namedByStudents=3",
        ["guardian.custody"] = "childCustody=False",
        ["person.disabled"] = "enabledUser=False",
    };

    [Fact]
    public void Each_rule_tells_what_it_was_judged_on() => Assert.Equal(
        Told.OrderBy(rule => rule.Key, StringComparer.Ordinal),
        Rules.ToDictionary(rule => rule.Code, rule => Text(rule, Judged)).Where(rule => rule.Value.Length > 0).OrderBy(rule => rule.Key, StringComparer.Ordinal));

    [Theory]
    [InlineData(Marking.Protected, MarkedOn.Earlier, "markedOn=person")]
    [InlineData(Marking.None, MarkedOn.Earlier, "markedOn=earlier")]
    [InlineData(Marking.None, MarkedOn.SharedIdentity, "markedOn=sharedIdentity")]
    [InlineData(Marking.None, MarkedOn.Pull, "markedOn=reference")]
    public void A_protection_tells_where_it_stands(Marking own, MarkedOn elsewhere, string told) =>
        Assert.Equal(told, Text(Rules.Single(rule => rule.Code == "person.protected"), new JudgedOn { OwnMarking = own, MarkedOn = elsewhere }));

    [Theory]
    [InlineData(PersonFacts.Emigrated, "personStatus=Utvandrad")]
    [InlineData(PersonFacts.RegisteredAbroad, "registeredAbroad=True")]
    public void Abroad_tells_by_what(PersonFacts facts, string told) =>
        Assert.Equal(told, Text(Rules.Single(rule => rule.Code == "person.abroad"), new JudgedOn { Facts = facts }));

    [Fact]
    public void Both_days_are_told_where_there_are_both() => Assert.Equal(
        "startDate=2026-08-17, endDate=2027-06-11",
        Text(Rules.Single(rule => rule.Code == "placement.dates"), Judged with { End = Day.From(new DateOnly(2027, 6, 11)) }));

    private static string Text(Rule rule, JudgedOn judged) =>
        string.Join(", ", rule.Facts(judged).Where(fact => fact.Value is not null).Select(fact => $"{fact.Name}={(fact.Value is IEnumerable<string> all ? string.Join(' ', all) : fact.Value)}"));
}
