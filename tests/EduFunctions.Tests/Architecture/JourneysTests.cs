using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>The journeys that the map tells: through rooms that there are, none of them twice.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class JourneysTests
{
    public static TheoryData<string> Journeys => [.. Texts().Select(text => text.Split("**")[1])];

    [Theory]
    [MemberData(nameof(Journeys))]
    public void A_journey_passes_no_room_twice(string journey)
    {
        var rooms = Room().Matches(Texts().Single(text => text.Contains(journey, StringComparison.Ordinal))).Select(match => match.Groups[1].Value).ToList();

        Assert.True(rooms.Count >= 5, $"{journey} {rooms.Count}");
        Assert.Equal(rooms.Distinct(), rooms);
        Assert.All(rooms, room => Assert.Contains(RoomMap.Rooms, known => known == room || (room.EndsWith('…') && known.StartsWith(room.TrimEnd('…'), StringComparison.Ordinal))));
    }

    [Fact]
    public void There_are_three() => Assert.Equal(3, Texts().Count);

    private static List<string> Texts()
    {
        var map = Repository.Text("src/README.md");
        var start = map.IndexOf("## Three journeys", StringComparison.Ordinal);
        var text = map[start..map.IndexOf("\n## ", start, StringComparison.Ordinal)];
        return [.. Begin().Split(text).Skip(1)];
    }

    [GeneratedRegex(@"\n(?=\*\*)")]
    private static partial Regex Begin();

    [GeneratedRegex(@"^\| `([\w/…]+?)/?` \|", RegexOptions.Multiline)]
    private static partial Regex Room();
}
