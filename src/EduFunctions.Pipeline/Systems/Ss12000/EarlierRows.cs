using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Compares a pull with the one before it, once all its pages are there: finds what is lost (<see cref="LostParts"/>).</summary>
/// <param name="over">The last day of what no rule asks for any more: whatever ended by then had nothing to lose.</param>
internal sealed class EarlierRows(Snapshot snapshot, Snapshot earlier, PullIds ids, IReadOnlyList<string> wanted, DeletedIds? gone, Day over)
{
    private readonly List<LostPart> _lost = [];

    /// <summary>What the last pull had; read before anything is compared.</summary>
    private PullMarks _before = null!;

    /// <summary>Of rows of this pull: the property in which a reference leads nowhere that led somewhere before.</summary>
    private readonly Dictionary<(string Collection, EntityId Row), string> _strange = [];

    /// <summary>Rows of the last pull that are gone although this one still refers to them.</summary>
    private readonly HashSet<(string Collection, EntityId Row)> _vanished = [];

    public async Task<IReadOnlyList<LostPart>> FindAsync(CancellationToken ct)
    {
        try
        {
            _before = await PullMarks.ReadAsync(earlier, wanted, ct);
            await FindReferencesAsync(ct);
            foreach (var collection in wanted)
            {
                await CompareAsync(collection, collection, ct);
            }

            await CompareAsync(PersonLookup.Collection, PersonLookup.Collection, ct);
            await CompareAsync(PersonLookup.Collection, "persons", ct);
            await CarryAsync(ct);
        }
        catch (RunHeldException)
        {
            // What that pull had is not kept any more: nothing is known of it.
            return [];
        }

        return await WithPagesAsync(ct);
    }

    /// <summary>What this pull refers to and has not, and the last one did not refer to or had.</summary>
    private async Task FindReferencesAsync(CancellationToken ct)
    {
        var strange = new HashSet<EntityId>();
        foreach (var collection in wanted)
        {
            foreach (var id in ids.Missing(collection).Where(id => gone?[collection].Contains(id) != true && !_before.Misses(collection, id)))
            {
                if (!_before.Has(collection, id))
                {
                    strange.Add(id);
                }
                else if (collection != "persons")
                {
                    // Persons were asked for one by one, and a look-up that works does not know them.
                    _vanished.Add((collection, id));
                }
            }
        }

        if (strange.Count > 0)
        {
            foreach (var collection in wanted)
            {
                await FindStrangeAsync(collection, strange, ct);
            }
        }
    }

    private async Task FindStrangeAsync(string collection, HashSet<EntityId> strange, CancellationToken ct)
    {
        foreach (var page in snapshot.Pages(collection))
        {
            using var body = await snapshot.ReadPageAsync(collection, page, ct);
            var (json, found) = (JsonText.WithoutMark(body.Memory), new CollectionIds());
            PageBody.Parse(body.Bytes, found);
            if (!found.References.Values.Any(references => references.ContainsAny(strange)))
            {
                continue;
            }

            foreach (var row in PageRow.AllOf(json.Span).Where(row => !row.Id.IsNone))
            {
                using var parsed = Parse(json.Slice(row.Start, row.Length));
                if (PropertyWith(parsed.RootElement, strange) is { } property)
                {
                    _strange[(collection, row.Id)] = property;
                }
            }
        }
    }

    private static string? PropertyWith(JsonElement row, HashSet<EntityId> strange)
    {
        var inside = new List<EntityId>();
        foreach (var property in row.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            inside.Clear();
            IdText.AddIds(Encoding.UTF8.GetBytes(property.Value.GetRawText()), inside);
            if (inside.Exists(strange.Contains))
            {
                return property.Name;
            }
        }

        return null;
    }

    /// <param name="collection">In this pull.</param>
    /// <param name="before">Where the same rows lay in the last one.</param>
    private async Task CompareAsync(string collection, string before, CancellationToken ct)
    {
        var numbers = PagesOf(collection, _before[before]);
        foreach (var page in earlier.Pages(before).Where(page => numbers.Contains(page.Page)))
        {
            using var body = await earlier.ReadPageAsync(before, page, ct);
            var json = JsonText.WithoutMark(body.Memory);
            foreach (var row in PageRow.AllOf(json.Span).Where(row => !row.Id.IsNone))
            {
                Compare(collection, row.Id, json.Slice(row.Start, row.Length));
            }
        }
    }

    /// <summary>The pages of the last pull on which rows may have what they are without in this one.</summary>
    private HashSet<int> PagesOf(string collection, RowMarks before)
    {
        var (pages, lacking) = (new HashSet<int>(), ids[collection].Lacking);
        for (var part = 0; part < lacking.Parts.Length; part++)
        {
            foreach (var row in lacking.Without(part))
            {
                before.AddPages(row, part, pages);
            }
        }

        foreach (var (_, row) in _strange.Keys.Concat(_vanished).Where(key => key.Collection == collection))
        {
            before.AddPages(row, part: null, pages);
        }

        return pages;
    }

