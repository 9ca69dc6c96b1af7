using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Oracle;

/// <summary>A small town after a few mishaps, held against the independent reading of the rules.</summary>
[Collection(AzuriteTests.Name)]
public sealed class MutatedTownTests(AzuriteFixture azurite)
{
    private static readonly string[] Settings =
    [
        "{}",
        """{"dateMarginDays": 0}""",
        """{"municipalities": ["0199"], "dutiesAtParents": true}""",
        """{"schoolTypes": ["GR"], "guardianRelations": ["God man", "Vårdnadshavare"]}""",
        """{"unknownSecurityMarking": "include", "unitTypes": ["Skolenhet", "Skola"]}""",
    ];

    [Property(MaxTest = 40, EndSize = 12, Replay = "8675309,4711", Arbitrary = [typeof(Mishaps)])]
    public async Task Whatever_a_register_gets_wrong_comes_to_the_same_by_two_ways(Mishap[] mishaps, NonNegativeInt setting)
    {
        var town = SmallTown.Make();
        foreach (var mishap in mishaps)
        {
            mishap.Befall(town);
        }

        var night = await azurite.Night(town)
            .With("source.pageSize", 7)
            .With("eligibility", JsonNode.Parse(Settings[setting.Get % Settings.Length]))
            .WithApple("groupTypes", new JsonArray("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp"))
            .Dry()
            .RunAsync();

        await night.AssertAsExpectedAsync(town, explained: 20);
    }

    public static class Mishaps
    {
        public static Arbitrary<Mishap> One() => Gen.Choose(0, 9999).Three()
            .Select(numbers => new Mishap(numbers.Item1, numbers.Item2, numbers.Item3))
            .ToArbitrary();
    }
}
