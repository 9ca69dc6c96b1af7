using System.Text.Json;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Tenants;

// Bind the three families to the record their type names. StrictCheck has made sure before that the types are known.
internal sealed class SourceConverter(PlugInTypes plugIns) : JsonConverter<SourceSettings>
{
    public override SourceSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return (SourceSettings)json.Deserialize(plugIns.SourceSettings(json), options)!;
    }

    public override void Write(Utf8JsonWriter writer, SourceSettings value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}

internal sealed class DeliveryConverter(PlugInTypes plugIns) : JsonConverter<DeliverySettings>
{
    public override DeliverySettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return (DeliverySettings)json.Deserialize(plugIns.DeliverySettings(json), options)!;
    }

    public override void Write(Utf8JsonWriter writer, DeliverySettings value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}

internal sealed class FeedSetupConverter(PlugInTypes plugIns) : JsonConverter<FeedSetup>
{
    private static readonly JsonElement NoSettings = JsonElement.Parse("{}");

    public override FeedSetup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        var settings = json.TryGetProperty("settings", out var given) ? given : NoSettings;
        var type = plugIns.FeedSettings(typeof(FeedSettings), json)!;
        return new FeedSetup
        {
            Name = json.GetProperty("name").GetString()!,
            Type = json.GetProperty("type").GetString()!,
            Settings = (FeedSettings)settings.Deserialize(type, options)!,
            Delivery = json.GetProperty("delivery").Deserialize<DeliverySettings>(options)!,
            Enabled = !json.TryGetProperty("enabled", out var enabled) || enabled.GetBoolean(),
            Freeze = Given<FeedFreeze>(json, "freeze", options),
            Schools = Given<IReadOnlyList<string>>(json, "schools", options),
            Roles = Given<IReadOnlyList<string>>(json, "roles", options),
            RolesBySchool = Given<IReadOnlyDictionary<string, IReadOnlyList<string>>>(json, "rolesBySchool", options),
            FreshnessHours = json.TryGetProperty("freshnessHours", out var hours) ? hours.GetInt32() : FeedSetup.DefaultFreshnessHours,
        };
    }

    private static T? Given<T>(JsonElement json, string key, JsonSerializerOptions options)
        where T : class =>
        json.TryGetProperty(key, out var given) ? given.Deserialize<T>(options) : null;

    public override void Write(Utf8JsonWriter writer, FeedSetup value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Tenant files are written by people.");
}
