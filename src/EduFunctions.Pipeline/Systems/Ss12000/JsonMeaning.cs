using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// What a JSON value says, as a hash: the order of properties and of lists is no part of it, nor how a text is escaped or a number is written, and a property that
/// is null says what its absence does.
/// </summary>
internal static class JsonMeaning
{
    private const int HashSize = 16;
    private const int LongestNumber = 32;

    /// <summary>Divided by it, a number loses the zeros at its end.</summary>
    private const decimal WithoutZeros = 1.0000000000000000000000000000m;

    public static UInt128 Of(ReadOnlySpan<byte> value)
    {
        var json = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = PageBody.MaxDepth });
        json.Read();
        return OfValue(ref json);
    }

    private static UInt128 OfValue(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => OfObject(ref json),
        JsonTokenType.StartArray => OfArray(ref json),
        JsonTokenType.String => Hash((byte)JsonTokenType.String, JsonText.Of(ref json, out _)),
        JsonTokenType.Number => OfNumber(ref json),
        var type => Hash((byte)type, json.ValueSpan),
    };

    private static UInt128 OfObject(ref Utf8JsonReader json)
    {
        UInt128 sum = 1;
        Span<byte> both = stackalloc byte[2 * HashSize];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(both, Hash(0, JsonText.Of(ref json, out _)));
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            BinaryPrimitives.WriteUInt128LittleEndian(both[HashSize..], OfValue(ref json));
            sum += XxHash128.HashToUInt128(both);
        }

        return Hash((byte)JsonTokenType.StartObject, sum);
    }

    private static UInt128 OfArray(ref Utf8JsonReader json)
    {
        UInt128 sum = 1;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            sum += OfValue(ref json);
        }

        return Hash((byte)JsonTokenType.StartArray, sum);
    }

    /// <summary>7.0 and 7e0 are 7.</summary>
    private static UInt128 OfNumber(ref Utf8JsonReader json)
    {
        Span<byte> shortest = stackalloc byte[LongestNumber];
        return json.TryGetDecimal(out var number) && (number / WithoutZeros).TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture)
            ? Hash((byte)JsonTokenType.Number, shortest[..length])
            : Hash((byte)JsonTokenType.Number, json.ValueSpan);
    }

    private static UInt128 Hash(byte kind, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[HashSize];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        return Hash(kind, bytes);
    }

    private static UInt128 Hash(byte kind, ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes, kind);
}
