using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>
/// What a night should come to, worked out a second time in the plainest way: whole lists, no cleverness. It reads nothing but the source's
/// rows and the tenant's file, so it shares no mistake with the product.
/// </summary>
internal sealed class Expectation
{
    private readonly Units _units;
    private readonly Groups _groups;
    private readonly Sections _sections;

    private Expectation(PulledSchool pull, Choices choices, DateOnly today)
    {
        var window = new Window(today, choices.Margin);
        _units = new Units(pull, choices, window);
        var stays = new Stays(pull, choices, _units, window);
        People = new JudgedPeople(pull, choices, stays);
        _groups = new Groups(pull, choices, _units, window);
        _sections = new Sections(pull, _groups, stays, People, window);
        Files = new AppleFiles(pull, choices, _units, stays, People, _sections).Files;
        IsHeld = pull.IsEmpty || (!pull.SomebodyIsMarked && !choices.AcceptsUnmarkedProtection);
    }

    public bool IsHeld { get; }

    /// <summary>Without a location Apple would refuse the feed.</summary>
    public bool IsRefused => _units.Eligible.Count == 0;

    public JudgedPeople People { get; }

    public IReadOnlyDictionary<string, string> Files { get; }

    public RosterCounts Counts => new(
        _units.Eligible.Count,
        People.Students.Count,
        People.Staff.Count,
        People.Verdicts.Values.Count(roles => roles.Any(role => role is { Role: "guardian", IsEligible: true })),
        _sections.All.Count,
        _sections.All.Sum(section => section.Members.Count));

    /// <summary>Units and groups by each failing rule, and persons once per reason of any role they wanted and did not get.</summary>
    public SortedDictionary<string, int> Exclusions => new(
        _units.Failures.Values.SelectMany(codes => codes)
            .Concat(_groups.Failures.Values.SelectMany(codes => codes))
            .Concat(People.Verdicts.Values.SelectMany(roles => roles
                .Where(role => !role.IsEligible)
                .SelectMany(role => role.Reasons)
                .Select(reason => reason.Code)
                .Distinct()))
            .CountBy(code => code)
            .ToDictionary(),
        StringComparer.Ordinal);

    public static Expectation Of(ISchoolData school, JsonObject tenant, DateOnly today) =>
        new(new PulledSchool(school), new Choices(tenant), today);

    /// <summary>Sections in which somebody learns.</summary>
    public IEnumerable<string> SectionsOf(string person) =>
        _sections.All.Where(section => section.Members.Contains(person)).Select(section => section.Id).Order(StringComparer.Ordinal);

    /// <summary>Sections somebody teaches.</summary>
    public IEnumerable<string> TaughtBy(string person) =>
        _sections.All.Where(section => section.Teachers.Contains(person)).Select(section => section.Id).Order(StringComparer.Ordinal);
}
