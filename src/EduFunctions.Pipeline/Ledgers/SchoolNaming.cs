using System.Text;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>
/// What schools are called, by stored rosters, for whoever reads of them now. A name that would tell of somebody who is protected by now, or was in the
/// run itself, is not told: the id stands in its place.
/// </summary>
public sealed class SchoolNaming(BlobStorage blobs, MemoryStore memories, RegisterSchools? register = null)
{
    /// <param name="run">The run that is told of.</param>
    /// <param name="rosters">Names of blobs: what the first of them calls a school counts.</param>
    public async Task<NamedSchools> FindAsync(string tenant, string run, IEnumerable<string> rosters, CancellationToken ct) =>
        await FindAsync(await TryFindTestAsync(tenant, run, ct), rosters, ct);

    /// <param name="isTelling">Whether a name tells of somebody; null where nobody can say, so that none is told.</param>
    internal async Task<NamedSchools> FindAsync(Predicate<string>? isTelling, IEnumerable<string> rosters, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var roster in isTelling is null ? [] : rosters)
            {
                foreach (var (id, name) in await RosterSchools.FindAsync(blobs, roster, ct))
                {
                    names.TryAdd(id, isTelling!(name) ? "" : name);
                }
            }
        }
        catch (BlobTroubleException)
        {
            // Ids say enough, and nobody is kept from what is told by them.
            return NamedSchools.None;
        }

        return new NamedSchools(names);
    }

    /// <summary>The same, with those of these schools of which no roster says it, as the register calls them in a run.</summary>
    /// <param name="wanted">Ids of schools that are told of.</param>
    internal async Task<NamedSchools> FindAsync(
        string tenant, string run, Predicate<string>? isTelling, IEnumerable<string> rosters, IEnumerable<string> wanted, CancellationToken ct)
    {
        var known = await FindAsync(isTelling, rosters, ct);
        var unknown = isTelling is null || register is null ? [] : wanted.Where(id => !known.Has(id)).Distinct().ToList();
        return unknown.Count == 0 ? known
            : known.And((await register!.FindAsync(tenant, run, unknown, ct)).Where(school => !isTelling!(school.Value)));
    }

    /// <summary>What some groups are called, by the first of these rosters that has each; of one whose name would tell of somebody nothing is told.</summary>
    /// <param name="run">The run that is told of.</param>
    public async Task<IReadOnlyDictionary<string, string>> FindGroupsAsync(string tenant, string run, IEnumerable<string> rosters, IReadOnlySet<string> wanted, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (wanted.Count == 0 || await FindTestAsync(tenant, run, ct) is not { } isTelling)
            {
                return names;
            }

            foreach (var roster in rosters.TakeWhile(_ => names.Count < wanted.Count))
            {
                foreach (var (id, name) in await RosterSchools.FindSectionsAsync(blobs, roster, wanted, ct))
                {
                    names.TryAdd(id, isTelling(name) ? "" : name);
                }
            }
        }
        catch (BlobTroubleException)
        {
            // Ids say enough, here too.
        }

        return names;
    }

    /// <returns>Whether a name tells of somebody; null where nobody can say.</returns>
    internal async Task<Predicate<string>?> FindTestAsync(string tenant, string run, CancellationToken ct)
    {
        if (await NewestSight.ReadAsync(blobs, tenant, run, ct) is not { } then || await FindNowAsync(tenant, ct) is not { } now)
        {
            return null;
        }

        var (byRun, byNow) = (Test(then), Test(now));
        return name => byRun.Is(Encoding.UTF8.GetBytes(name)) || byNow.Is(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The same for who can do without.</summary>
    internal async Task<Predicate<string>?> TryFindTestAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await FindTestAsync(tenant, run, ct);
        }
        catch (BlobTroubleException)
        {
            return null;
        }
    }

    /// <summary>By what those who are protected by now would be recognised; null where nobody can say.</summary>
    private async Task<ProtectedValues?> FindNowAsync(string tenant, CancellationToken ct) => await memories.ShowAsync(tenant, ct) switch
    {
        { Memory: { } memory } => ProtectedValuesBuilder.Of(memory),
        { IsLost: true } => null,
        _ => await NewestSight.FindValuesAsync(blobs, tenant, ct),
    };

    private static TellingText Test(ProtectedValues values) => new(new RowScan(values));
}
