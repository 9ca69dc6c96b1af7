using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>
/// Turns a snapshot's documents, one collection per institution, into rows: several at once, each streaming through, put together in the order of the
/// institutions, so that the result does not depend on which thread was quicker.
/// </summary>
internal static class UniloginReader
{
    public static async Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct)
    {
        var whole = new SourceData(UniloginVocabularies.Make());
        whole.Syllabuses.IsListed = false;
        foreach (var context in options.IdentifierContexts)
        {
            whole.Vocabularies.IdentifierContexts.Number(context);
        }

        var inOrder = new InOrder<SourceData>(new InstitutionJoin(whole).Add);
        await EachAsync(
            snapshot,
            (document, institution, number) => InstitutionDocument.Read(document, institution, options, whole.Vocabularies, checked((ushort)number)),
            inOrder.Add,
            ct);
        Understanding.Judge(
            whole, options.MaxNotUnderstoodPercent, (_, part) => part == "Group" ? whole.Groups.Count : snapshot.Manifest.Collections.Values.Sum(pages => pages.Rows));
        whole.Index();
        SourceLinker.Link(whole);
        return whole;
    }

    /// <summary>Adds to the data by what these people would be recognised.</summary>
    public static async Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct)
    {
        if (people.Count > 0)
        {
            var inOrder = new InOrder<List<PersonalValue>>(data.PersonalValues.AddRange);
            await EachAsync(snapshot, (document, institution, _) => ProtectedCopies.Read(document, institution, people), inOrder.Add, ct);
        }
    }

    private static async Task EachAsync<T>(
        Snapshot snapshot, Func<Stream, string, int, T> read, Action<int, T> add, CancellationToken ct)
    {
        var documents = snapshot.Manifest.Collections.Keys.SelectMany(institution => snapshot.Pages(institution).Select(page => (institution, page)));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(documents.Index(), parallel, async (at, stop) =>
        {
            var (number, (institution, page)) = at;
            await using var stored = await snapshot.OpenPageAsync(institution, page, stop);
            var rows = read(stored.Body, institution, number);
            await stored.RequireWholeAsync(stop);
            add(number, rows);
        });
    }
}
