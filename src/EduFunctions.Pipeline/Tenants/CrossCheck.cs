using System.Reflection;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>What only the whole tenant file can tell: settings that contradict each other.</summary>
internal static class CrossCheck
{
    /// <param name="json">The tenant's file.</param>
    /// <param name="sources">All there are: each says which keys of the rules it understands.</param>
    /// <param name="deliveries">All there are: each says where a feed goes.</param>
    public static IEnumerable<(string Path, string Cause)> Errors(Tenant tenant, JsonElement json, Catalog<ISource> sources, Catalog<IDelivery> deliveries)
    {
        foreach (var (key, source) in EligibilityOfOthers(tenant, json, sources))
        {
            yield return ($"$.eligibility.{key}", $"is understood by the source {source} only, not by {tenant.Source.Type}");
        }

        if (tenant.Eligibility.Selection is { Property: not null } selection && (selection.Units is not null || selection.Groups is not null))
        {
            yield return ("$.eligibility.selection", "takes either lists (units, groups) or property, not both");
        }

        foreach (var (i, code) in tenant.Eligibility.Municipalities.Index().Where(code => !IsMunicipality(code.Item)))
        {
            yield return ($"$.eligibility.municipalities[{i}]", $"must be the four digits of a municipality, not \"{code}\"");
        }

        foreach (var named in NamedIds.Contradictions(tenant))
        {
            yield return named;
        }

        if (tenant.Id == PoisonStore.Unreadable)
        {
            yield return ("$.id", $"must be another than \"{tenant.Id}\", where messages are kept that nobody can read");
        }

        if (tenant.Privacy.IncludeAddress)
        {
            yield return ("$.privacy.includeAddress", "must be false: no feed has a column for addresses");
        }

        foreach (var (path, cause) in tenant.Alarms.Contradictions())
        {
            yield return ($"$.alarms.{path}", cause);
        }

        if (tenant.Source is { Changes: true, MaySayChanges: false })
        {
            yield return ("$.source.changes", $"must be false: a source of type {tenant.Source.Type} does not say what has changed, so there is no sync --changed");
        }

        foreach (var (path, cause) in tenant.Registrars?.Contradictions(tenant.Alarms) ?? [])
        {
            yield return ($"$.registrars{path}", cause);
        }

        foreach (var (key, cause) in tenant.Source.Contradictions(tenant).Concat(MarkingSettings.Contradictions(tenant.Source)))
        {
            yield return ($"$.source.{key}", cause);
        }

        foreach (var contradiction in tenant.Logins is { } logins ? tenant.Source.ContradictionsOf(logins) : [])
        {
            yield return contradiction;
        }

        for (var i = 0; i < tenant.Feeds.Count; i++)
        {
            var feed = tenant.Feeds[i];
            if (tenant.Feeds.Take(i).Any(earlier => earlier.Name == feed.Name))
            {
                yield return ($"$.feeds[{i}].name", $"another feed is named \"{feed.Name}\" already");
            }

            if (tenant.Feeds.Take(i).FirstOrDefault(earlier => deliveries.KeyOf(earlier).Meets(deliveries.KeyOf(feed))) is { } same)
            {
                yield return ($"$.feeds[{i}].delivery",
                    $"goes to the same address, account and folder as feed \"{same.Name}\"{Spellings(deliveries.TargetOf(feed), deliveries.TargetOf(same))}: a target takes one feed");
            }

            foreach (var (key, cause) in feed.Contradictions())
            {
                yield return ($"$.feeds[{i}].{key}", cause);
            }

            foreach (var (key, cause) in feed.Settings.Contradictions(tenant))
            {
                yield return ($"$.feeds[{i}].settings.{key}", cause);
            }

            foreach (var (key, cause) in feed.Delivery.Contradictions(feed))
            {
                yield return ($"$.feeds[{i}].delivery.{key}", cause);
            }
        }
    }

    /// <summary>What secrets of feeds hold and nobody can use. It may have been good when the file was written, and is one feed's trouble.</summary>
    public static IEnumerable<(string Path, string Cause)> UnusableSecrets(Tenant tenant) =>
        from feed in tenant.Feeds.Index()
        from unusable in feed.Item.UnusableSecrets()
        select ($"$.feeds[{feed.Index}].{unusable.Key}", unusable.Cause);

    /// <summary>Where one place is written in two ways, both.</summary>
    private static string Spellings(string here, string there) => here == there ? "" : $" ({here} may be the same place as {there})";

    /// <summary>Keys of the rules that only other kinds of source understand.</summary>
    private static IEnumerable<(string Key, string Sources)> EligibilityOfOthers(Tenant tenant, JsonElement json, Catalog<ISource> sources) =>
        from property in TenantReader.Options.GetTypeInfo(typeof(EligibilitySettings)).Properties
        where json.TryGetProperty("eligibility", out var given) && given.TryGetProperty(property.Name, out _)
        let name = ((MemberInfo)property.AttributeProvider!).Name
        let knowing = sources.Types.Where(type => sources[type].Rules.Settings.Contains(name)).ToList()
        where knowing.Count > 0 && !knowing.Contains(tenant.Source.Type)
        select (property.Name, string.Join(", ", knowing));

    private static bool IsMunicipality(string code) => MunicipalityCode.Parse(Encoding.UTF8.GetBytes(code)) >= 0;
}
