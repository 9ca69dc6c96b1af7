using System.Collections.Concurrent;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>
/// Turns a snapshot's pages into rows: collection after collection, since later ones are resolved against earlier ones, the pages of each
/// in parallel. Fragments are appended in page order, so that the result does not depend on which thread was quicker.
/// </summary>
internal static class EduCloudReader
{
    private delegate void EntityReader(ref PageWalker json, ReadOptions options);

    // In the order of reading: what is named comes before what names it.
    private static readonly OrderedDictionary<string, (EntityReader Read, Action<SourceData, int> Reserve)> Readers = new(StringComparer.Ordinal)
    {
        ["organisations"] = (OrganisationJson.Read, (data, rows) => data.Units.Reserve(rows)),
        ["syllabuses"] = (SyllabusJson.Read, (data, rows) => data.Syllabuses.Reserve(rows)),
        ["persons"] = (PersonJson.Read, (data, rows) => data.Persons.Reserve(rows)),
        [PersonLookup.Collection] = (PersonJson.Read, (data, rows) => data.Persons.Reserve(data.Persons.Count + rows)),
        ["groups"] = (GroupJson.Read, (data, rows) => data.Groups.Reserve(rows)),
        ["placements"] = (PlacementJson.Read, (data, rows) => data.Placements.Reserve(rows)),
        ["duties"] = (DutyJson.Read, (data, rows) => data.Duties.Reserve(rows)),
        ["activities"] = (ActivityJson.Read, (data, rows) => data.Activities.Reserve(rows)),
    };

    public static async Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct)
    {
        var data = new SourceData(new Vocabularies());
        foreach (var context in options.IdentifierContexts)
        {
            data.Vocabularies.IdentifierContexts.Number(context);
        }

        var chunks = new TextChunks(snapshot.Manifest.Collections.Values.Sum(collection => collection.Pages.Count));
        foreach (var collection in Readers.Keys)
        {
            await ReadCollectionAsync(snapshot, collection, data, options, chunks, ct);
            data.Index();
        }

        SourceLinker.Link(data);
        await UnmarkedCopies.ReadAsync(snapshot, data, ct);
        return data;
    }

    private static async Task ReadCollectionAsync(
        Snapshot snapshot, string collection, SourceData data, ReadOptions options, TextChunks chunks, CancellationToken ct)
    {
        var pages = snapshot.Pages(collection).Chunk(chunks.PagesPerChunk).Select((group, at) => (At: at, Pages: group)).ToList();
        var firstChunk = chunks.Take(pages.Count);
        Readers[collection].Reserve(data, snapshot.Rows(collection));
        var spare = new ConcurrentBag<Fragment>();
        var inOrder = new InOrder<Fragment>(fragment =>
        {
            data.Append(fragment.Data);
            fragment.Data.Clear();
            spare.Add(fragment);
        });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(pages, parallel, async (group, stop) =>
        {
            var fragment = spare.TryTake(out var used) ? used : new Fragment(new SourceData(data.Vocabularies), new TextChunk());
            fragment.Texts.Begin((ushort)(firstChunk + group.At));
            foreach (var page in group.Pages)
            {
                using var body = await snapshot.ReadPageAsync(collection, page, stop);
                ReadPage(body.Memory, Readers[collection].Read, fragment, data, options);
            }

            fragment.Data.Texts.Add(fragment.Texts.Take());
            inOrder.Add(group.At, fragment);
        });
    }

    private static void ReadPage(
        ReadOnlyMemory<byte> body, EntityReader read, Fragment fragment, SourceData whole, ReadOptions options)
    {
        var json = new PageWalker(body, fragment.Data, fragment.Texts, whole);
        if (json.IsArray)
        {
            // The answer of a look-up is the bare list.
            ReadEntities(ref json, read, options);
            return;
        }

        json.Object();
        while (json.NextProperty())
        {
            if (json.Is("data"u8))
            {
                ReadEntities(ref json, read, options);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadEntities(ref PageWalker json, EntityReader read, ReadOptions options)
    {
        if (json.Array())
        {
            while (json.NextObject())
            {
                read(ref json, options);
            }
        }
    }

    /// <summary>Rows and texts of some pages, in arrays that serve page after page.</summary>
    private sealed record Fragment(SourceData Data, TextChunk Texts);

    /// <summary>Texts know their chunk by 16 bits: many small pages share one.</summary>
    private sealed class TextChunks(int pages)
    {
        private const int Most = 60_000;

        private int _used;

        public int PagesPerChunk { get; } = 1 + (pages / Most);

        public int Take(int count)
        {
            var first = _used;
            _used += count;
            return first;
        }
    }
}
