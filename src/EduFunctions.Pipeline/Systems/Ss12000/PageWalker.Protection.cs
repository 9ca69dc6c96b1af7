using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>
/// What says in a person's row that he or she is protected, in another place than the marking's: a word for it and nothing else, whatever it is called, or anything but a
/// no where a member is called after protection. It is looked for in what nobody reads, and only where its first letters, or a name that the standard does not have,
/// give rise to it.
/// </content>
internal ref partial struct PageWalker
{
    private const int LongestName = 40;

    /// <summary>Looks at a text, a number, true or false that nobody reads.</summary>
    public void LookAtValue()
    {
        if (!_isOfPersons || _isInMarking || _json.Type is JsonTokenType.Null or JsonTokenType.False)
        {
            return;
        }

        var isWord = _json.Type == JsonTokenType.String && MayBeWord(_json.Value);
        var isCalled = !isWord && !PersonMembers.Has(_json.Name) && ProtectingNames.Has(_json.Name);
        if ((isWord || isCalled || _isInProtection) && !IsMarking)
        {
            ReadProtection(isCalled);
        }
    }

    /// <summary>How each word for a person's protection begins.</summary>
    private static bool MayBeWord(ReadOnlySpan<byte> text) => text.Length > sizeof(uint) && (BinaryPrimitives.ReadUInt32BigEndian(text) | 0x20202020) is
        0x736B7964 or 0x73656B72 or 0x68617273 or 0x6964656E or 0x68656D6C or 0x66696E67 or 0x6B766172 or 0x6265736B or 0x6E61766E or 0x61647265 or 0x70726F74;

    private bool IsCalledAfterProtection => _isOfPersons && !PersonMembers.Has(_json.Name) && !IsMarking && ProtectingNames.Has(_json.Name);

    /// <param name="isCalled">Whether the member itself is called after protection: then everything but a no is an answer, elsewhere only a yes.</param>
    private void ReadProtection(bool isCalled)
    {
        var text = Encoding.UTF8.GetString(_json.Value);
        var isWord = _json.Type == JsonTokenType.String && ProtectionWords.AreAll(text);
        var isYes = _json.Type == JsonTokenType.True || ProtectionWords.IsPlainYes(text);
        if ((isWord || isYes || isCalled) && !ProtectionWords.IsNo(text) && !Options.IsNoMarking(text))
        {
            Note(StrangeOf(text) is var strange && (isWord || isYes) ? strange with { IsWorded = true } : strange);
        }
    }

    private StrangeMarking StrangeOf(string text)
    {
        var (place, _) = MarkingPlaces.Of(SnapshotManifest.ChangedIn(Place.Collection), Part);
        var name = Encoding.UTF8.GetString(_json.Name[..Math.Min(LongestName, _json.Name.Length)]);
        return _json.Type == JsonTokenType.String
            ? MarkingText.Of(place, name, text)
            : MarkingText.Of(place, name, JsonKind.Of(_json.Type), JsonMeaning.Of(_body.Span[_json.Start..]));
    }

    private readonly void Note(StrangeMarking strange)
    {
        if (!Options.CommonMarkings.Contains(strange.Value))
        {
            Fragment.Note(strange);
            _markings.NoteStrangeAround(_json.Depth, strange.Value);
            NoteHere(FindingCodes.ValueUnknown);
        }
    }
}
