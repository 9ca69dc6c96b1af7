using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>
/// The JSON tokens of a page that was proven to be valid when it was stored (<see cref="PageBody"/>), so that nothing is proven a second time: half of the
/// time of the platform's reader (docs/performance.md). A body that is not valid gives nonsense or an exception, and never reads beyond its end.
/// </summary>
internal ref struct PageTokens(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _valueStart;
    private int _valueEnd;

    /// <summary>What the value is that was read last; names are no values.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>Number of objects and arrays that are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the value begins, of a text with its quote.</summary>
    public int Start { get; private set; }

    /// <summary>Where reading goes on.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a text or the name read last holds escapes.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>The value's bytes, of a text those between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Value => _json[_valueStart.._valueEnd];

    /// <summary>Reads the name of the next property of the object entered last; false when it ends.</summary>
    public bool ReadName()
    {
        if (Next() == '}')
        {
            End(JsonTokenType.EndObject);
            return false;
        }

        ReadText();
        return true;
    }

    /// <summary>Reads the next item of the array entered last, as far as its beginning when it is an object or array; false when the array ends.</summary>
    public bool ReadItem()
    {
        if (Next() == ']')
        {
            End(JsonTokenType.EndArray);
            return false;
        }

        ReadValue();
        return true;
    }

    /// <summary>Reads a value, as far as its beginning when it is an object or array.</summary>
    public void ReadValue()
    {
        var first = Next();
        Start = Position;
        switch (first)
        {
            case (byte)'"':
                ReadText();
                Type = JsonTokenType.String;
                break;
            case (byte)'{':
                Begin(JsonTokenType.StartObject);
                break;
            case (byte)'[':
                Begin(JsonTokenType.StartArray);
                break;
            default:
                ReadWord();
                Type = first switch
                {
                    (byte)'t' => JsonTokenType.True,
                    (byte)'f' => JsonTokenType.False,
                    (byte)'n' => JsonTokenType.Null,
                    _ => JsonTokenType.Number,
                };
                break;
        }
    }

    /// <summary>The text without its escapes.</summary>
    public readonly ReadOnlySpan<byte> Unescape()
    {
        var reader = new Utf8JsonReader(_json[(_valueStart - 1)..(_valueEnd + 1)]);
        reader.Read();
        var text = new byte[Value.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }

    /// <summary>The next byte that begins or ends something: mostly the one behind a comma or colon.</summary>
    private byte Next()
    {
        if (_json[Position] is (byte)',' or (byte)':')
        {
            Position++;
        }

        while (_json[Position] is (byte)',' or (byte)':' or <= (byte)' ')
        {
            Position++;
        }

        return _json[Position];
    }

    private void Begin(JsonTokenType type)
    {
        Type = type;
        Position++;
        Depth++;
    }

    private void End(JsonTokenType type)
    {
        Type = type;
        Position++;
        Depth--;
    }

    private void ReadText()
    {
        _valueStart = Position + 1;
        _valueEnd = _valueStart;
        IsEscaped = false;
        while (_json[_valueEnd = QuoteOrEscape(_valueEnd)] == '\\')
        {
            IsEscaped = true;
            _valueEnd += 2;
        }

        Position = _valueEnd + 1;
    }

    private readonly int QuoteOrEscape(int from)
    {
        var (quote, escape) = (Vector256.Create((byte)'"'), Vector256.Create((byte)'\\'));
        for (; from <= _json.Length - Vector256<byte>.Count; from += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_json), (nuint)from);
            var found = (Vector256.Equals(bytes, quote) | Vector256.Equals(bytes, escape)).ExtractMostSignificantBits();
            if (found != 0)
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

    /// <summary>A number, true, false or null.</summary>
    private void ReadWord()
    {
        _valueStart = Position;
        while (Position < _json.Length && _json[Position] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
        {
            Position++;
        }

        _valueEnd = Position;
    }
}
