using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What rests at a server, has done so for the days of the settings, and so is to be deleted for good.</summary>
internal static class ScimDue
{
    public static IReadOnlyList<DueRows> Of(FeedInput input)
    {
        var settings = (ScimSettings)input.Settings;
        var (there, _) = ScimHeld.Read(input.Before);
        var due = there.Where(held => IsDue(held, settings, input.Date)).ToList();
        var wanted = due.Count == 0 ? [] : Keys(input, settings).ToHashSet();
        return
        [
            .. due.Where(held => !wanted.Contains((held.Type, held.Id))).GroupBy(held => held.Type).Select(kind => new DueRows(
                kind.Key.Endpoint, kind.Key.IsPerson, there.Count(held => held.Type == kind.Key),
                [.. kind.Select(held => new DueRow(held.Id, held.IsToldToGo) { Texts = held.IsNamesake ? [] : held.Texts })])),
        ];
    }

    /// <summary>Only of what the server has confirmed that it rests does any time run out. What tells of somebody goes otherwise, and at once.</summary>
    public static bool IsDue(ScimHeld held, ScimSettings settings, DateOnly today) => held is { Type.CanRest: true, IsResting: true, MustGo: false }
        && today.DayNumber - held.RestsSince.DayNumber >= settings.RestingDays;

    private static IEnumerable<(ScimType Type, string Id)> Keys(FeedInput input, ScimSettings settings)
    {
        var content = new ScimContent(input);
        return settings.IsEgil
            ? new EgilResources(content, input).All(input.Tenant).Select(resource => (resource.Type, resource.Id))
            : CoreResources.Keys(content);
    }
}
