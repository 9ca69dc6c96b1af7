using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Half a character, which JSON's escapes can write and no text can hold, costs that character and nothing else.</summary>
[Collection(SourceTests.Name)]
public sealed class TextRepairTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("persons", "\"Elev3\"", "\"El\\ud83dev\"")]
    [InlineData("persons", "\"Elev3\"", "\"\\uDC00Elev\"")]
    [InlineData("persons", "\"Elev3\"", "\"\\ud83d\\ud83d\\ude00\"")]
    [InlineData("persons", "\"postalCode\":\"99999\"", "\"postalCode\":\"9\\udfff\"")]
    [InlineData("persons", "\"postalCode\":", "\"x\\ud83d\":1,\"postalCode\":")]
    [InlineData("groups", "\"Klass-berget\"", "\"Klass \\ud83d\"")]
    [InlineData("groups", "\"meta\":", "\"\\ud83d\":{},\"meta\":")]
    [InlineData("organisations", "\"Berget\"", "\"Berget\\ud83d\\u0041\"")]
    [InlineData("syllabuses", "\"Matematik\"", "\"\\ud83d\"")]
    public async Task Half_a_character_becomes_the_sign_for_none(string collection, string text, string by)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Replacing(collection, text, by));

        // A name with a sign for none in place of a letter is no better one: it waits, and all else goes on.
        Assert.True(night.Run.State is RunState.Delivered or RunState.Held, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.NotNull(night.Run.Feeds[0].Plan);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "text.repaired");
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_protected_persons_values_are_known_in_spite_of_it()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);
        var town = TwoNights.Town();
        town.Data["persons"].Single(person => (string?)person["givenName"] == "Elev3")["securityMarking"] = "Sekretessmarkering";

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Replacing("persons", "\"Elev3\"", "\"El\\ud83dev\""), town);

        Assert.NotNull(night.Run.Feeds[0].Plan);
        Assert.DoesNotContain(nights.Enabled(), key => key.Contains(EduFunctions.Simulators.Schools.Ids.Of("elev3"), StringComparison.Ordinal));
    }
}
