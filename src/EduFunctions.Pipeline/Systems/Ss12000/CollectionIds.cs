using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The ids of one collection's entities and, by collection, the ids they refer to, noted while the pages pass by.</summary>
/// <param name="parts">What is noted of rows that lack it; none where rows are not compared with earlier ones.</param>
internal class CollectionIds(params RowPart[] parts)
{
    /// <summary>Rows without something that they may have had before.</summary>
    public LackingRows Lacking { get; } = new(parts);

    /// <summary>What says nothing of the collection's size.</summary>
    public SilentSizes Silent { get; init; } = SilentSizes.None;

    /// <summary>Where rows stand, for the next pull; null where nobody will ask.</summary>
    public RowMarks? Marks { get; init; }

    public IdCollector Own { get; } = new();

    public Dictionary<string, IdCollector> References { get; } = new(StringComparer.Ordinal);

    /// <summary>Hash of the rows of the page that was read last.</summary>
    public UInt128 LastRows { get; set; }

    /// <summary>How large the collection is by its own account, on whatever page it was said last.</summary>
    public ListSize Size { get; private set; }

    /// <summary>Members of its answers of which nobody knows what they say.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds what another answer has, which is of the same kind of entity.</summary>
    public void Add(CollectionIds other)
    {
        Own.Add(other.Own);
        Unknown.UnionWith(other.Unknown);
        foreach (var (collection, ids) in other.References)
        {
            (References.TryGetValue(collection, out var known) ? known : References[collection] = new IdCollector()).Add(ids);
        }
    }

    /// <summary>A page is read, perhaps once more.</summary>
    /// <param name="page">Its number among those that are stored, from 0.</param>
    public void Begin(int page) => Marks?.Begin(page);

    /// <summary>Notes what an answer says beside its rows.</summary>
    public void Note(PageEnvelope envelope)
    {
        Size = new ListSize(envelope.Size.Rows ?? Size.Rows, envelope.Size.Pages ?? Size.Pages);
        Unknown.UnionWith(envelope.Unknown);
    }

    /// <summary>The same of an answer's head; what the body says comes first.</summary>
    public void Note(PageHeaders head) => Size = Size with { Rows = Size.Rows ?? head.Rows };

    /// <summary>Reads one entity, which the reader stands on, to its end.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        var depth = json.CurrentDepth;
        string? target = null;
        var targetDepth = 0;
        var (own, look) = (default(EntityId), new RowLook(parts));
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                look.Note(ref json, json.CurrentDepth - depth - 1);
                continue;
            }

            var name = JsonText.Of(ref json, out _);
            if (json.CurrentDepth == depth + 1)
            {
                look.Begin(name);
            }

            if (Is(name, "id"u8))
            {
                own = Note(ref json, depth, target, targetDepth, ref look) is { IsNone: false } id ? id : own;
            }
            else if (TargetOf(name) is { } named)
            {
                // The reference is the next object, or the objects of the next array.
                (target, targetDepth) = (named, json.CurrentDepth);
            }
            else if (json.CurrentDepth <= targetDepth)
            {
                // Another property: what follows is not the reference any more.
                target = null;
            }
        }

        look.End();
        if (!own.IsNone)
        {
            Lacking.Add(own, look);
            Marks?.Add(own, look.SurelyWithout);
        }
    }

    /// <returns>The row's own id, when that is what was read.</returns>
    private EntityId Note(ref Utf8JsonReader json, int depth, string? target, int targetDepth, ref RowLook look)
    {
        var at = json.CurrentDepth;
        json.Read();
        if (json.TokenType != JsonTokenType.String || !IdText.TryParse(JsonText.Of(ref json, out _), out var id))
        {
            json.Skip();
        }
        else if (at == depth + 1)
        {
            Own.Add(id);
            return id;
        }
        else if (target is not null && at > targetDepth && at <= targetDepth + 2)
        {
            (References.TryGetValue(target, out var ids) ? ids : References[target] = new IdCollector()).Add(id);
            if (targetDepth == depth + 1)
            {
                look.NoteId(at - targetDepth);
            }
        }

        return default;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => name.Length == known.Length && Ascii.EqualsIgnoreCase(name, known);

    /// <summary>The collection that a property's reference leads to; null for a property that is no reference.</summary>
    private static string? TargetOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when Is(name, "duty"u8) => "duties",
        5 when Is(name, "child"u8) => "persons",
        5 when Is(name, "group"u8) => "groups",
        6 when Is(name, "person"u8) => "persons",
        6 when Is(name, "groups"u8) => "groups",
        6 when Is(name, "dutyAt"u8) => "organisations",
        8 when Is(name, "placedAt"u8) => "organisations",
        8 when Is(name, "syllabus"u8) => "syllabuses",
        9 when Is(name, "enroledAt"u8) => "organisations",
        12 when Is(name, "organisation"u8) => "organisations",
        18 when Is(name, "parentOrganisation"u8) => "organisations",
        _ => null,
    };
}
