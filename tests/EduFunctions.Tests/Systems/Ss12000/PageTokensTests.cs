using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Whatever valid JSON a page is, its tokens are those of the platform's reader.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PageTokensTests
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "", "id", "a\"b", "\\", "back\\slash\\", "\n\t", "åäö", "🙂", "{[,:]}", "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41",
        new string('x', 31), new string('y', 32), new string('z', 33) + "\"", new string('å', 700));

    private static readonly Gen<JsonNode?> Leaves = Gen.OneOf(
        Texts.Select(text => (JsonNode?)text),
        Gen.Elements<JsonNode?>(null, true, false, 0, -1, 17, 1.5, 1e30));

    private static Arbitrary<JsonNode?> Documents => Gen.Sized(size => Nodes(Math.Min(size, 4))).ToArbitrary();

    [Property(MaxTest = 500)]
    public Property Tokens_are_those_of_the_platforms_reader() => Prop.ForAll(Documents, document =>
    {
        foreach (var options in Layouts())
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(document, options);
            Assert.Equal(Expected(json), Found(json));
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("{\"a")]
    [InlineData("[1,\"\\")]
    public void A_body_that_ends_too_soon_is_never_read_beyond_its_end(string json) =>
        Assert.Throws<IndexOutOfRangeException>(() => Found(Encoding.UTF8.GetBytes(json)));

    private static Gen<JsonNode?> Nodes(int depth) => depth == 0 ? Leaves : Gen.OneOf(
        Leaves,
        Nodes(depth - 1).ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        Texts.Zip(Nodes(depth - 1)).ListOf().Select(pairs => (JsonNode?)new JsonObject(
            pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2?.DeepClone())))));

    /// <summary>Compact and indented, with escapes wherever they may be and only where they must be.</summary>
    private static IEnumerable<JsonSerializerOptions> Layouts() =>
    [
        new(), new() { WriteIndented = true },
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new() { WriteIndented = true, NewLine = "\r\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
    ];

    private static List<string> Expected(byte[] json)
    {
        var tokens = new List<string>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            tokens.Add(reader.TokenType switch
            {
                JsonTokenType.PropertyName => $"name {reader.GetString()}",
                JsonTokenType.String => $"{reader.CurrentDepth} at {reader.TokenStartIndex}: text {reader.GetString()}",
                JsonTokenType.EndObject or JsonTokenType.EndArray => $"{reader.CurrentDepth} end before {reader.BytesConsumed}",
                _ => $"{reader.CurrentDepth} at {reader.TokenStartIndex}: {Encoding.UTF8.GetString(reader.ValueSpan)}",
            });
        }

        return tokens;
    }

    private static List<string> Found(byte[] json)
    {
        var tokens = new List<string>();
        var page = new PageTokens(json);
        page.ReadValue();
        AddValue(ref page, tokens);
        return tokens;
    }

    private static void AddValue(ref PageTokens page, List<string> tokens)
    {
        switch (page.Type)
        {
            case JsonTokenType.StartObject:
                tokens.Add($"{page.Depth - 1} at {page.Start}: {{");
                while (page.ReadProperty())
                {
                    tokens.Add($"name {Encoding.UTF8.GetString(page.Name)}");
                    AddValue(ref page, tokens);
                }

                tokens.Add($"{page.Depth} end before {page.Position}");
                break;
            case JsonTokenType.StartArray:
                tokens.Add($"{page.Depth - 1} at {page.Start}: [");
                while (page.ReadItem())
                {
                    AddValue(ref page, tokens);
                }

                tokens.Add($"{page.Depth} end before {page.Position}");
                break;
            case JsonTokenType.String:
                tokens.Add($"{page.Depth} at {page.Start}: text {Encoding.UTF8.GetString(page.Value)}");
                break;
            default:
                tokens.Add($"{page.Depth} at {page.Start}: {Encoding.UTF8.GetString(page.Value)}");
                break;
        }
    }
}
