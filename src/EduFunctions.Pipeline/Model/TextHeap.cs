using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>A piece of UTF-8 in a <see cref="TextHeap"/>, in eight bytes; the default is the empty text.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Text(int Start, ushort Length, ushort Chunk)
{
    public bool IsEmpty => Length == 0;

    /// <summary>Whether a text has nothing but white space, of whatever kind.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        var rest = text;
        while (Rune.DecodeFromUtf8(rest, out var rune, out var used) == OperationStatus.Done && (Rune.IsWhiteSpace(rune) || UnseenLetters.Is(rune)))
        {
            rest = rest[used..];
        }

        return rest.IsEmpty;
    }
}

/// <summary>UTF-8 texts end to end in one growing array: no string object per name.</summary>
public sealed class TextChunk
{
    private byte[] _bytes = [];
    private int _used;

    public ushort Number { get; private set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, _used);

    public ReadOnlySpan<byte> this[Text text] => Bytes.Slice(text.Start, text.Length);

    public static TextChunk Empty(ushort number) => From(number, []);

    public static TextChunk From(ushort number, byte[] bytes) => new() { Number = number, _bytes = bytes, _used = bytes.Length };

    public void Reserve(int capacity)
    {
        if (capacity > _bytes.Length)
        {
            var bytes = GC.AllocateUninitializedArray<byte>(capacity);
            Bytes.CopyTo(bytes);
            _bytes = bytes;
        }
    }

    /// <summary>Makes room for so many bytes, to be filled in.</summary>
    public void Resize(int length)
    {
        Reserve(length);
        _used = length;
    }

    /// <summary>What is longer than 65,535 bytes is cut: no field of a school register is.</summary>
    public Text Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return default;
        }

        var length = (ushort)Math.Min(utf8.Length, ushort.MaxValue);
        return new Text(Append(utf8[..length]), length, Number);
    }

    /// <summary>Appends bytes as they are.</summary>
    /// <returns>Where they begin.</returns>
    public int Append(ReadOnlySpan<byte> utf8)
    {
        var start = _used;
        if (start + utf8.Length > _bytes.Length)
        {
            Reserve(Math.Max(start + utf8.Length, Math.Max(4096, _bytes.Length * 2)));
        }

        utf8.CopyTo(_bytes.AsSpan(start));
        _used += utf8.Length;
        return start;
    }

    /// <summary>Begins anew, under another number, in the same memory.</summary>
    public void Begin(ushort number) => (Number, _used) = (number, 0);

    /// <summary>The texts so far, in an array of just their length.</summary>
    public TextChunk Take() => From(Number, Bytes.ToArray());
}

/// <summary>Chunks by number, so that pages read in parallel fill a chunk each.</summary>
public sealed class TextHeap
{
    private TextChunk?[] _byNumber = [];

    public void Add(TextHeap other)
    {
        foreach (var chunk in other._byNumber)
        {
            if (chunk is not null)
            {
                Add(chunk);
            }
        }
    }

    public void Clear() => _byNumber.AsSpan().Clear();

    public void Add(TextChunk chunk)
    {
        if (chunk.Number >= _byNumber.Length)
        {
            Array.Resize(ref _byNumber, Math.Max(chunk.Number + 1, _byNumber.Length * 2));
        }

        _byNumber[chunk.Number] = chunk;
    }

    /// <summary>One more text in a chunk that is there.</summary>
    public Text Add(ushort chunk, ReadOnlySpan<byte> utf8) => _byNumber[chunk]!.Add(utf8);

    public ReadOnlySpan<byte> this[Text text] =>
        text.IsEmpty ? default : _byNumber[text.Chunk]![text];

    public Span<byte> Chunk(ushort number) => number < _byNumber.Length && _byNumber[number] is { } chunk ? chunk.Bytes : default;

    public string ToString(Text text) => Encoding.UTF8.GetString(this[text]);
}
