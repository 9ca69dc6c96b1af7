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
    private static readonly OrderedDictionary<string, EntityReader> Readers = new(StringComparer.Ordinal)
    {
        ["organisations"] = OrganisationJson.Read,
        ["syllabuses"] = SyllabusJson.Read,
        ["persons"] = PersonJson.Read,
        [PersonLookup.Collection] = PersonJson.Read,
        ["groups"] = GroupJson.Read,
        ["placements"] = PlacementJson.Read,
        ["duties"] = DutyJson.Read,
        ["activities"] = ActivityJson.Read,
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
        var inOrder = new InOrder<SourceData>(data.Append);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(pages, parallel, async (group, stop) =>
        {
            var fragment = new SourceData(data.Vocabularies);
            var texts = new TextChunk((ushort)(firstChunk + group.At));
            foreach (var page in group.Pages)
            {
                ReadPage(await snapshot.ReadPageAsync(collection, page, stop), Readers[collection], fragment, texts, data, options);
            }

            texts.Trim();
            fragment.Texts.Add(texts);
            inOrder.Add(group.At, fragment);
        });
    }

    private static void ReadPage(
        byte[] body, EntityReader read, SourceData fragment, TextChunk texts, SourceData whole, ReadOptions options)
    {
        var json = new PageWalker(body, fragment, texts, whole);
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
