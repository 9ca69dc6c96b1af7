using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Whether a field holds what its column does.</summary>
internal static class CsvValue
{
    /// <summary>What the field had to be, in the plural; null when it is.</summary>
    public static string? Expected(CsvColumn column, string value, OwnWords words)
    {
        if (value.Length == 0)
        {
            return column.IsRequired ? "given" : null;
        }

        return column.Kind switch
        {
            ValueKind.Id or ValueKind.Reference => IsId(value) ? null : "ids",
            ValueKind.References => List(value).All(IsId) ? null : "lists of ids",
            ValueKind.Date => Day.Parse(Encoding.UTF8.GetBytes(value)).IsDay ? null : "dates of the form yyyy-MM-dd",
            ValueKind.Flag => bool.TryParse(value, out _) ? null : "true or false",
            ValueKind.Word or ValueKind.DecidingWord => words.IsKnown(column, value) ? null
                : $"one of {string.Join(", ", column.Values)}{(OwnWords.IsOwn(value) ? $" or of source.{OwnWords.Setting}" : "")}",
            ValueKind.Empty => value == "active" ? null : "empty in files that hold everything (bulk)",
            _ => null,
        };
    }

    public static IEnumerable<string> List(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The id of a field; none for an empty one and for what is no id.</summary>
    public static EntityId Id(string value) =>
        value.Trim() is var text && !SpreadsheetRemains.IsNoId(text) && EntityId.TryRead(Encoding.UTF8.GetBytes(text), out var id) ? id : default;

    private static bool IsId(string value) => !Id(value).IsNone;
}
