using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// The JSON of a page that was proven to be valid when it was stored (<see cref="PageBody"/>), so that nothing is proven a second time: two thirds of
/// the time of the platform's reader (docs/performance.md). A body that is not valid gives nonsense or an exception, and is never read beyond its end.
/// </summary>
internal ref struct PageTokens(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _valueStart;
    private int _valueEnd;
    private bool _isEscaped;

    public TextRepairs Repairs { get; } = new();

    /// <summary>What the value is that was read last.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>Number of objects and arrays that are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the value begins, of a text with its quote.</summary>
    public int Start { get; private set; }

    /// <summary>Where reading goes on.</summary>
    public int Position { get; private set; }

    /// <summary>The name of the property read last.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value's bytes, of a text those between its quotes and without escapes.</summary>
    public readonly ReadOnlySpan<byte> Value =>
        _isEscaped ? Unescaped(_valueStart, _valueEnd) : _json[_valueStart.._valueEnd];

    /// <summary>Reads the next property of the object entered last, as far as the beginning of its value when that is an object or array; false when the object ends.</summary>
    public bool ReadProperty()
    {
        var at = Skip(Position);
        if (_json[at] == '}')
        {
            End(at, JsonTokenType.EndObject);
            return false;
        }

        var end = EndOfText(at + 1, out var isEscaped);
        Name = isEscaped ? Unescaped(at + 1, end) : _json[(at + 1)..end];
        ReadValue(end + 1);
        return true;
    }

    /// <summary>Reads the next item of the array entered last, likewise; false when the array ends.</summary>
    public bool ReadItem()
    {
        var at = Skip(Position);
        if (_json[at] == ']')
        {
            End(at, JsonTokenType.EndArray);
            return false;
        }

        ReadValue(at);
        return true;
    }

    /// <summary>Reads a value, likewise.</summary>
    public void ReadValue() => ReadValue(Position);

    private void ReadValue(int from)
    {
        var at = Skip(from);
        Start = at;
        switch (_json[at])
        {
            case (byte)'"':
                Type = JsonTokenType.String;
                _valueStart = at + 1;
                _valueEnd = EndOfText(at + 1, out _isEscaped);
                Position = _valueEnd + 1;
                break;
            case (byte)'{':
                Begin(at, JsonTokenType.StartObject);
                break;
            case (byte)'[':
                Begin(at, JsonTokenType.StartArray);
                break;
            default:
                ReadWord(at);
                break;
        }
    }

    private void Begin(int at, JsonTokenType type)
    {
        Type = type;
        Position = at + 1;
        Depth++;
    }

    private void End(int at, JsonTokenType type)
    {
        Type = type;
        Position = at + 1;
        Depth--;
    }

    /// <summary>A number, true, false or null.</summary>
    private void ReadWord(int at)
    {
        Type = _json[at] switch
        {
            (byte)'t' => JsonTokenType.True,
            (byte)'f' => JsonTokenType.False,
            (byte)'n' => JsonTokenType.Null,
            _ => JsonTokenType.Number,
        };
        (_valueStart, _isEscaped) = (at, false);
        while (at < _json.Length && _json[at] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
        {
            at++;
        }

        (_valueEnd, Position) = (at, at);
    }

    /// <summary>Where something begins or ends: mostly behind a comma or colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Skip(int at)
    {
        if (_json[at] is (byte)',' or (byte)':')
        {
            at++;
        }

        return _json[at] > ' ' && _json[at] is not ((byte)',' or (byte)':') ? at : SkipSpace(at);
    }

    private readonly int SkipSpace(int at)
    {
        while (_json[at] is (byte)',' or (byte)':' or <= (byte)' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>Where the closing quote of a text is: mostly within one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int EndOfText(int from, out bool isEscaped)
    {
        if (from <= _json.Length - Vector256<byte>.Count && QuotesAndEscapes(from) is not 0 and var found)
        {
            var end = from + BitOperations.TrailingZeroCount(found);
            if (_json[end] == '"')
            {
                isEscaped = false;
                return end;
            }
        }

        return EndOfLongText(from, out isEscaped);
    }

    private readonly int EndOfLongText(int from, out bool isEscaped)
    {
        isEscaped = false;
        for (var end = QuoteOrEscape(from); ; end = QuoteOrEscape(end + 2))
        {
            if (_json[end] == '"')
            {
                return end;
            }

            isEscaped = true;
        }
    }

    private readonly int QuoteOrEscape(int from)
    {
        for (; from <= _json.Length - Vector256<byte>.Count; from += Vector256<byte>.Count)
        {
            if (QuotesAndEscapes(from) is not 0 and var found)
            {
                return from + BitOperations.TrailingZeroCount(found);
            }
        }

        while (_json[from] is not ((byte)'"' or (byte)'\\'))
        {
            from++;
        }

        return from;
    }

    /// <summary>A bit for each of the bytes from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint QuotesAndEscapes(int from)
    {
        var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_json), (nuint)from);
        return (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
    }

    private readonly ReadOnlySpan<byte> Unescaped(int start, int end)
    {
        var text = JsonText.Unescape(_json[start..end], out var repaired);
        Repairs.Count += repaired;
        return text;
    }
}

/// <summary>Characters that were none, in texts that somebody read; a text that is asked for twice counts twice.</summary>
internal sealed class TextRepairs
{
    public int Count { get; set; }
}
