using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What may be meant in a tenant file and should be known.</summary>
internal static class TenantWarnings
{
    /// <summary>Summers are shorter, and a window that was meant the other way round is longer.</summary>
    private const int MostDaysOfRollover = 180;

    /// <summary>In the order of their lines, without what stands where something is wrong already.</summary>
    /// <param name="others">By id, what other tenants are called.</param>
    public static IEnumerable<string> Of(TenantFile file, Tenant tenant, Catalog<ISource> sources, IReadOnlyDictionary<string, string> others) =>
        from warning in All(tenant, sources, others)
        where !file.WrongPlaces.Any(place => Paths.Meet(place, warning.Path))
        let line = file.Reading.LineOf(warning.Path)
        orderby line
        select $"{file.Path}:{line}: {warning.Text}";

    /// <summary>By id, what the tenants are called whose files lie in these folders.</summary>
    public static async Task<Dictionary<string, string>> NamesAsync(IEnumerable<string> folders, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", new EnumerationOptions { IgnoreInaccessible = true })))
        {
            try
            {
                if (TenantStore.FindName(await File.ReadAllBytesAsync(file, ct)) is var (id, name))
                {
                    names[id] = name;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not what was asked about.
            }
        }

        return names;
    }

    private static IEnumerable<(string Path, string Text)> All(Tenant tenant, Catalog<ISource> sources, IReadOnlyDictionary<string, string> others) =>
        // Registers have values of their own, so one that no vocabulary has is no error.
        SettingValues.Unmatched(tenant, sources[tenant.Source.Type]).Select(unmatched => (unmatched.Path, $"{unmatched}"))
            .Concat(
                from other in others
                where other.Key != tenant.Id && other.Value.Trim().Equals(tenant.Name.Trim(), StringComparison.OrdinalIgnoreCase)
                select ("$.name", $"$.name: tenant {other.Key} is called so too, and pages, alarms and mails tell them apart by their names: give this one its own."))
            .Concat(
                from feed in tenant.Feeds.Index()
                from told in feed.Item.Settings.Consequences()
                let place = $"$.feeds[{feed.Index}].settings.{told.Key}"
                select (place, $"{place}: {told.Consequence}"))
            .Concat(
                from feed in tenant.Feeds.Index()
                let only = feed.Item.Settings.CarriedOutBy()
                where only is not null && only != feed.Item.Delivery.Type
                let place = $"$.feeds[{feed.Index}].delivery.type"
                select (place, $"{place}: only a delivery of type {only} carries out what a feed of type {feed.Item.Type} writes; "
                    + $"{feed.Item.Delivery.Type} lays its file down for nobody."))
            .Concat(
                from feed in tenant.Feeds.Index()
                where feed.Item.Freeze?.EndedBy(tenant.DateAt(TimeProvider.System.GetUtcNow())) is not null
                let place = $"$.feeds[{feed.Index}].freeze.until"
                select (place, $"{place}: {feed.Item.Freeze!.Until} has come already, so nothing rests."))
            .Concat(
                from window in tenant.Guard.RolloverWindows.Index()
                let days = window.Item.CountDays()
                where days > MostDaysOfRollover
                let place = $"$.guard.rolloverWindows[{window.Index}]"
                select (place, $"{place}: it is open on {days} days of the year. Have from and to changed places?"));
}
