using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>What a registrar is told about the difference to the run before.</summary>
[Collection(AzuriteTests.Name)]
public sealed class ChangedSinceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_run_has_nothing_before_it()
    {
        var night = await azurite.Night(School()).Dry().RunAsync();

        Assert.Null((await night.ExplainAsJsonAsync("vilda"))["changedSince"]);
    }

    [Fact]
    public async Task An_end_date_that_was_set_is_told_with_what_follows_from_it()
    {
        var changes = await ChangesAsync(school => Enrolment(school)["endDate"] = "2026-06-12");

        Assert.Contains("placement.dates: endDate went from absent to 2026-06-12", changes);
        Assert.Contains("student: eligible went from true to false", changes);
        Assert.Contains("feeds.apple: included went from true to false", changes);
        Assert.Contains($"sections: gone from {Ids.Of("7a")}", changes);
    }

    [Fact]
    public async Task A_marking_is_told_without_its_kind()
    {
        var changes = await ChangesAsync(school => Person(school)["securityMarking"] = "Skyddad folkbokföring");

        Assert.Contains("person.protected went from passing to failing", changes);
        Assert.DoesNotContain(changes, change => change.Contains("folkbok", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_unit_that_closed_is_told_at_the_placement()
    {
        var changes = await ChangesAsync(school => school.Data["organisations"][0]["endDate"] = "2026-01-31");

        Assert.Contains("placement.unit: unit went from eligible to unit.dates", changes);
    }

    [Fact]
    public async Task A_day_that_passed_is_told_when_nothing_else_changed()
    {
        var school = School();
        Enrolment(school)["endDate"] = "2026-09-10";
        var before = await azurite.Night(school).Dry().RunAsync();

        var night = await azurite.Night(school).As(before.Run.Tenant).On("2026-09-30").Dry().RunAsync();

        var changed = (await night.ExplainAsJsonAsync("vilda"))["changedSince"]!;
        Assert.Equal(before.Run.Run, (string?)changed["run"]);
        Assert.Contains(
            "placement.dates: outside the window now, the day went from 2026-09-01 to 2026-09-30",
            changed["changes"]!.AsArray().Select(change => (string)change!));
    }

    [Fact]
    public async Task Who_is_new_in_the_pull_is_told_so()
    {
        var school = School();
        var before = await azurite.Night(school).Dry().RunAsync();
        school.Student("noor", "berget");

        var night = await azurite.Night(school).As(before.Run.Tenant).Dry().RunAsync();

        Assert.Equal("person: new in the pull", (string?)(await night.ExplainAsJsonAsync("noor"))["changedSince"]!["changes"]![0]);
        Assert.Null((await night.ExplainAsJsonAsync("vilda"))["changedSince"]);
    }

    private async Task<List<string>> ChangesAsync(Action<SchoolBuilder> change)
    {
        var school = School();
        var before = await azurite.Night(school).Dry().RunAsync();
        change(school);
        var night = await azurite.Night(school).As(before.Run.Tenant).Dry().RunAsync();
        return [.. (await night.ExplainAsJsonAsync("vilda"))["changedSince"]!["changes"]!.AsArray().Select(line => (string)line!)];
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Group("7a", "berget", "Klass", "vilda");
        return school;
    }

    private static JsonObject Person(SchoolBuilder school) => school.Data["persons"][0];

    private static JsonNode Enrolment(SchoolBuilder school) => Person(school)["enrolments"]![0]!;
}
