using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A register that makes a record unreadable together with the marking: by what earlier pulls said of it, the person is recognised still.</summary>
[Collection(TargetTests.Name)]
public sealed class MaskedRecordTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Tellings =>
        ["Stöd Zqcalled Zqberglund", "Stöd Zqmiddle Zqberglund", "Ring 070-999 88 77", "Till zqsecond@id.example", "Zqgatan 12", "Stöd zq-4711"];

    [Theory]
    [MemberData(nameof(Tellings))]
    public async Task What_only_an_earlier_pull_said_is_known(string telling)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Readable());

        var night = await nights.NextAsync(Masked(telling));

        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        Assert.True(night.Night.HasFinding("name.namesProtected"));
        await night.AssertUntoldAsync("alva", telling, "Zqberglund");
    }

    [Fact]
    public async Task It_is_known_still_when_the_memory_is_lost_and_the_record_has_been_unreadable_for_nights()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Readable());
        await nights.NextAsync(Masked("7a"));
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);

        var night = await nights.NextAsync(Masked("Stöd Zqcalled Zqberglund"));

        await night.AssertUntoldAsync("alva", "Zqcalled", "Zqberglund");
    }

    private static SchoolBuilder Readable()
    {
        var school = MemoryTown.Make();
        var alva = school.Person("alva");
        (alva["givenName"], alva["middleName"], alva["preferredGivenName"], alva["familyName"]) = ("Zqalva", "Zqmiddle", "Zqcalled", "Zqberglund");
        alva["eduPersonPrincipalNames"] = new JsonArray("alva@id.example", "zqsecond@id.example");
        alva["phoneNumbers"] = new JsonArray(new JsonObject { ["value"] = "0709998877" });
        alva["externalIdentifiers"] = new JsonArray(new JsonObject { ["value"] = "zq-4711", ["context"] = "urn:register" });
        alva["addresses"]![0]!["streetAddress"] = "Zqgatan 12";
        return school;
    }

    private static SchoolBuilder Masked(string group)
    {
        var school = MemoryTown.Make().Marking("alva");
        var alva = school.Person("alva");
        (alva["givenName"], alva["familyName"]) = ("Skyddad", "Identitet");
        alva["eduPersonPrincipalNames"] = new JsonArray();
        school.Data[Collections.Groups][0]["displayName"] = group;
        return school;
    }
}
