using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Oracle;

/// <summary>Holds a night against what was expected of it.</summary>
internal static class Comparison
{
    public static async Task AssertAsExpectedAsync(this NightResult night, ISchoolData school, int explained)
    {
        var expected = Expectation.Of(school, night.Tenant, night.Run.Date);
        if (expected.IsHeld)
        {
            Assert.Equal(RunState.Held, night.Run.State);
            return;
        }

        var state = expected.IsRefused ? RunState.Failed : RunState.DryRun;
        Assert.True(night.Run.State == state, $"{night.Run.State} instead of {state}: {night.Run.StateReason}");
        Assert.Equal(expected.Counts, night.Run.Counts);
        Assert.Equal(expected.Exclusions, night.Run.Exclusions!);
        await AssertFilesAsync(expected, night);
        await AssertExplainedAsync(expected, night, explained);
    }

    private static async Task AssertFilesAsync(Expectation expected, NightResult night)
    {
        var zip = await night.AppleAsync();
        Assert.Equal(expected.Files.Keys, zip.Entries.Select(entry => entry.Name));
        foreach (var (name, text) in expected.Files)
        {
            // Line by line first: the message then shows the row.
            Assert.Equal(text.Split('\n'), zip.Files[name].Split('\n'));
            Assert.Equal(text, zip.Files[name]);
        }
    }

    private static async Task AssertExplainedAsync(Expectation expected, NightResult night, int explained)
    {
        var step = Math.Max(1, expected.People.Verdicts.Count / explained);
        foreach (var (person, verdicts) in expected.People.Verdicts.Where((_, number) => number % step == 0))
        {
            var explanation = (await night.ExplainAsync(person))!;
            Assert.Equal((person, Told(verdicts)), (person, Told(explanation.Roles)));
            Assert.Equal(expected.SectionsOf(person).Union(expected.TaughtBy(person)).Order(StringComparer.Ordinal), explanation.Sections);
        }
    }

    private static string Told(IEnumerable<RoleVerdict> verdicts) => string.Join('\n', verdicts.Select(verdict =>
        Told(verdict.Role, verdict.IsEligible, verdict.Reasons.Select(reason => (reason.Code, reason.Entity)))));

    private static string Told(IEnumerable<RoleExplanation> roles) => string.Join('\n', roles.Select(role =>
        Told(role.Role.ToString().ToLowerInvariant(), role.Eligible, role.Reasons.Select(reason => (reason.Code, reason.Entity)))));

    private static string Told(string role, bool isEligible, IEnumerable<(string Code, string? Entity)> reasons) =>
        $"{role} {isEligible}: "
        + string.Join(", ", reasons.Select(reason => $"{reason.Code} {reason.Entity}").Order(StringComparer.Ordinal));
}
