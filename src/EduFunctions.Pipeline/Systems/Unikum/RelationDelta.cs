using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// What is added in the order of the types, then what is removed from the last type to the first, so that nobody is ever without what comes and what
/// stays. Goes through what Unikum has and what it is to have side by side; the removals are read back from what is kept for the nights to come.
/// </summary>
internal sealed class RelationDelta(UnikumContent content, FeedInput input, FeedFiles files, UnikumFile rows)
{
    public const string KnownFile = "relations.held.txt";

    public const int KeyColumns = 3;

    private readonly RelationLayout _layout = content.Settings.Layout;
    private readonly KnownLines _known = KnownLines.Of(input.Before, KnownFile, KeyColumns);
    private readonly ArrayBufferWriter<byte> _key = new();
    private readonly ArrayBufferWriter<byte> _row = new();

    /// <returns>The number of rows.</returns>
    public static int Write(UnikumContent content, FeedInput input, FeedFiles files, Stream file)
    {
        using var rows = new UnikumFile(file, content.Settings);
        var delta = new RelationDelta(content, input, files, rows);
        delta.WriteAdded();
        delta.WriteRemoved();
        return rows.Count;
    }

    private void WriteAdded()
    {
        using var kept = KnownLines.Create(files, KnownFile);
        var relations = new UnikumRelations(content);
        for (var number = 0; number < RelationType.All.Count; number++)
        {
            var type = RelationType.All[number];
            foreach (var pair in relations.Of(type).Rows)
            {
                WriteAdded(number, pair, kept);
            }

            _known.MoveTo([Digit(number + 1)], kept);
        }
    }

    private void WriteAdded(int number, ulong pair, CsvWriter kept)
    {
        var type = RelationType.All[number];
        var (from, to) = UnikumRelations.Ranks(pair);
        var subject = content.Ids.Subject(type.Subject, from);
        var @object = content.Ids.Object(type.Object, to);
        SetKey(number, subject, @object);
        var isThere = _known.MoveTo(_key.WrittenSpan, kept);
        var isKnown = isThere && _known.IsCertain;
        if (isThere)
        {
            _known.Read();
        }

        KnownLines.Write(kept, _key.WrittenSpan, isKnown ? KnownLines.Kept : KnownLines.Brought);
        kept.EndRow();
        if (!isKnown || input.IsTotal)
        {
            Write(subject, @object, type, RelationLayout.Add);
        }
    }

    /// <summary>From the last type to the first; what went on earlier nights once more when everything is told, for a Unikum that was restored to one.</summary>
    private void WriteRemoved()
    {
        var isAll = input is { IsTotal: true, KeepsLeavers: false };
        var starts = RelationsGone.Write(input, files);
        for (var number = starts.Length - 1; number >= 0; number--)
        {
            if (starts[number] is not { } start)
            {
                continue;
            }

            var gone = files.Open(RelationsGone.KnownFile);
            gone.Position = start;
            var lines = new KnownLines(gone, KeyColumns, isConfirmed: false);
            for (; lines.IsThere && lines.Key[0] == Digit(number); lines.Read())
            {
                if (isAll || !lines.IsKept)
                {
                    Remove(lines.Key);
                }
            }

            gone.Position = gone.Length;
        }
    }

    private void Remove(ReadOnlySpan<byte> key)
    {
        var ids = key[2..];
        var end = ids.IndexOf((byte)'\t');
        files.Forget(ids[..end], input.IsTelling);
        files.Forget(ids[(end + 1)..], input.IsTelling);
        Write(ids[..end], ids[(end + 1)..], RelationType.All[key[0] - '0'], RelationLayout.Remove);
    }

    private void SetKey(int number, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> @object)
    {
        _key.ResetWrittenCount();
        _key.Write([Digit(number), (byte)'\t']);
        _key.Write(subject);
        _key.Write("\t"u8);
        _key.Write(@object);
    }

    private void Write(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> @object, RelationType type, ReadOnlySpan<byte> operation)
    {
        _row.ResetWrittenCount();
        _layout.Write(_row, subject, @object, type, operation);
        rows.Write(_row.WrittenSpan);
    }

    private static byte Digit(int type) => (byte)('0' + type);
}
