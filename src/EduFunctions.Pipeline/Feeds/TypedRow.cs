using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Looks through a row by what stands in its parts: texts for everything, keys for what they are as a whole, and the product's own words for nothing.</summary>
/// <param name="rows">Null for a file of which nobody says what stands in it.</param>
internal sealed class TypedRow(RowScan scan, ITypedRows? rows)
{
    /// <summary>What stands between the keys of a list, or between parts of one that is made of several.</summary>
    private static readonly SearchValues<byte> BetweenKeys = SearchValues.Create(",;/_ "u8);

    private readonly List<TypedPart> _parts = [];
    private readonly List<RowHit> _hits = [];
    private byte[] _text = new byte[1024];

    /// <summary>What would tell of somebody; good until the next call.</summary>
    public IReadOnlyList<RowHit> Find(ReadOnlySpan<byte> row)
    {
        _parts.Clear();
        rows?.Read(row, _parts);
        if (_parts.Count == 0)
        {
            return scan.Find(row);
        }

        _hits.Clear();
        var text = Copy(row);
        foreach (var part in _parts)
        {
            if (part.Kind == PartKind.Own)
            {
                text.Slice(part.Start, part.Length).Fill((byte)' ');
            }
            else
            {
                TakeKeys(text, part);
            }
        }

        _hits.AddRange(scan.Find(text));
        return _hits;
    }

    /// <summary>The row that was looked through last, without its keys and the product's own words.</summary>
    public ReadOnlySpan<byte> WithoutKeys(ReadOnlySpan<byte> row)
    {
        var text = Copy(row);
        foreach (var part in _parts)
        {
            text.Slice(part.Start, part.Length).Fill((byte)' ');
        }

        return text;
    }

    private void TakeKeys(Span<byte> text, TypedPart part)
    {
        for (var (at, end) = (part.Start, part.Start + part.Length); at < end;)
        {
            var length = text[at..end].IndexOfAny(BetweenKeys) is >= 0 and var next ? next : end - at;
            var key = text.Slice(at, length);
            if (OpaqueKey.Is(key))
            {
                if (scan.FindInOpaqueKey(key) is { } hit)
                {
                    _hits.Add(hit with { Position = at });
                }

                key.Fill((byte)' ');
            }

            at += length + 1;
        }
    }

    private Span<byte> Copy(ReadOnlySpan<byte> row)
    {
        if (_text.Length < row.Length)
        {
            _text = new byte[row.Length * 2];
        }

        row.CopyTo(_text);
        return _text.AsSpan(0, row.Length);
    }
}
