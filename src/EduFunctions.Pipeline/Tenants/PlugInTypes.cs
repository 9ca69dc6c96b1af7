using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>Which settings record a <c>type</c> in the tenant file stands for.</summary>
public sealed class PlugInTypes(Catalog<ISource> sources, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    /// <summary>The record for a value that is bound to <paramref name="type"/>; null, with an error, when the value does not tell.</summary>
    public Type? Concrete(Type type, JsonElement value, string path, List<(string Path, string Cause)> errors) =>
        type == typeof(SourceSettings) ? Named(sources, value, path, errors)
        : type == typeof(DeliverySettings) ? Named(deliveries, value, path, errors)
        : type == typeof(FeedSetup) ? SetupType(value, path, errors)
        : type == typeof(FeedSettings) ? null
        : type;

    public Type SourceSettings(JsonElement value) => sources[value.GetProperty("type").GetString()!].Settings;

    public Type DeliverySettings(JsonElement value) => deliveries[value.GetProperty("type").GetString()!].Settings;

    /// <summary>The settings record of the feed that <paramref name="setup"/> describes; null for a property of another type.</summary>
    public Type? FeedSettings(Type property, JsonElement setup) =>
        property == typeof(FeedSettings)
        && setup.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
        && feeds.TryGet(type.GetString()!, out var feed)
            ? feed!.Settings
            : null;

    /// <summary>A feed's setup is always of one type, but its own <c>type</c> must be known to check the settings beside it.</summary>
    private Type? SetupType(JsonElement value, string path, List<(string Path, string Cause)> errors)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out _))
        {
            Named(feeds, value, path, errors);
        }

        return typeof(FeedSetup);
    }

    private static Type? Named<T>(Catalog<T> catalog, JsonElement value, string path, List<(string Path, string Cause)> errors)
        where T : IPlugIn
    {
        var known = string.Join(", ", catalog.Types);
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add((path, "must be an object"));
        }
        else if (!value.TryGetProperty("type", out var type))
        {
            errors.Add((path, $"the key \"type\" is missing; known are {known}"));
        }
        else if (type.ValueKind != JsonValueKind.String || !catalog.TryGet(type.GetString()!, out _))
        {
            errors.Add(($"{path}.type", $"unknown type {type.GetRawText()}; known are {known}"));
        }
        else
        {
            return catalog[type.GetString()!].Settings;
        }

        return null;
    }
}
