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

/// <summary>Reads <c>{ "secret": "name" }</c> with values found beforehand.</summary>
internal sealed class SecretConverter(IReadOnlyDictionary<string, string> values) : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var name = json.RootElement.GetProperty("secret").GetString()!;
        return new Secret(name, values[name]);
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("secret", value.Name);
        writer.WriteEndObject();
    }
}
