using System.Globalization;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>Single values, where the walker stands at one. What is neither null nor what the property holds is not understood.</content>
internal ref partial struct PageWalker
{
    public const string Dates = "dates of the form yyyy-MM-dd";

    public EntityId Id()
    {
        if (!TryId(out var id))
        {
            Refuse("ids");
        }

        return id;
    }

    /// <summary>A name or the like, which a number can only be by mistake; it is taken all the same.</summary>
    public Text Text()
    {
        if (_json.Type == JsonTokenType.Number)
        {
            NoteHere(FindingCodes.ValueAsText);
        }

        return _texts.Add(Value());
    }

    /// <summary>A text that people type into registers: blanks around it are no part of it.</summary>
    public Text Code() => _texts.Add(Value().Trim(" \t"u8));

    public Day Day()
    {
        if (_json.Type == JsonTokenType.Null)
        {
            return Model.Day.Absent;
        }

        var day = _json.Type == JsonTokenType.String ? Model.Day.Parse(_json.Value) : Model.Day.Invalid;
        if (day.IsInvalid)
        {
            NoteHere(FindingCodes.DateInvalid);
            Refuse(Dates);
        }

        return day;
    }

    /// <summary>Nothing is handed on of it, so it is of no matter where it is none.</summary>
    public int BirthDate()
    {
        var birth = _json.Type == JsonTokenType.String ? Model.BirthDate.Of(_json.Value) : 0;
        Skip();
        return birth;
    }

    /// <summary>
    /// The number of an open enumeration's value, 0 when absent. Values are compared exactly; what is a known one but for its case or blanks is none, and no other
    /// one either: it is not understood.
    /// </summary>
    public byte Value(Vocabulary vocabulary)
    {
        var word = Word();
        var number = vocabulary.Number(word);
        if (!vocabulary.IsKnown(number))
        {
            NoteHere(FindingCodes.ValueUnknown);
            if (vocabulary.IsLikeKnown(word))
            {
                Misread(_json.Name, "words as the standard writes them", "a word in another case or with blanks");
            }
        }

        return number;
    }

    /// <summary>The UTF-8 of a text, or of a number where registers write a code as one; empty for anything else.</summary>
    public ReadOnlySpan<byte> Value()
    {
        if (_json.Type is JsonTokenType.String or JsonTokenType.Number)
        {
            return _json.Value;
        }

        Refuse("texts");
        return default;
    }

    /// <summary>The same of a text that cannot be a number.</summary>
    public ReadOnlySpan<byte> Word()
    {
        if (_json.Type == JsonTokenType.String)
        {
            return _json.Value;
        }

        Refuse("texts");
        return default;
    }

    /// <summary>The text of a flag that each register writes in its own way.</summary>
    public ReadOnlySpan<byte> Sign()
    {
        switch (_json.Type)
        {
            case JsonTokenType.True:
                return "true"u8;
            case JsonTokenType.False:
                return default;
            default:
                return Value();
        }
    }

    public short Municipality()
    {
        var code = MunicipalityCode.Parse(Value());
        if (code == MunicipalityCode.Invalid)
        {
            Misread("municipality codes");
        }

        return code;
    }

    public bool Flag()
    {
        if (_json.Type is JsonTokenType.True or JsonTokenType.False)
        {
            return _json.Type == JsonTokenType.True;
        }

        var text = _json.Type == JsonTokenType.String ? _json.Value : default;
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "false"u8))
        {
            NoteHere(FindingCodes.ValueAsText);
            return Ascii.EqualsIgnoreCase(text, "true"u8);
        }

        Refuse("true or false");
        return false;
    }

    /// <summary>A whole number from 0 to 126, -1 when absent.</summary>
    public sbyte SmallNumber()
    {
        if (_json.Type is JsonTokenType.Number or JsonTokenType.String
            && sbyte.TryParse(_json.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < sbyte.MaxValue)
        {
            if (_json.Type == JsonTokenType.String)
            {
                NoteHere(FindingCodes.ValueAsText);
            }

            return number;
        }

        Refuse("whole numbers");
        return -1;
    }

    private readonly bool TryId(out EntityId id)
    {
        id = default;
        return _json.Type == JsonTokenType.String && IdText.TryParse(_json.Value, out id);
    }

    private void Refuse(string expected)
    {
        if (!IsNull)
        {
            Misread(expected);
        }

        Skip();
    }
}
