using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>Protective markings, wherever they stand.</content>
internal ref partial struct PageWalker
{
    /// <summary>Whether the property is a marking; written in another case, or with blanks, signs or what nobody sees, it is none less.</summary>
    public readonly bool IsMarking => IsLike(MarkingName) || (_json.Name.Length > MarkingName.Length && HasLetters(_json.Name, MarkingName));

    private readonly bool IsLike(ReadOnlySpan<byte> name) =>
        _json.Name.Length == name.Length && (_json.Name.SequenceEqual(name) || System.Text.Ascii.EqualsIgnoreCase(_json.Name, name));

    /// <summary>Whether these are all its letters, in any case.</summary>
    private static bool HasLetters(ReadOnlySpan<byte> name, ReadOnlySpan<byte> letters)
    {
        var found = 0;
        foreach (var letter in name)
        {
            if (char.IsAsciiLetter((char)letter) && (found == letters.Length || (letter | 0x20) != (letters[found++] | 0x20)))
            {
                return false;
            }
        }

        return found == letters.Length;
    }

    /// <summary>However it is written, since what it is written with may be anything.</summary>
    private const string MarkingProperty = "securityMarking";

    private static ReadOnlySpan<byte> MarkingName => "securityMarking"u8;

    /// <summary>Notes the properties that make a marking, whoever reads them.</summary>
    private void ReadMarking(int depth)
    {
        _markings.Enter(depth);
        if (_json.Type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (IsLike("person"u8) || IsLike("child"u8))
            {
                _markings.NotePerson(depth, _json.Start);
            }
        }
        else if (IsLike("id"u8) && _json.Type == JsonTokenType.String)
        {
            _markings.NoteId(depth, _json.Start);
        }

        if (IsMarking)
        {
            ReadMarkingValue(depth);
        }
    }

    /// <summary>A value that is no string is a marking nobody knows, like any other string.</summary>
    private void ReadMarkingValue(int depth)
    {
        var isText = _json.Type == JsonTokenType.String;
        Marking = _json.Type == JsonTokenType.Null ? Marking.Absent : isText ? SecurityMarking.Parse(_json.Value) : Marking.Unknown;
        IsMarkingRespelled = false;
        if (Marking != Marking.Unknown)
        {
            _markings.NoteMarking(depth, Marking);
            return;
        }

        var text = _json.Type is JsonTokenType.StartObject or JsonTokenType.StartArray ? "" : Encoding.UTF8.GetString(_json.Value);
        if ((isText || text.Length > 0) && Options.IsNoMarking(text))
        {
            Marking = Marking.None;
        }
        else if (isText && MarkingText.IsNone(text))
        {
            (Marking, IsMarkingRespelled) = (Marking.None, true);
            Note(FindingCodes.ValueAsText, MarkingProperty);
        }
        else if (text.Length > 0 && Options.IsProtection(text))
        {
            Marking = Marking.Protected;
            _markings.NoteMarking(depth, Marking);
        }
        else if (isText && ProtectionWords.BeginAsStandard(text))
        {
            // None of the standard's, but nobody can take it for anything else, however many bear it.
            _markings.NoteStrange(depth, value: 0);
            Note(FindingCodes.ValueUnknown, MarkingProperty);
        }
        else
        {
            ReadStrangeMarking(depth, isText ? text : null);
        }
    }

    private void ReadStrangeMarking(int depth, string? text)
    {
        var (place, property) = MarkingPlaces.Of(SnapshotManifest.ChangedIn(Place.Collection), Part);
        var strange = text is null
            ? MarkingText.Of(place, property, JsonKind.Of(_json.Type), JsonMeaning.Of(_body.Span[_json.Start..]))
            : MarkingText.Of(place, property, text);
        if (Options.CommonMarkings.Contains(strange.Value))
        {
            Marking = Marking.Absent;
            return;
        }

        Fragment.Note(strange);
        _markings.NoteStrange(depth, strange.Value);
        Note(FindingCodes.ValueUnknown, MarkingProperty);
    }
}
