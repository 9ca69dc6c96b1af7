using System.Buffers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Finds the persons of a roster in whose own values a protected person would be recognised, although they are not known to be protected: records of the same
/// human, and addresses with a name in them.
/// </summary>
internal static class TellingPersons
{
    /// <summary>Rows of the roster.</summary>
    public static IReadOnlyList<int> In(Roster roster, ProtectedValues values)
    {
        var (found, scan, row) = (new List<int>(), new RowScan(values), new ArrayBufferWriter<byte>());
        for (var person = 0; person < roster.Persons.Count && !values.IsEmpty; person++)
        {
            row.ResetWrittenCount();
            Write(row, roster, roster.Persons[person].Texts);
            if (scan.Find(row.WrittenSpan).Count > 0)
            {
                found.Add(person);
            }
        }

        foreach (ref readonly var identifier in roster.Identifiers.Rows)
        {
            if (scan.IsTelling(roster[identifier.Value]))
            {
                found.Add(identifier.Person);
            }
        }

        return [.. found.Distinct().Order()];
    }

    /// <summary>The names in one field, each other text in one of its own.</summary>
    private static void Write(ArrayBufferWriter<byte> row, Roster roster, PersonTexts texts)
    {
        for (var text = PersonText.GivenName; text <= PersonText.CivicNumber; text++)
        {
            row.Write(WholeValue.Of(roster[texts[text]]));
            row.Write(text < PersonText.FamilyName ? " "u8 : "\t"u8);
        }
    }
}
