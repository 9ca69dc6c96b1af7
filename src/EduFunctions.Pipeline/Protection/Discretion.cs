using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// The last look at what is told about a run: records, receipts, findings, log lines. A text in which a protected person would be recognised is
/// withheld. By construction there is none; this is for texts of others, such as a target's answer or an exception's message.
/// </summary>
public sealed class Discretion
{
    [Told]
    public const string Withheld = "(withheld: it names a protected person)";

    private readonly ConcurrentDictionary<string, (string Run, ProtectedValues Values)> _tenants = new(StringComparer.Ordinal);

    /// <summary>From now on these are the tenant's protected persons.</summary>
    /// <param name="run">The run whose pull says so.</param>
    public void Learn(string tenant, string run, ProtectedValues values) => _tenants[tenant] = (run, values);

    /// <summary>The tenant's protected persons by this run; null when another run was the last to tell.</summary>
    public ProtectedValues? Find(string tenant, string run) => _tenants.TryGetValue(tenant, out var known) && known.Run == run ? known.Values : null;

    public string Tell(string tenant, string text) => IsTelling(Scan(tenant), text) ? Withheld : text;

    /// <summary>The same of every text in a record.</summary>
    public byte[] Tell<T>(string tenant, T record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, Serialization.Indented);
        var scan = Scan(tenant);
        return HasTelling(scan, json) ? JsonSerializer.SerializeToUtf8Bytes(Discreet(scan, JsonNode.Parse(json)), Serialization.Indented) : json;
    }

    /// <summary>For what is told text by text: each in which the scan finds something is to be withheld.</summary>
    internal RowScan Scan(string tenant) => new(_tenants.TryGetValue(tenant, out var known) ? known.Values : ProtectedValues.None);

    private static bool HasTelling(RowScan scan, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String
                && (reader.ValueIsEscaped ? IsTelling(scan, reader.GetString()!) : IsTelling(scan, reader.ValueSpan)))
            {
                return true;
            }
        }

        return false;
    }

    private static JsonNode? Discreet(RowScan scan, JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(entry => KeyValuePair.Create(entry.Key, Discreet(scan, entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Discreet(scan, item))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(IsTelling(scan, text) ? Withheld : text),
        _ => node?.DeepClone(),
    };

    private static bool IsTelling(RowScan scan, string text) => IsTelling(scan, Encoding.UTF8.GetBytes(text));

    private static bool IsTelling(RowScan scan, ReadOnlySpan<byte> utf8) => scan.IsTelling(utf8);
}
