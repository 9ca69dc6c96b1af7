using System.Globalization;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <content>Single values, where the walker stands at one.</content>
internal ref partial struct PageWalker
{
    public EntityId Id()
    {
        if (_json.Type == JsonTokenType.String && IdText.TryParse(_json.Value, out var id))
        {
            return id;
        }

        Skip();
        return default;
    }

    public Text Text() => _texts.Add(Value());

    public Day Day()
    {
        if (_json.Type == JsonTokenType.Null)
        {
            return Model.Day.Absent;
        }

        var day = _json.Type == JsonTokenType.String ? Model.Day.Parse(_json.Value) : Model.Day.Invalid;
        if (day.IsInvalid)
        {
            Note(FindingCodes.DateInvalid);
            Skip();
        }

        return day;
    }

    /// <summary>The number of an open enumeration's value, 0 when absent.</summary>
    public byte Value(Vocabulary vocabulary)
    {
        var number = vocabulary.Number(Value());
        if (!vocabulary.IsKnown(number))
        {
            Note(FindingCodes.ValueUnknown);
        }

        return number;
    }

    /// <summary>The UTF-8 of a string or number, empty for anything else.</summary>
    public ReadOnlySpan<byte> Value()
    {
        switch (_json.Type)
        {
            case JsonTokenType.String or JsonTokenType.Number:
                return _json.Value;
            case JsonTokenType.True:
                return "true"u8;
            default:
                Skip();
                return default;
        }
    }

    public bool Flag()
    {
        var flag = _json.Type == JsonTokenType.True;
        Skip();
        return flag;
    }

    /// <summary>A whole number from 0 to 126, -1 when absent.</summary>
    public sbyte SmallNumber()
    {
        if (_json.Type == JsonTokenType.Number && sbyte.TryParse(_json.Value, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < sbyte.MaxValue)
        {
            return number;
        }

        Skip();
        return -1;
    }
}
