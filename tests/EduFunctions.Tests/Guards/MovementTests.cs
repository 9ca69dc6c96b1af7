using System.Collections;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What a selection says of the nights before.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class MovementTests
{
    /// <summary>The release before wrote those that had left alone, with the kind as a whole number.</summary>
    [Fact]
    public void What_the_release_before_has_written_are_rows_that_left()
    {
        var school = RosterSketch.Id('u', 7);

        var row = MemoryMarshal.Cast<Earlier, Movement>([new Earlier { Key = 5, School = school, Kind = (int)RowKind.Sections, Day = 739_000 }])[0];

        Assert.Equal(new Movement(5, school, (byte)RowKind.Sections, Moved.Left, 0, 739_000), row);
    }

    [Fact]
    public async Task A_file_keeps_them()
    {
        Movement[] rows =
        [
            new(1, RosterSketch.Id('u', 1), (byte)RowKind.Students, Moved.Left, 0, 739_000), new(2, default, (byte)RowKind.Memberships, Moved.Came, 2, 739_001),
            new(3, RosterSketch.Id('u', 2), (byte)RowKind.Guardians, Moved.LostStudents, 0, 739_002),
        ];
        using var stream = new MemoryStream();

        SelectionFile.Write(new FeedSelection(new BitArray(3, true), new BitArray(1, true), new FindingLog()) { Movements = rows }, new RosterSketch().Build(), owner: null, stream);
        stream.Position = 0;
        var read = await SelectionFile.ReadAsync(stream, owner: null, default);

        Assert.Equal(rows, read.Movements);
    }

    private struct Earlier
    {
        public ulong Key;
        public EntityId School;
        public int Kind;
        public int Day;
    }
}
