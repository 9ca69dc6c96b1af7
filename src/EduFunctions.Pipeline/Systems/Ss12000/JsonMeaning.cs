using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What a JSON value says, as a hash: the order of properties and of lists is no part of it, nor is how a text is escaped.</summary>
internal static class JsonMeaning
{
    private const int HashSize = 16;

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

    private static UInt128 Hash(byte kind, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[HashSize];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        return Hash(kind, bytes);
    }

    private static UInt128 Hash(byte kind, ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes, kind);
}
