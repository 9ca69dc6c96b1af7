using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Ids that are no uuids, as 16 bytes. Eight bytes of the text, a mark, seven more: up to 15 bytes fit, with zeros behind them. Of a longer text the
/// seven are a hash, and the text itself is kept for the life of the process: most registers have uuids, and the others the same ids every night.
/// Files of ids carry them along (TableFile).
/// </summary>
internal static class TextIds
{
    private const int Head = sizeof(ulong);
    private const int LongestShort = EntityId.Size - 1;
    private const byte ShortMark = 0xFE;
    private const byte LongMark = 0xFF;

    /// <summary>The lower half of the least text; that of every uuid is smaller.</summary>
    public const ulong First = (ulong)ShortMark << 56;

    private const ulong FirstLong = (ulong)LongMark << 56;

    private static readonly ConcurrentDictionary<EntityId, byte[]> LongTexts = new();

    /// <summary>Whether the process has come across a long one at all.</summary>
    public static bool HasLong => !LongTexts.IsEmpty;

    public static bool IsLong(EntityId id) => id.Low >= FirstLong;

    /// <summary>The id of a text, which is remembered; false for one that cannot be an id: empty, too long, or with control characters.</summary>
    /// <exception cref="InvalidDataException">Another text has the same 16 bytes, which one in 2^56 may.</exception>
    public static bool TryAdd(ReadOnlySpan<byte> utf8, out EntityId id)
    {
        if (!TryFind(utf8, out id))
        {
            return false;
        }

        if (IsLong(id) && !LongTexts.GetOrAdd(id, static (_, text) => text.ToArray(), utf8).AsSpan().SequenceEqual(utf8))
        {
            throw new InvalidDataException($"Two ids of the source cannot be told apart: {Encoding.UTF8.GetString(utf8)} and {id}.");
        }

        return true;
    }

    /// <summary>The same, but the text is not remembered: for ids that are only looked for.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, out EntityId id)
    {
        id = default;
        if (utf8.Length is 0 or > EntityId.LongestText || HasControl(utf8))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[EntityId.Size];
        bytes.Clear();
        utf8[..Math.Min(Head, utf8.Length)].CopyTo(bytes);
        var isShort = utf8.Length <= LongestShort;
        bytes[Head] = isShort ? ShortMark : LongMark;
        if (utf8.Length > Head)
        {
            var rest = isShort ? utf8[Head..] : XxHash128.Hash(utf8).AsSpan(0, LongestShort - Head);
            rest.CopyTo(bytes[(Head + 1)..]);
        }

        id = EntityId.From(bytes);
        return true;
    }

    /// <summary>Whether the text of an id can be told: always, but for a long one that nothing read so far has.</summary>
    public static bool IsKnown(EntityId id) => !IsLong(id) || LongTexts.ContainsKey(id);

    public static int Length(EntityId id)
    {
        Span<byte> space = stackalloc byte[LongestShort];
        return Text(id, space).Length;
    }

    public static int Format(EntityId id, Span<byte> utf8)
    {
        Span<byte> space = stackalloc byte[LongestShort];
        var text = Text(id, space);
        text.CopyTo(utf8);
        return text.Length;
    }

    public static string ToString(EntityId id)
    {
        Span<byte> space = stackalloc byte[LongestShort];
        return Encoding.UTF8.GetString(Text(id, space));
    }

    /// <summary>In the order of the texts, also where one of the ids is a uuid.</summary>
    public static int Compare(EntityId left, EntityId right)
    {
        if (left.IsText && right.IsText && (left.High != right.High || (!IsLong(left) && !IsLong(right))))
        {
            return left.High != right.High ? left.High.CompareTo(right.High) : left.Low.CompareTo(right.Low);
        }

        if (left == right)
        {
            return 0;
        }

        Span<byte> leftText = stackalloc byte[EntityId.LongestText];
        Span<byte> rightText = stackalloc byte[EntityId.LongestText];
        var (leftLength, rightLength) = (left.Format(leftText), right.Format(rightText));
        return leftText[..leftLength].SequenceCompareTo(rightText[..rightLength]);
    }

    private static ReadOnlySpan<byte> Text(EntityId id, Span<byte> space)
    {
        if (IsLong(id))
        {
            // The dictionary's own complaint would ask for the text again.
            return LongTexts.TryGetValue(id, out var text)
                ? text
                : throw new InvalidDataException($"The text of the id {id.High:x16}{id.Low:x16} is not known: nothing that was read has it.");
        }

        Span<byte> bytes = stackalloc byte[EntityId.Size];
        id.CopyTo(bytes);
        bytes[..Head].CopyTo(space);
        bytes[(Head + 1)..].CopyTo(space[Head..]);
        return space.TrimEnd((byte)0);
    }

    private static bool HasControl(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)0, (byte)0x1F) || utf8.Contains((byte)0x7F);
}
