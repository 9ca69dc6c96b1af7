using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Listing;

/// <summary>
/// Whether there is what a list is to be narrowed down to: of a misspelt code, school or kind nothing is so, and whoever reads that takes it for good news.
/// </summary>
public sealed class ListNarrowing(BlobStorage blobs, RosterStore rosters, RuleCatalog rules, FindingCatalog findings)
{
    private const int MostNamed = 20;

    private static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
    {
        [RunList.LeftOut] = ["student", "staff", "guardian"],
        [RunList.Findings] = Serialization.NamesOf(typeof(EntityKind)),
        [RunList.Plan] = Serialization.NamesOf(typeof(RowKind)),
    };

    /// <param name="all">The whole list.</param>
    /// <returns>What there is not, and what there is instead; null when all is there, whether or not a row is so.</returns>
    public async Task<string?> FindUnknownAsync(RunList all, string? code, string? school, string? kind, CancellationToken ct)
    {
        if (kind is not null && !Kinds[all.List].Any(known => RunList.IsOfKind(known, kind)))
        {
            return $"There is no kind {kind} in the list {all.List}: there are {string.Join(", ", Kinds[all.List])}.";
        }

        var codes = all.Rows.Select(row => row.Code).Distinct().Order(StringComparer.Ordinal).ToList();
        if (code is not null && !codes.Contains(code) && !CodesOf(all.List).Contains(code))
        {
            return $"There is no code {code} for the list {all.List}: {Named(codes)}.";
        }

        var schools = all.Rows.Select(row => row.School).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return school is null || schools.Contains(school) || (EntityId.TryFind(school, out var id) && await HasAsync(all, id, ct))
            ? null
            : $"The run knows no school of the id {school}: {Named(schools)}.";
    }

    private IEnumerable<string> CodesOf(string list) => list switch
    {
        RunList.LeftOut => rules.All.Select(rule => rule.Code),
        RunList.Findings => findings.All.Select(kind => kind.Code),
        _ => PlanRows.Codes,
    };

    private static string Named(List<string> known) => known.Count switch
    {
        0 => "the list is empty",
        > MostNamed => $"the list has {string.Join(", ", known.Take(MostNamed))} and {known.Count - MostNamed} others",
        _ => $"the list has {string.Join(", ", known)}",
    };

    /// <summary>Also one of which nothing is to be told: it was handed on, or somebody there was decided on.</summary>
    private async Task<bool> HasAsync(RunList list, EntityId school, CancellationToken ct)
    {
        if (await rosters.TryFindAsync(RosterPath.Roster(list.Tenant, list.Run), ct) is { } roster && roster.Units.Rows.ToArray().Any(unit => unit.Id == school))
        {
            return true;
        }

        await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Ledger(list.Tenant, list.Run), ct);
        return stored is not null && (await LedgerFile.ReadAsync(stored, ct)).Stays.Rows.ToArray().Any(stay => stay.Unit == school);
    }
}