    private void Compare(string collection, EntityId id, ReadOnlyMemory<byte> before)
    {
        var lacking = ids[collection].Lacking;
        var properties = Enumerable.Range(0, lacking.Parts.Length).Where(part => lacking.Has(part, id)).ToList();
        var strange = _strange.GetValueOrDefault((collection, id));
        var isGone = _vanished.Contains((collection, id));
        if (properties.Count == 0 && strange is null && !isGone)
        {
            return;
        }

        using var parsed = Parse(before);
        var row = parsed.RootElement;
        var had = properties.Select(part => lacking.Parts[part]).Where(part => part.IsIn(row)).Select(part => part.Name).ToList();
        string[] all = [.. had, .. strange is null ? (string[])[] : [strange], .. isGone ? [LostPart.WholeRow] : (string[])[]];
        if (all.Length > 0 && !HasEnded(row))
        {
            _lost.AddRange(from about in About(collection, id, row)
                           from property in all
                           select new LostPart(collection, 0, $"{id}", property, about.Kind, $"{about.Entity}") { IsReference = property == strange });
        }
    }

    private bool HasEnded(JsonElement row) =>
        RowParts.Find(row, "endDate") is { ValueKind: JsonValueKind.String } end && Day.Parse(RowParts.Utf8(end)) is { IsDay: true } day && day <= over;

    /// <summary>Of what something is said by a row.</summary>
    private static List<(EntityKind Kind, EntityId Entity)> About(string collection, EntityId id, JsonElement row) => collection switch
    {
        "organisations" => [(EntityKind.Unit, id)],
        "syllabuses" => [(EntityKind.Syllabus, id)],
        "groups" => [(EntityKind.Group, id)],
        "placements" => PersonIn(row, "child"),
        "duties" => PersonIn(row, "person"),
        "activities" => GroupsIn(row),
        _ => [(EntityKind.Person, id)],
    };

    private static List<(EntityKind Kind, EntityId Entity)> PersonIn(JsonElement row, string property) =>
        RowParts.Find(row, property) is { } reference && RowParts.IdOf(reference) is { } id ? [(EntityKind.Person, id)] : [];

    private static List<(EntityKind Kind, EntityId Entity)> GroupsIn(JsonElement row) =>
        RowParts.Find(row, "groups") is not { ValueKind: JsonValueKind.Array } groups ? []
        : [.. groups.EnumerateArray().Select(RowParts.IdOf).OfType<EntityId>().Select(id => (EntityKind.Group, id))];

    /// <summary>
    /// What was lost already, and is still: of what the standard requires, what nobody can read, and what a look-up alone says; of whatever changes leave as it
    /// is; and of everything when it was lost on the same day, since pulls of one day are one night.
    /// </summary>
    private async Task CarryAsync(CancellationToken ct)
    {
        foreach (var part in await LostParts.ReadAsync(earlier, ct))
        {
            var lacking = ids[part.Collection].Lacking;
            var at = Array.FindIndex(lacking.Parts, known => known.Name == part.Property);
            var isKnown = IdText.TryParse(Encoding.UTF8.GetBytes(part.Row), out var row);
            var isStill = isKnown && at >= 0 && lacking.Has(at, row);
            var lasts = isStill && (lacking.Parts[at].IsRequired || lacking.IsStrange(at, row) || part.Collection == PersonLookup.Collection);
            var isBack = part.Property == LostPart.WholeRow && isKnown && ids[part.Collection].Own.Contains(row);
            if (lasts || (snapshot.Manifest.Basis is not null && (isStill || at < 0)) || (IsSameDay && !isBack && (isStill || at < 0 || part.IsReference)))
            {
                _lost.Add(part with { Page = 0 });
            }
        }
    }

    private bool IsSameDay => snapshot.Manifest.Date is { } date && date == earlier.Manifest.Date;

    /// <summary>Where the rows stand in this pull. What has ended by now says nothing of tonight, whatever it lacks.</summary>
    private async Task<IReadOnlyList<LostPart>> WithPagesAsync(CancellationToken ct)
    {
        var (rows, lost) = (_lost.Distinct().ToLookup(part => part.Collection), new List<LostPart>());
        foreach (var parts in rows)
        {
            var (byRow, seen) = (parts.ToLookup(part => part.Row, StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var page in snapshot.Pages(parts.Key))
            {
                using var body = await snapshot.ReadPageAsync(parts.Key, page, ct);
                var json = JsonText.WithoutMark(body.Memory);
                foreach (var row in PageRow.AllOf(json.Span).Where(row => byRow.Contains($"{row.Id}") && seen.Add($"{row.Id}")))
                {
                    using var parsed = Parse(json.Slice(row.Start, row.Length));
                    if (!HasEnded(parsed.RootElement))
                    {
                        lost.AddRange(byRow[$"{row.Id}"].Select(part => part with { Page = page.Page + 1 }));
                    }
                }
            }

            lost.AddRange(parts.Where(part => !seen.Contains(part.Row)));
        }

        return lost;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> row)
    {
        var json = row.ToArray();
        JsonText.Repair(json);
        return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = PageBody.MaxDepth });
    }
}
