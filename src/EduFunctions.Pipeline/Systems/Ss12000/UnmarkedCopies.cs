using System.Collections.Concurrent;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Reads what was passed over: persons whose marking stands only on a reference or in another copy. They are few, so their pages are read once
/// more instead of keeping everybody's values until all markings are known.
/// </summary>
internal static class UnmarkedCopies
{
    private const int MostSought = 50;

    private static readonly string[] Collections = ["persons", PersonLookup.Collection];

    public static Task ReadAsync(Snapshot snapshot, SourceData data, CancellationToken ct) =>
        ReadAsync(snapshot, Pages(snapshot, data), data.ProtectedIds, static _ => true, data, ct);

    /// <summary>The same of an earlier pull, of which nothing is known but its pages. Most have none of a few people: those are not taken apart.</summary>
    public static Task ReadAllAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct)
    {
        var ids = people.Count > MostSought ? [] : people.Select(id => Encoding.UTF8.GetBytes(id.ToString())).ToArray();
        return ReadAsync(
            snapshot, AllPages(snapshot), people, page => ids.Length == 0 || Array.Exists(ids, id => page.Span.IndexOf(id) >= 0), data, ct);
    }

    private static async Task ReadAsync(
        Snapshot snapshot, IEnumerable<(string Collection, PageManifest Page)> pages, IReadOnlySet<EntityId> people, Predicate<ReadOnlyMemory<byte>> mayHave, SourceData data,
        CancellationToken ct)
    {
        var found = new ConcurrentBag<(IReadOnlyList<PersonalValue> Values, IReadOnlyList<Companion> Companions)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(pages, parallel, async (at, stop) =>
        {
            using var body = await snapshot.ReadPageAsync(at.Collection, at.Page, stop);
            if (mayHave(body.Memory))
            {
                found.Add(PersonalValuesJson.ReadPage(body.Memory, people.Contains));
            }
        });
        foreach (var (values, companions) in found)
        {
            data.PersonalValues.AddRange(values);
            data.Companions.AddRange(companions);
        }
    }

    private static IEnumerable<(string Collection, PageManifest Page)> AllPages(Snapshot snapshot) =>
        Collections.SelectMany(collection => Ss12000Reader.Parts(snapshot.Manifest, collection)).SelectMany(name => snapshot.Pages(name).Select(page => (name, page)));

    /// <summary>Pages with such a person: rows lie in the order of the pages.</summary>
    private static IEnumerable<(string Collection, PageManifest Page)> Pages(Snapshot snapshot, SourceData data)
    {
        var unmarked = new Queue<int>(Enumerable.Range(0, data.Persons.Count).Where(row =>
            data.Persons[row].OwnMarking < Marking.Unknown && data.ProtectedIds.Contains(data.Persons.Id(row))));
        var end = 0;
        foreach (var (collection, page) in AllPages(snapshot))
        {
            end += page.Rows;
            if (unmarked.TryPeek(out var first) && first < end)
            {
                yield return (collection, page);
            }

            while (unmarked.TryPeek(out first) && first < end)
            {
                unmarked.Dequeue();
            }
        }
    }
}
