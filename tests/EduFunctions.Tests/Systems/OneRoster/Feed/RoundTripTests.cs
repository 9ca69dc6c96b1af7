using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>What was read from OneRoster files, written by the feed and read again, is the same roster.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Source_and_feed_are_the_identity(int town)
    {
        using var first = await PaperNight.RunAsync(OneRosterFiles.Of(Towns.Make(town).Data), Settings);
        using var second = await PaperNight.RunAsync(Written(first), Settings);
        using var third = await PaperNight.RunAsync(Written(second), Settings);

        Assert.Empty(first.Errors);
        Assert.True(first.Decided.Roster.Sections.Count >= 6 + (2 * town));
        Assert.Equal(RosterText.Of(first.Decided.Roster), RosterText.Of(second.Decided.Roster));
        Assert.Equal(Zip(second), Zip(third));
    }

    [Fact]
    public async Task Two_towns_are_two_rosters()
    {
        using var one = await PaperNight.RunAsync(OneRosterFiles.Of(Towns.Make(1).Data), Settings);
        using var other = await PaperNight.RunAsync(OneRosterFiles.Of(Towns.Make(2).Data), Settings);

        Assert.NotEqual(RosterText.Of(one.Decided.Roster), RosterText.Of(other.Decided.Roster));
    }

    private static void Settings(JsonObject tenant)
    {
        tenant["eligibility"] = new JsonObject { ["acceptUnmarkedProtection"] = true };
        PaperFeeds.OneRoster(new JsonObject { ["guardians"] = true, ["classId"] = "group" })(tenant);
    }

    private static Dictionary<string, string> Written(PaperNight night)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(Zip(night)));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open(), Encoding.UTF8).ReadToEnd());
    }

    private static byte[] Zip(PaperNight night) => night.Bytes("oneroster.zip");
}
