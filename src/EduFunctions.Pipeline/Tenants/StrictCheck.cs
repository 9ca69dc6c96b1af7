using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>
/// Compares a JSON value with the record it is to be bound to and lists everything that does not fit, where the serializer would stop at
/// the first: unknown keys, wrong types, missing values, values out of range. Collects the secrets that are named.
/// </summary>
internal sealed class StrictCheck(JsonSerializerOptions options, PlugInTypes plugIns, List<(string Path, string Cause)> errors)
{
    public List<(string Path, string Name)> Secrets { get; } = [];

    public void Check(JsonElement value, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Secret))
        {
            CheckSecret(value, path);
        }
        else if (plugIns.Concrete(type, value, path, errors) is { } concrete)
        {
            CheckKind(value, concrete, path);
        }
    }

    private void CheckKind(JsonElement value, Type type, string path)
    {
        var info = options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when Is(value, JsonValueKind.Object, "an object", path):
                CheckObject(value, info, path);
                break;
            case JsonTypeInfoKind.Enumerable when Is(value, JsonValueKind.Array, "an array", path):
                CheckItems(value, info.ElementType!, path);
                break;
            case JsonTypeInfoKind.Dictionary when Is(value, JsonValueKind.Object, "an object", path):
                CheckEntries(value, info.ElementType!, path);
                break;
            case JsonTypeInfoKind.None:
                CheckScalar(value, type, path);
                break;
        }
    }

    private void CheckObject(JsonElement value, JsonTypeInfo info, string path)
    {
        foreach (var given in value.EnumerateObject())
        {
            var property = info.Properties.FirstOrDefault(property => property.Name == given.Name);
            if (property is null)
            {
                errors.Add(($"{path}.{given.Name}", $"unknown key \"{given.Name}\"{Nearest(given.Name, info)}"));
            }
            else
            {
                CheckProperty(given.Value, property, PropertyType(property, value), $"{path}.{given.Name}");
            }
        }

        foreach (var missing in info.Properties.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)))
        {
            errors.Add((path, $"the key \"{missing.Name}\" is missing"));
        }
    }

    /// <summary>The settings of a feed are named by their neighbour, the feed's type.</summary>
    private Type PropertyType(JsonPropertyInfo property, JsonElement owner) =>
        plugIns.FeedSettings(property.PropertyType, owner) ?? property.PropertyType;

    private void CheckProperty(JsonElement value, JsonPropertyInfo property, Type type, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!property.IsSetNullable)
            {
                errors.Add((path, "must not be null"));
            }

            return;
        }

        var before = errors.Count;
        Check(value, type, path);
        if (errors.Count == before)
        {
            CheckRange(value, property, path);
        }
    }

    private void CheckRange(JsonElement value, JsonPropertyInfo property, string path)
    {
        object? scalar = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetInt32(out var number) => number,
            _ => null,
        };
        var rules = ((MemberInfo)property.AttributeProvider!).GetCustomAttributes<ValidationAttribute>();
        foreach (var rule in rules.Where(rule => scalar is not null && !rule.IsValid(scalar)))
        {
            // An address with a login in it holds a password, which is not repeated.
            var given = rule is SafeAddressAttribute && value.GetRawText().Contains('@') ? "" : $", not {value.GetRawText()}";
            errors.Add((path, $"{rule.FormatErrorMessage(property.Name)}{given}"));
        }
    }

    private void CheckItems(JsonElement value, Type type, string path)
    {
        var item = 0;
        foreach (var element in value.EnumerateArray())
        {
            Check(element, type, $"{path}[{item++}]");
        }
    }

    private void CheckEntries(JsonElement value, Type type, string path)
    {
        foreach (var entry in value.EnumerateObject())
        {
            Check(entry.Value, type, $"{path}.{entry.Name}");
        }
    }

    private void CheckScalar(JsonElement value, Type type, string path)
    {
        if (type == typeof(string))
        {
            Is(value, JsonValueKind.String, "a string", path);
        }
        else if (type == typeof(bool) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            errors.Add((path, $"must be true or false, not {Shown(value)}"));
        }
        else if (type == typeof(int) && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)))
        {
            errors.Add((path, $"must be a whole number, not {Shown(value)}"));
        }
    }

    private void CheckSecret(JsonElement value, string path)
    {
        var named = value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Count() == 1
            && value.TryGetProperty("secret", out var name)
            && name.ValueKind == JsonValueKind.String
            && !string.IsNullOrEmpty(name.GetString());
        if (named)
        {
            Secrets.Add((path, value.GetProperty("secret").GetString()!));
        }
        else
        {
            // What stands there may be the secret itself: it is not repeated.
            errors.Add((path, "must be { \"secret\": \"name\" }: secrets do not stand in the file"));
        }
    }

    private bool Is(JsonElement value, JsonValueKind kind, string called, string path)
    {
        if (value.ValueKind != kind)
        {
            errors.Add((path, $"must be {called}, not {Shown(value)}"));
        }

        return value.ValueKind == kind;
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => value.GetRawText(),
    };

    private static string Nearest(string key, JsonTypeInfo info)
    {
        var nearest = info.Properties.Select(property => property.Name).MinBy(name => Spelling.Distance(key, name));
        return nearest is not null && Spelling.Distance(key, nearest) <= 3
            ? $"; did you mean \"{nearest}\"?"
            : $"; known are {string.Join(", ", info.Properties.Select(property => property.Name))}";
    }
}
