using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// One pass over the JSON of a page, straight into rows. Whatever a reader does not ask for is walked all the same: a protective marking
/// on any object that has a person's id counts, wherever it stands and whoever reads the object.
/// </summary>
internal ref partial struct PageWalker
{
    /// <summary>The bits of a letter that its case does not change.</summary>
    private const int NoCase = 0xDF;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly MarkingTrail _markings;
    private readonly TextChunk _texts;
    private readonly List<(string Code, EntityId RefersTo, string? Property)> _findings;
    private readonly PropertyNames _names = new();
    private readonly List<(string Property, string Expected, string Found)> _misread = [];
    private readonly Table<int> _found = new();
    private PageTokens _json;

    /// <summary>Whether the row of a person is read.</summary>
    private bool _isOfPersons;

    /// <summary>Whether the walker is in the value of a marking, which says all that it says by itself.</summary>
    private bool _isInMarking;

    /// <summary>Whether it is in the value of a member that is called after protection.</summary>
    private bool _isInProtection;

    /// <param name="body">A whole answer body, valid JSON.</param>
    /// <param name="fragment">Where rows of this page go.</param>
    /// <param name="texts">Where texts of this page go.</param>
    /// <param name="whole">What was read before; references are looked up there.</param>
    public PageWalker(ReadOnlyMemory<byte> body, SourceData fragment, TextChunk texts, SourceData whole)
    {
        _json = new PageTokens(body.Span);
        _body = body;
        _markings = new MarkingTrail(body, fragment);
        _texts = texts;
        _findings = [];
        Fragment = fragment;
        Whole = whole;
        _json.ReadValue();
    }

    /// <summary>Where people are told that something stands which is not understood.</summary>
    public (string Collection, int Page) Place
    {
        get;
        init
        {
            field = value;
            _isOfPersons = SnapshotManifest.ChangedIn(value.Collection) is "persons" or PersonLookup.Collection;
        }
    } = ("", 0);

    /// <summary>What ended on this day or earlier is of no interest to any rule.</summary>
    public Day Over { get; init; }

    /// <summary>Which markings are passed over, and which words mean none.</summary>
    public ReadOptions Options { get; init; } = new();

    /// <summary>What the marking that the walker stands at says.</summary>
    public Marking Marking { get; private set; }

    /// <summary>Whether it says that there is none, in another spelling.</summary>
    public bool IsMarkingRespelled { get; private set; }

    /// <summary>The list within the entity that is being read; empty outside of any.</summary>
    public string Part { get; set; } = "";

    /// <summary>Whether the person being read has an enrolment that can still say anything.</summary>
    public bool HasCurrent { get; set; }

    public SourceData Fragment { get; }

    public SourceData Whole { get; }

    /// <summary>The texts of the person being read.</summary>
    public PersonDraft Person { get; } = new();

    /// <summary>What tells records of the same human, of the person being read.</summary>
    public IdentityDraft Identity { get; } = new();

    /// <summary>Room for the ids of a list, until they are looked up together.</summary>
    public Table<EntityId> Ids { get; } = new();

    public readonly bool IsNull => _json.Type == JsonTokenType.Null;

    public readonly bool IsArray => _json.Type == JsonTokenType.StartArray;

    /// <summary>Where the value that the walker stands at begins.</summary>
    public readonly int Position => _json.Start;

    public readonly bool IsObject => _json.Type == JsonTokenType.StartObject;

    /// <summary>True on an object, which is entered; anything else is passed over, and is not understood unless it is null.</summary>
    public bool Object() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>The same of an array.</summary>
    public bool Array() => Enter(JsonTokenType.StartArray, "a list");

    /// <summary>Moves to the value of the next property of the object entered last.</summary>
    public bool NextProperty()
    {
        var depth = _json.Depth;
        if (!_json.ReadProperty())
        {
            _markings.Close(depth);
            return false;
        }

        ReadMarking(depth);
        return true;
    }

    /// <summary>Moves to the next item of the array entered last.</summary>
    public bool NextItem() => _json.ReadItem();

    /// <summary>Enters the next object of the array entered last; items that are no objects are passed over, and are not understood.</summary>
    public bool NextObject()
    {
        while (NextItem())
        {
            if (IsObject)
            {
                return true;
            }

            Misread("", "objects", JsonKind.Of(_json.Type));
            Skip();
        }

        return false;
    }

    /// <summary>Whether the property has this name; in another case it is the same, and told of.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name)
    {
        if (_json.Name.Length != name.Length || name.IsEmpty || ((_json.Name[^1] ^ name[^1]) & NoCase) != 0)
        {
            return false;
        }

        if (_json.Name.SequenceEqual(name))
        {
            return true;
        }

        if (!Ascii.EqualsIgnoreCase(_json.Name, name))
        {
            return false;
        }

        NoteHere(FindingCodes.ValueAsText);
        return true;
    }

    /// <summary>Notes a finding on the entity being read; <see cref="Close"/> gives it the id.</summary>
    /// <param name="property">Where in the entity; null for what the code says itself.</param>
    public readonly void Note(string code, string? property = null) => _findings.Add((code, default, property is null ? null : _names.Of(Part, property)));

    /// <summary>The same about the property that the walker stands at, which a reader has asked for by its name.</summary>
    public readonly void NoteHere(string code) => Note(code, Encoding.UTF8.GetString(_json.Name));

    /// <summary>Notes a finding when the schema requires values that are not there.</summary>
    public readonly void Require(params ReadOnlySpan<(string Property, bool IsThere)> required)
    {
        List<string>? missing = null;
        foreach (var (property, isThere) in required)
        {
            if (!isThere)
            {
                (missing ??= []).Add(_names.Of(Part, property));
            }
        }

        if (missing is not null)
        {
            _findings.Add((FindingCodes.AttributeMissing, default, _names.Of("", string.Join(", ", missing))));
        }
    }

    /// <summary>The name of a unit or group: without one, or with white space alone, it is called by its id.</summary>
    public readonly Text NameOr(EntityId id, Text name)
    {
        if (!Model.Text.IsBlank(_texts[name]) || id.IsNone)
        {
            return name;
        }

        Note(FindingCodes.NameMissing);
        Span<byte> text = stackalloc byte[EntityId.LongestText];
        return _texts.Add(text[..id.Format(text)]);
    }

    /// <summary>Puts the person's texts behind those of the page; the next person is begun.</summary>
    public readonly PersonTexts EndPerson()
    {
        var texts = Person.AddTo(_texts);
        Person.Clear();
        return texts;
    }

    /// <summary>Ends an entity: its findings now have an id, or are counted without one.</summary>
    public readonly void Close(EntityKind kind, EntityId id)
    {
        if (id.IsNone)
        {
            Note(FindingCodes.IdMissing);
        }

        if (_json.Repairs.Count > 0)
        {
            Note(FindingCodes.TextRepaired);
            _json.Repairs.Count = 0;
        }

        foreach (var (code, refersTo, property) in _findings)
        {
            Fragment.Findings.Add(code, kind, id, refersTo, property);
        }

        _findings.Clear();
        _misread.Clear();
    }

    /// <summary>Passes over the value, whatever it is, and keeps the markings found inside.</summary>
    public void Skip()
    {
        if (_json.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            LookAtValue();
            return;
        }

        var (isObject, isInMarking, isInProtection) = (IsObject, _isInMarking, _isInProtection);
        (_isInMarking, _isInProtection) = (isInMarking || IsMarking, isInProtection || IsCalledAfterProtection);
        while (isObject ? NextProperty() : NextItem())
        {
            Skip();
        }

        (_isInMarking, _isInProtection) = (isInMarking, isInProtection);
    }

    /// <summary>The object that began there and has just ended.</summary>
    public readonly ReadOnlyMemory<byte> ObjectFrom(int position) => _body[position.._json.Position];

    private bool Enter(JsonTokenType start, string expected)
    {
        if (_json.Type == start)
        {
            return true;
        }

        if (!IsNull)
        {
            Misread(expected);
        }

        Skip();
        return false;
    }
}
