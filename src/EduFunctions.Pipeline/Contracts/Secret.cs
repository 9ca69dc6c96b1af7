using System.Text.Json;
using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A value the tenant file only names: <c>{ "secret": "name" }</c>. Printing it shows the name.</summary>
public sealed class Secret(string name, string value)
{
    public string Name { get; } = name;

    /// <summary>The value itself; for the call that needs it, never for a message.</summary>
    public string Reveal() => value;

    public override string ToString() => $"secret:{Name}";
}

/// <summary>Where secrets come from: Key Vault in Azure, configuration on one machine.</summary>
public interface ISecrets
{
    /// <summary>The value, or null when there is no such secret.</summary>
    Task<string?> FindAsync(string name, CancellationToken ct);

    /// <summary>What to do about a missing one, for the error text.</summary>
    string Remedy(string name);
}

/// <summary>
/// Reads <c>{ "secret": "name" }</c> with values found beforehand. They are the thread's and not the converter's: options that are made for each file would
/// learn anew what there is to know of every type, which takes longer than all else.
/// </summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    [ThreadStatic]
    private static IReadOnlyDictionary<string, string>? _values;

    public static T Read<T>(IReadOnlyDictionary<string, string> values, Func<T> bind)
    {
        _values = values;
        try
        {
            return bind();
        }
        finally
        {
            _values = null;
        }
    }

    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var name = json.RootElement.GetProperty("secret").GetString()!;
        return new Secret(name, _values![name]);
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("secret", value.Name);
        writer.WriteEndObject();
    }
}
