using System.Reflection;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>A value of the tenant file that is none of those its setting can match.</summary>
/// <param name="Nearest">What may have been meant.</param>
public sealed record UnmatchedValue(string Path, string Value, IReadOnlyList<string> Known, string? Nearest)
{
    public override string ToString() => $"{Path}: \"{Value}\" matches nothing"
        + (Nearest is not null ? $"; did you mean \"{Nearest}\"?" : Known.Count > 0 ? $"; there are {string.Join(", ", Known)}" : " there is");
}

/// <summary>Settings that name values of open enumerations: a misspelt one is no error, since registers have values of their own, and matches nobody.</summary>
public static class SettingValues
{
    private const int MostMistyped = 3;

    /// <summary>The values that the source's own vocabularies do not have.</summary>
    public static IEnumerable<UnmatchedValue> Unmatched(Tenant tenant, ISource source)
    {
        var vocabularies = source.MakeVocabularies();
        return Of(tenant, source)
            .Where(setting => setting.Values.In(vocabularies).Values.Count > 1)
            .SelectMany(setting => Unmatched(setting, [.. setting.Values.In(vocabularies).Values.Skip(1)]));
    }

    /// <summary>The values that nothing in a pull has; defaults that nothing has are nobody's mistake.</summary>
    /// <param name="there">By name of the vocabulary, what the pull has.</param>
    public static IEnumerable<UnmatchedValue> Unmatched(Tenant tenant, ISource source, IReadOnlyDictionary<string, IReadOnlyList<string>> there) =>
        Of(tenant, source).Where(setting => there.ContainsKey(setting.Values.Vocabulary)).SelectMany(setting => Unmatched(setting, there[setting.Values.Vocabulary])
            .Where(unmatched => !setting.Defaults.Contains(unmatched.Value)));

    private static IEnumerable<UnmatchedValue> Unmatched(Setting setting, IReadOnlyList<string> known) =>
        from value in setting.Given.Index()
        where !known.Contains(value.Item)
        let nearest = known.MinBy(each => Spelling.Distance(each, value.Item))
        select new UnmatchedValue(
            $"{setting.Path}[{value.Index}]", value.Item, known, nearest is not null && Spelling.Distance(nearest, value.Item) <= MostMistyped ? nearest : null);

    private static IEnumerable<Setting> Of(Tenant tenant, ISource source) =>
        Of(tenant.Eligibility, "$.eligibility").Where(setting => source.Rules.Settings.Contains(setting.Name))
            .Concat(tenant.Feeds.Index().SelectMany(feed => Of(feed.Item.Settings, $"$.feeds[{feed.Index}].settings")));

    private static IEnumerable<Setting> Of(object settings, string path) =>
        from property in settings.GetType().GetProperties()
        let values = property.GetCustomAttribute<ValuesOfAttribute>()
        where values is not null && property.PropertyType == typeof(IReadOnlyList<string>)
        select new Setting(
            property.Name, $"{path}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}", values, (IReadOnlyList<string>)property.GetValue(settings)!,
            (IReadOnlyList<string>)property.GetValue(Activator.CreateInstance(settings.GetType()))!);

    private sealed record Setting(string Name, string Path, ValuesOfAttribute Values, IReadOnlyList<string> Given, IReadOnlyList<string> Defaults);
}
