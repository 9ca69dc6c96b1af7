using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Listing;

/// <summary>Lists what stands behind the numbers of a run, from what is kept of it.</summary>
public sealed class RunLists(
    BlobStorage blobs, RosterStore rosters, DeliveredRosters delivered, PlanStore plans, KeptPersons kept, HiddenPersons hidden, SchoolNaming naming, RegisterSchools register, RuleCatalog rules)
{
    /// <param name="feed">Of whose plan; of no matter for other lists.</param>
    /// <param name="withNames">Whether the rows of a plan say also what people are called, before and after.</param>
    /// <returns>Null for a list that there is none of, is kept no more, or of whose people it cannot be told who is protected.</returns>
    public async Task<RunList?> FindAsync(string tenant, string run, string list, string? feed, bool mayFindProtected, bool withNames, CancellationToken ct)
    {
        if (await hidden.FindAsync(tenant, run, ct) is not { } those)
        {
            return null;
        }

        try
        {
            bool IsHidden(EntityId id) => !mayFindProtected && those.Contains(id);
            var companions = mayFindProtected ? [] : await hidden.FindCompanionsAsync(tenant, run, ct);
            var rows = list switch
            {
                RunList.LeftOut => await LeftOutAsync(tenant, run, IsHidden, mayFindProtected ? null : companions, ct),
                RunList.Findings => await FindingsAsync(tenant, run, IsHidden, ct),
                RunList.Plan when feed is not null => (await PlanAsync(tenant, run, feed, withNames, those, ct))
                    ?.Where(row => !IsHiddenText(row.Id) && !IsHiddenText(row.RefersTo) && !IsCompanion(row)),
                _ => null,
            };
            var isTelling = rows is null ? null : await naming.FindTestAsync(tenant, run, ct);
            return rows is null ? null : RunList.Sorted(tenant, run, list, Apart([.. rows.Select(row => DiscreetRow.Of(row, isTelling))]));

            // Who stays, at work or for another student's sake, changes nevertheless, and a row of which nothing is told would tell why.
            bool IsCompanion(ListedRow row) => row.Id is not null && EntityId.TryFind(row.Id, out var id) && companions.Contains(id);

            bool IsHiddenText(string? text) => text is not null && EntityId.TryFind(text, out var id) && IsHidden(id);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e) && e is not UnreadableBlobException)
        {
            return null;
        }
    }

    /// <summary>Schools of one name are told apart wherever a row of theirs is read.</summary>
    private static IEnumerable<ListedRow> Apart(IReadOnlyList<ListedRow> rows)
    {
        var named = rows.Where(row => row is { School: not null, SchoolName: not null }).DistinctBy(row => row.School);
        var labels = SchoolLabels.Of(named.Select(row => KeyValuePair.Create(row.School!, row.SchoolName!)));
        return rows.Select(row => row is { School: { } school, SchoolName: { } name } && labels[school].StartsWith(name, StringComparison.Ordinal) ? row with { SchoolName = labels[school] } : row);
    }

    /// <summary>What lists are made of, by its name: damaged is another thing than gone.</summary>
    private static async Task<T> ReadAsync<T>(string name, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e) && e is not UnreadableBlobException)
        {
            throw new UnreadableBlobException(Containers.Rosters, name, "Put it back from a backup, or look at another run: the next run writes its own.", e);
        }
    }

    private async Task<IEnumerable<ListedRow>?> LeftOutAsync(string tenant, string run, Predicate<EntityId> isHidden, HashSet<EntityId>? companions, CancellationToken ct)
    {
        var (ledger, name) = (RosterPath.Ledger(tenant, run), RosterPath.Roster(tenant, run));
        await using var stored = await blobs.OpenAsync(Containers.Rosters, ledger, ct);
        if (stored is null || await ReadAsync(name, () => rosters.FindAsync(name, ct)) is not { } roster)
        {
            return null;
        }

        companions?.UnionWith(roster.KeysOnly.Rows.ToArray());
        var rows = LeftOutRows.Of(await ReadAsync(ledger, () => LedgerFile.ReadAsync(stored, ct)), rules, Names(roster), isHidden, id => companions?.Contains(id) == true).ToList();
        var others = await OtherNamesAsync(tenant, run, [.. rows.Where(row => row is { School: not null, SchoolName: null }).Select(row => row.School!).Distinct()], ct);
        return rows.Select(row => row.SchoolName is null && row.School is { } school ? row with { SchoolName = others.GetValueOrDefault(school) } : row);
    }

    /// <summary>Schools that are left out themselves are in no roster: the register names them, and once its answers are gone the findings name some.</summary>
    private async Task<IReadOnlyDictionary<string, string>> OtherNamesAsync(string tenant, string run, IReadOnlyCollection<string> wanted, CancellationToken ct)
    {
        var names = await register.FindAsync(tenant, run, wanted, ct);
        return wanted.All(names.ContainsKey) ? names
            : (await FoundNamesAsync(tenant, run, ct)).Concat(names).GroupBy(name => name.Key).ToDictionary(name => name.Key, name => name.Last().Value, StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, string>> FoundNamesAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return (await FindingsAsync(tenant, run, _ => false, ct) ?? []).Where(row => row is { School: not null, SchoolName: not null })
                .DistinctBy(row => row.School).ToDictionary(row => row.School!, row => row.SchoolName!, StringComparer.Ordinal);
        }
        catch (UnreadableBlobException)
        {
            return [];
        }
    }

    private async Task<IEnumerable<ListedRow>?> FindingsAsync(string tenant, string run, Predicate<EntityId> isHidden, CancellationToken ct)
    {
        if (await blobs.ReadAsync(Containers.Rosters, RosterPath.Findings(tenant, run), ct) is not { } stored)
        {
            return null;
        }

        using var report = await ReadAsync(RosterPath.Findings(tenant, run), () => Task.FromResult(JsonDocument.Parse(stored.Content)));
        return FindingRows.Of(report.RootElement, isHidden).ToList();
    }

    private async Task<IEnumerable<ListedRow>?> PlanAsync(string tenant, string run, string feed, bool withNames, HashSet<EntityId> those, CancellationToken ct)
    {
        if (await plans.FindAsync(tenant, run, feed, ct) is not { Roster: { } goes } plan)
        {
            return null;
        }

        var before = plan.Plan.Against is { } against ? await delivered.ReadAsync(against, new EarlierRosters(rosters), ct) : DeliveredRosters.Nothing(isLost: false);
        var now = await delivered.ReadAsync(goes, new EarlierRosters(rosters), ct);
        if (before.IsLost || now.IsLost)
        {
            return null;
        }

        var values = await ProtectedAsync(tenant, run, ct);
        var waiting = await kept.ListAsync(tenant, run, feed, PlanPhase.Planned, ct);
        var tonight = waiting.Count == 0 ? null : await TonightAsync(tenant, run, feed, ct);
        return new PlanRows(
            RosterDifference.Between(before.Roster, before.Selection, now.Roster, now.Selection), Columns(now.Roster), Names(before.Roster, now.Roster, tonight))
            .Of(waiting, tonight is null ? null : Columns(tonight), tonight is null ? _ => default : Schools(tonight, waiting.Select(person => person.Id)));

        ChangedColumns Columns(Roster then) => new(before.Roster, then, withNames && values is not null, values ?? ProtectedValues.None, those.Contains);
    }

    /// <summary>What the guard has judged: a feed in which somebody goes by an alias, or that is for some schools or roles, has its own.</summary>
    private async Task<Roster?> TonightAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await rosters.FindAsync(RosterPath.Roster(tenant, run, feed), ct) ?? await rosters.FindAsync(RosterPath.Roster(tenant, run), ct);

    /// <summary>By what the run's protected persons would be recognised; null where that is not on record, so that no name is told.</summary>
    private async Task<ProtectedValues?> ProtectedAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, run), ct);
            return stored is null ? null : await ProtectedValuesFile.ReadAsync(stored, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>Of schools that were handed on, where a name that tells of somebody has become a neutral one.</summary>
    private static Func<EntityId, string?> Names(params IEnumerable<Roster?> several)
    {
        var names = new Dictionary<EntityId, string>();
        foreach (var roster in several.OfType<Roster>())
        {
            foreach (ref readonly var unit in roster.Units.Rows)
            {
                names[unit.Id] = Encoding.UTF8.GetString(roster[unit.Name]);
            }
        }

        return id => names.GetValueOrDefault(id);
    }

    /// <summary>The first school of each of these persons.</summary>
    private static Func<EntityId, EntityId> Schools(Roster roster, IEnumerable<EntityId> persons)
    {
        var (wanted, schools) = (persons.ToHashSet(), new Dictionary<EntityId, EntityId>());
        foreach (var place in roster.StudentUnits.Rows.ToArray().Concat(roster.StaffUnits.Rows.ToArray()))
        {
            if (wanted.Contains(roster.Persons[place.Person].Id))
            {
                schools.TryAdd(roster.Persons[place.Person].Id, roster.Units[place.Unit].Id);
            }
        }

        return id => schools.GetValueOrDefault(id);
    }
}
