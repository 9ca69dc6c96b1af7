using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class PrivacyTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task A_finding_on_a_protected_person_is_counted_without_the_id()
    {
        Arrange();
        Person("alva")["securityMarking"] = "Sekretessmarkering";
        Person("alva")["enrolments"]![0]!["startDate"] = "2026-02-30";

        var night = await NightAsync();

        var finding = night.Run.Findings.Single(finding => finding.Code == "date.invalid");
        Assert.Equal(1, finding.Count);
        Assert.Empty(finding.Sample);
    }

    [Fact]
    public async Task The_decisions_hold_no_value_of_a_protected_person()
    {
        Arrange();
        Person("alva")["givenName"] = "Hemligia";
        Person("alva")["securityMarking"] = "Sekretessmarkering";

        var night = await NightAsync();

        var stored = Encoding.UTF8.GetString(await night.StoredAsync(Containers.Rosters));
        Assert.DoesNotContain("Hemligia", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("alva@", stored, StringComparison.Ordinal);
        Assert.Contains("Provhed", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Civic_numbers_and_addresses_reach_no_roster_unless_the_tenant_says_so()
    {
        Arrange();
        Person("alva")["civicNo"] = new JsonObject { ["value"] = "20130101TF01" };
        Person("alva")["addresses"]![0]!["streetAddress"] = "Hemligavägen 1";

        var without = Encoding.UTF8.GetString(await (await NightAsync()).StoredAsync(Containers.Rosters));
        var with = Encoding.UTF8.GetString(
            await (await azurite.Night(_school).With("privacy.includeCivicNumber", true).Dry().RunAsync()).StoredAsync(Containers.Rosters));

        Assert.DoesNotContain("20130101TF01", without, StringComparison.Ordinal);
        Assert.DoesNotContain("Hemligavägen", without, StringComparison.Ordinal);
        Assert.Contains("20130101TF01", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_line_and_no_record_names_anybody()
    {
        var world = new SchoolWorld(new WorldOptions { Seed = 11, Persons = 600, Today = Night.Today });

        var night = await azurite.Night(world).RunAsync();

        var told = string.Join('\n', night.LogLines) + Encoding.UTF8.GetString(await night.StoredAsync(Containers.Runs));
        Assert.Contains(night.Run.Run, told, StringComparison.Ordinal);
        var values = world.PersonalValues(4000).Where(value => value.Length > 4);
        Assert.DoesNotContain(values, value => told.Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
    }

    private JsonObject Person(string label) => _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
