using System.Collections.Concurrent;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Turns a snapshot's pages into rows: collection after collection, since later ones are resolved against earlier ones, the pages of each
/// in parallel. Fragments are appended in page order, so that the result does not depend on which thread was quicker.
/// </summary>
internal static class Ss12000Reader
{
    private const string Units = "organisations";

    private delegate void EntityReader(ref PageWalker json, ReadOptions options);

    // In the order of reading: what is named comes before what names it.
    private static readonly OrderedDictionary<string, Collection> Collections = new(StringComparer.Ordinal)
    {
        [Units] = new(EntityKind.Unit, OrganisationJson.Read, data => data.Units),
        ["syllabuses"] = new(EntityKind.Syllabus, SyllabusJson.Read, data => data.Syllabuses),
        ["persons"] = new(EntityKind.Person, PersonJson.Read, data => data.Persons, data => [data.SchoolPlacements, data.Responsibles, data.Identifiers]),
        [PersonLookup.Collection] = new(EntityKind.Person, PersonJson.Read, data => data.Persons),
        ["groups"] = new(EntityKind.Group, GroupJson.Read, data => data.Groups, data => [data.Memberships]),
        ["placements"] = new(EntityKind.Placement, PlacementJson.Read, data => data.Placements),
        ["duties"] = new(EntityKind.Duty, DutyJson.Read, data => data.Duties, data => [data.Mentors]),
        ["activities"] = new(EntityKind.Activity, ActivityJson.Read, data => data.Activities, data => [data.ActivityGroups, data.Teachers]),
    };

