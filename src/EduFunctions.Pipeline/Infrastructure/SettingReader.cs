using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Fills in limits from a section of the settings. What is wrong is told by the name that people set, with what it may be.</summary>
internal static class SettingReader
{
    /// <param name="name">The section as an environment variable has it.</param>
    /// <returns>What is wrong, all of it.</returns>
    public static IReadOnlyList<string> Read(IConfigurationSection section, object limits, string name) =>
        [.. section.GetChildren().SelectMany(setting => Set(setting, limits, name))];

    private static IEnumerable<string> Set(IConfigurationSection setting, object limits, string section)
    {
        var properties = limits.GetType().GetProperties();
        var name = $"{section}__{setting.Key}";
        if (properties.FirstOrDefault(property => property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
        {
            return [$"There is no setting {name}; known are {string.Join(", ", properties.Select(known => known.Name))}."];
        }

        if (property.PropertyType == typeof(Uri))
        {
            return SetAddress(setting, limits, property, name);
        }

        if (property.PropertyType == typeof(bool))
        {
            return SetSwitch(setting, limits, property, $"{section}__{property.Name}");
        }

        if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
        {
            return Read(setting, property.GetValue(limits)!, name);
        }

        if (Parse(setting.Value, property.PropertyType) is not { } value || !range.IsValid(value))
        {
            return [$"The setting {section}__{property.Name} must be {range.Minimum} to {range.Maximum}, not {(string.IsNullOrEmpty(setting.Value) ? "empty" : setting.Value)}."];
        }

        property.SetValue(limits, value);
        return [];
    }

    private static string[] SetSwitch(IConfigurationSection setting, object limits, PropertyInfo property, string name)
    {
        if (!bool.TryParse(setting.Value, out var isOn))
        {
            return [$"The setting {name} must be true or false, not {(string.IsNullOrEmpty(setting.Value) ? "empty" : setting.Value)}."];
        }

        property.SetValue(limits, isOn);
        return [];
    }

    private static string[] SetAddress(IConfigurationSection setting, object limits, PropertyInfo property, string name)
    {
        if (!Uri.TryCreate(setting.Value, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            return [$"The setting {name} must be an https address (plain http only to loopback)."];
        }

        property.SetValue(limits, address);
        return [];
    }

    private static object? Parse(string? text, Type type)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }
}
