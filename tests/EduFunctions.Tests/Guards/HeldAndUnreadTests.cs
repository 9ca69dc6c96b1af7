using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.OneRoster;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Nights in a row at Learn: what is held stays held when less of it is understood.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class HeldAndUnreadTests
{
    private static readonly string[] North = [.. PupilsOf("north")];

    [Fact]
    public async Task Twelve_of_fifteen_leave_and_six_of_them_are_not_understood_in_the_next_night()
    {
        await using var nights = await FileNights.BeginAsync(first => first.Guard = []);
        var leaving = With(nights.Files, North[..12], "2026-01-01");
        var left = await nights.NextAsync(leaving);
        AssertAllHeld(nights, left);

        var worse = await nights.NextAsync(With(leaving, North[..6], "i fjol"));
        AssertAllHeld(nights, worse);
        Assert.Contains(worse.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 12, NotUnderstood: 6 });
        var again = await nights.NextAsync(With(leaving, North[..6], "i fjol"));
        AssertAllHeld(nights, again);

        Assert.Equal(RunState.Delivered, (await nights.NextAsync(nights.Files)).Run.State);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Fact]
    public async Task Pupils_come_under_new_ids_and_three_of_the_new_rows_are_not_understood_in_the_next_night()
    {
        await using var nights = await FileNights.BeginAsync(first => first.Guard = []);
        var renamed = Renamed(nights.Files, [.. North, .. PupilsOf("south")]);
        AssertAllHeld(nights, await nights.NextAsync(renamed));

        AssertAllHeld(nights, await nights.NextAsync(With(renamed, [.. North[..3].Select(New)], "i fjol")));
        AssertAllHeld(nights, await nights.NextAsync(renamed));
        AssertAllHeld(nights, await nights.NextAsync(renamed));
    }

    [Fact]
    public async Task Three_pupils_alone_come_under_new_ids_and_are_not_understood()
    {
        await using var nights = await FileNights.BeginAsync(first => first.Guard = []);
        var renamed = Renamed(nights.Files, North[..3]);

        var held = await nights.NextAsync(With(renamed, [.. North[..3].Select(New)], "i fjol"));
        AssertAllHeld(nights, held);
        Assert.Contains(held.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.IdsUnread, Kind: RowKind.Students, Count: 3 });

        var mended = await nights.NextAsync(renamed);
        Assert.Equal(RunState.Delivered, mended.Run.State);
        Assert.All(North[..3], pupil => Assert.True(nights.Has(New(pupil)) && !nights.Has(pupil)));
    }

    private static void AssertAllHeld(FileNights nights, NightResult night)
    {
        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    private static string New(string pupil) => $"{pupil}-new";

    private static IEnumerable<string> PupilsOf(string school) =>
        Enumerable.Range(7, 3).SelectMany(year => Enumerable.Range(1, 5).Select(number => $"{school}-{year}-{number}"));

    /// <summary>The pupils' roles end so.</summary>
    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> files, string[] pupils, string end) => pupils.Aggregate(
        new Dictionary<string, string>(files), (changed, pupil) => FileNights.With(changed, "roles.csv", Ids.Of(pupil), "endDate", end));

    private static Dictionary<string, string> Renamed(IReadOnlyDictionary<string, string> files, string[] pupils) => files.ToDictionary(
        file => file.Key, file => pupils.Aggregate(file.Value, (text, pupil) => text.Replace(Ids.Of(pupil), Ids.Of(New(pupil)), StringComparison.Ordinal)));
}
