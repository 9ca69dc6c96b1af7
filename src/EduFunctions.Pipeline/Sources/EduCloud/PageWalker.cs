using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>
/// One pass over the JSON of a page, straight into rows. Whatever a reader does not ask for is walked all the same: a protective marking
/// on any object that has a person's id counts, wherever it stands and whoever reads the object.
/// </summary>
internal ref partial struct PageWalker
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly MarkingTrail _markings;
    private readonly TextChunk _texts;
    private readonly List<(string Code, EntityId RefersTo)> _findings;
    private Utf8JsonReader _json;
    private ReadOnlySpan<byte> _name;

    /// <param name="body">A whole answer body, valid JSON.</param>
    /// <param name="fragment">Where rows of this page go.</param>
    /// <param name="texts">Where texts of this page go.</param>
    /// <param name="whole">What was read before; references are looked up there.</param>
    public PageWalker(ReadOnlyMemory<byte> body, SourceData fragment, TextChunk texts, SourceData whole)
    {
        _json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MarkingTrail.MaxDepth });
        _body = body;
        _markings = new MarkingTrail(body, fragment);
        _texts = texts;
        _findings = [];
        Fragment = fragment;
        Whole = whole;
        _json.Read();
    }

    public SourceData Fragment { get; }

    public SourceData Whole { get; }

    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    public readonly bool IsArray => _json.TokenType == JsonTokenType.StartArray;

    /// <summary>Where the value that the walker stands at begins.</summary>
    public readonly int Position => (int)_json.TokenStartIndex;

    /// <summary>True on an object, which is entered; anything else is passed over.</summary>
    public bool Object() => Enter(JsonTokenType.StartObject);

    /// <summary>True on an array, which is entered; anything else is passed over.</summary>
    public bool Array() => Enter(JsonTokenType.StartArray);

    /// <summary>Moves to the value of the next property of the object entered last.</summary>
    public bool NextProperty()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            _markings.Close(_json.CurrentDepth + 1);
            return false;
        }

        _name = Utf8();
        var depth = _json.CurrentDepth;
        _json.Read();
        NoteMarking(depth);
        return true;
    }

    /// <summary>Moves to the next item of the array entered last.</summary>
    public bool NextItem() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Enters the next object of the array entered last; items that are no objects are passed over.</summary>
    public bool NextObject()
    {
        while (NextItem())
        {
            if (Object())
            {
                return true;
            }
        }

        return false;
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>The id of an object.</summary>
    public EntityId Reference()
    {
        var id = default(EntityId);
        if (!Object())
        {
            return id;
        }

        while (NextProperty())
        {
            if (Is("id"u8))
            {
                id = Id();
            }
            else
            {
                Skip();
            }
        }

        return id;
    }

    /// <summary>A value that is no string is a marking nobody knows.</summary>
    public readonly Marking PeekMarking() => _json.TokenType switch
    {
        JsonTokenType.Null => Marking.Absent,
        JsonTokenType.String => SecurityMarking.Parse(Utf8()),
        _ => Marking.Unknown,
    };

    /// <summary>The row an id leads to; -1, and noted as dangling, when the pull does not have it.</summary>
    public readonly int Find<T>(EntityTable<T> table, EntityId id)
        where T : unmanaged
    {
        var row = id.IsNone ? -1 : table.Find(id);
        if (row < 0 && !id.IsNone)
        {
            _findings.Add((FindingCodes.ReferenceDangling, id));
        }

        return row;
    }

    /// <summary>Notes a finding on the entity being read; <see cref="Close"/> gives it the id.</summary>
    public readonly void Note(string code) => _findings.Add((code, default));

    /// <summary>Notes a finding when the schema requires a value that is not there.</summary>
    public readonly void Require(bool present)
    {
        if (!present)
        {
            Note(FindingCodes.AttributeMissing);
        }
    }

    /// <summary>The name of a unit or group: without one, or with white space alone, it is called by its id.</summary>
    public readonly Text NameOr(EntityId id, Text name)
    {
        if (!IsBlank(name) || id.IsNone)
        {
            return name;
        }

        Note(FindingCodes.NameMissing);
        Span<byte> text = stackalloc byte[EntityId.UuidLength];
        id.Format(text);
        return _texts.Add(text);
    }

    public readonly bool IsBlank(Text text) => _texts.IsBlank(text);

    /// <summary>Ends an entity: its findings now have an id, or are counted without one.</summary>
    public readonly void Close(EntityKind kind, EntityId id)
    {
        if (id.IsNone)
        {
            Note(FindingCodes.IdMissing);
        }

        foreach (var (code, refersTo) in _findings)
        {
            Fragment.Findings.Add(code, kind, id, refersTo);
        }

        _findings.Clear();
    }

    /// <summary>Passes over the value, whatever it is, and keeps the markings found inside.</summary>
    public void Skip()
    {
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            Reference();
        }
        else if (_json.TokenType == JsonTokenType.StartArray)
        {
            while (NextItem())
            {
                Skip();
            }
        }
    }

    /// <summary>The object that began there and has just ended.</summary>
    public readonly ReadOnlyMemory<byte> ObjectFrom(int position) => _body[position..(int)_json.BytesConsumed];

    private bool Enter(JsonTokenType start)
    {
        if (_json.TokenType == start)
        {
            return true;
        }

        Skip();
        return false;
    }

    /// <summary>Notes the two properties that make a marking, whoever reads them.</summary>
    private readonly void NoteMarking(int depth)
    {
        if (Is("id"u8) && _json.TokenType == JsonTokenType.String)
        {
            _markings.NoteId(depth, (int)_json.TokenStartIndex);
        }
        else if (Is("securityMarking"u8))
        {
            var marking = PeekMarking();
            _markings.NoteMarking(depth, marking);
            if (marking == Marking.Unknown)
            {
                Note(FindingCodes.ValueUnknown);
            }
        }
    }
}