    public static async Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct)
    {
        var data = new SourceData(Ss12000Vocabularies.Make());
        data.Syllabuses.IsListed = snapshot.Manifest.Collections.ContainsKey("syllabuses");
        data.Groups.IsListed = snapshot.Manifest.Collections.ContainsKey("groups");
        data.LookedUp = Parts(snapshot.Manifest, PersonLookup.Collection).Sum(snapshot.Rows);
        data.Duties.IsListed = snapshot.Manifest.Collections.ContainsKey("duties");
        foreach (var context in options.IdentifierContexts)
        {
            data.Vocabularies.IdentifierContexts.Number(context);
        }

        var chunks = new TextChunks(snapshot.Manifest.Collections.Values.Sum(collection => collection.Pages.Count));
        foreach (var collection in Collections.Keys.SelectMany(collection => Parts(snapshot.Manifest, collection)))
        {
            await ReadCollectionAsync(snapshot, collection, data, options, chunks, ct);
        }

        Understanding.Judge(data, options.MaxNotUnderstoodPercent, (collection, part) => PropertyOwners.Count(data, snapshot.Rows(collection), part));
        var lost = await LostParts.ReadAsync(snapshot, ct);
        LostParts.Judge(lost, data, options.AcceptsShrink);
        var stays = new StayingPeople(data, Over(snapshot.Manifest.Started, options.DateMarginDays));
        var (staying, repeated) = (stays.Among(LostParts.Unnamed(lost).ToHashSet()), RepeatedRows.Find(snapshot.Manifest, data, stays));
        SourceLinker.Link(data, parent: "parentOrganisation", responsible: "responsibles.person");
        SchoolUnitCode.Inherit(data, options);
        NoteDoubts(snapshot.Manifest, data);
        data.Doubts.Add([.. repeated]);
        LostParts.Doubt(lost, staying, data);
        await SilentPersons.DoubtAsync(snapshot, data, ct);
        return data;
    }

    /// <summary>The units alone, as they stand on their pages.</summary>
    public static async Task<SourceData> ReadUnitsAsync(Snapshot snapshot, CancellationToken ct)
    {
        var (data, parts) = (new SourceData(Ss12000Vocabularies.Make()), Parts(snapshot.Manifest, Units).ToList());
        var chunks = new TextChunks(parts.Sum(part => snapshot.Pages(part).Count));
        foreach (var part in parts)
        {
            await ReadCollectionAsync(snapshot, part, data, new ReadOptions(), chunks, ct);
        }

        return data;
    }

    /// <summary>Where a collection's rows lie: of a pull of changes that came to nothing also where the changes do, since of those markings count.</summary>
    internal static IEnumerable<string> Parts(SnapshotManifest manifest, string collection) =>
        manifest.Complete ? [collection] : [collection, SnapshotManifest.ChangesOf(collection)];

    /// <summary>The last day of what no rule asks for any more, in whatever time zone the tenant is.</summary>
    public static Day Over(DateTimeOffset now, int marginDays) => Day.From(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-marginDays - 1));

    /// <summary>What the pull itself could not make sure of.</summary>
    private static void NoteDoubts(SnapshotManifest manifest, SourceData data)
    {
        foreach (var (name, collection) in Collections.Where(entry => manifest.IsUnstable(entry.Key)))
        {
            data.Doubts.Add(new DoubtRow(collection.Kind, default));
            DoubtReplaced(name == "groups" ? data.Groups : null, EntityKind.Group, data);
            DoubtReplaced(name == "persons" ? data.Persons : null, EntityKind.Person, data);
        }

        if (manifest.Notes.Any(note => note.Code == PullNote.LookUpRefused) && data.Findings.Rows.TryGetValue(FindingCodes.ReferenceDangling, out var dangling))
        {
            foreach (var reference in dangling)
            {
                data.Doubts.Add(new DoubtRow(EntityKind.Person, reference.RefersTo));
            }
        }
    }

    /// <summary>Of what was handed out twice, nobody knows which says how it is.</summary>
    private static void DoubtReplaced<T>(EntityTable<T>? table, EntityKind kind, SourceData data)
        where T : unmanaged
    {
        for (var row = 0; table is not null && row < table.Count; row++)
        {
            if (!table.IsCurrent(row) && !table.Id(row).IsNone)
            {
                data.Doubts.Add(new DoubtRow(kind, table.Id(row)));
            }
        }
    }

    private static async Task ReadCollectionAsync(
        Snapshot snapshot, string collection, SourceData data, ReadOptions options, TextChunks chunks, CancellationToken ct)
    {
        var pages = snapshot.Pages(collection).Chunk(chunks.PagesPerChunk).Select((group, at) => (At: at, Pages: group)).ToList();
        var firstChunk = chunks.Take(pages.Count);
        var read = Collections[SnapshotManifest.ChangedIn(collection)];
        var room = new Room(read, data, snapshot.Rows(collection), pages.Count);
        var (spare, over) = (new ConcurrentBag<Fragment>(), Over(snapshot.Manifest.Started, options.DateMarginDays));
        var inOrder = new InOrder<Fragment>(fragment =>
        {
            data.Append(fragment.Data);
            data.Index();
            room.Appended();
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
                ReadPage((collection, page.Page + 1), body.Memory, read, fragment, data, options, over);
            }

            fragment.Data.Texts.Add(fragment.Texts.Take());
            inOrder.Add(group.At, fragment);
        });
    }

    private static void ReadPage(
        (string Collection, int Page) place, ReadOnlyMemory<byte> body, Collection read, Fragment fragment, SourceData whole, ReadOptions options, Day over)
    {
        var json = new PageWalker(JsonText.WithoutMark(body), fragment.Data, fragment.Texts, whole) { Place = place, Options = options, Over = over };
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

    private static void ReadEntities(ref PageWalker json, Collection collection, ReadOptions options)
    {
        if (!json.IsArray)
        {
            json.Skip();
            return;
        }

        while (json.NextItem())
        {
            if (json.IsObject)
            {
                collection.Read(ref json, options);
            }
            else
            {
                json.LoseEntity(collection.Kind);
            }
        }
    }

    /// <param name="Children">Tables that only this collection fills.</param>
    private sealed record Collection(
        EntityKind Kind, EntityReader Read, Func<SourceData, IReservable> Entities, Func<SourceData, IReservable[]>? Children = null);

    /// <summary>Makes room for a collection once: its rows are known, those below them are foreseen from the first pages.</summary>
    private sealed class Room
    {
        private const int Share = 8;
        private const double Margin = 1.05;

        private readonly IReservable[] _children;
        private readonly int _fragments;
        private int _appended;

        public Room(Collection collection, SourceData data, int rows, int fragments)
        {
            var entities = collection.Entities(data);
            entities.Reserve(entities.Count + rows);
            _children = collection.Children?.Invoke(data) ?? [];
            _fragments = fragments;
        }

        public void Appended()
        {
            if (++_appended != 1 + (_fragments / Share))
            {
                return;
            }

            foreach (var children in _children)
            {
                children.Reserve((int)(children.Count * (_fragments / (double)_appended) * Margin));
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
