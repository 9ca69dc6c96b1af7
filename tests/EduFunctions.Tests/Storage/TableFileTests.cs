using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

[Trait(Level.Name, Level.Fast)]
public sealed class TableFileTests
{
    private const string Kind = "sample/1";

    [Fact]
    public async Task Every_flipped_bit_is_noticed()
    {
        var file = Selection();
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            var thrown = await Record.ExceptionAsync(() => SelectionFile.ReadAsync(new MemoryStream(flipped), owner: null, CancellationToken.None));

            Assert.True(thrown is not null && RosterStore.IsUnreadable(thrown), $"bit {bit}: {thrown}");
        }
    }

    [Fact]
    public async Task Every_cut_is_noticed()
    {
        var file = Selection();
        for (var length = 0; length < file.Length; length++)
        {
            var thrown = await Record.ExceptionAsync(() => SelectionFile.ReadAsync(new MemoryStream(file[..length]), owner: null, CancellationToken.None));

            Assert.True(thrown is not null && RosterStore.IsUnreadable(thrown), $"{length} bytes: {thrown}");
        }
    }

    [Fact]
    public async Task A_table_that_nobody_asks_for_is_passed_over_and_one_that_is_not_there_is_empty()
    {
        using var stream = new MemoryStream();
        TableFile.Write(stream, Kind, "facts", TableBytes.Of("new", Table(1, 2, 3)), TableBytes.Of("known", Table(4, 5)), TableBytes.Of("newer", Table(6)));
        stream.Position = 0;
        var (known, absent) = (new Table<byte>(), Table(7));

        var file = await TableFile.OpenAsync(stream, Kind, CancellationToken.None);
        await file.ReadAsync(stream, [TableBytes.Of("known", known), TableBytes.Of("absent", absent)], CancellationToken.None);

        Assert.Equal([4, 5], known.Rows.ToArray());
        Assert.Empty(absent.Rows.ToArray());
    }

    private static Table<byte> Table(params byte[] rows) => new(rows);

    private static byte[] Selection()
    {
        using var stream = new MemoryStream();
        SelectionFile.Write(new FeedSelection(new BitArray(20, true), new BitArray(3), new FindingLog()), new Roster { Vocabulary = new RosterVocabulary([], [], [], []) }, "aaa/run", stream);
        return stream.ToArray();
    }
}
