using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Finds the persons of a roster in whose own values a protected person would be recognised, although they are not known to be protected: records of the same
/// human, and addresses, logins and ids with a name in them (<c>alva.berglund.mamma</c>).
/// </summary>
internal static class TellingPersons
{
    /// <summary>Rows of the roster.</summary>
    /// <param name="wanted">By row: who is looked at; null for everybody.</param>
    public static IReadOnlyList<int> In(Roster roster, ProtectedValues values, BitArray? wanted = null)
    {
        List<int> found = [.. PersonScan.Where(roster.Persons.Count, values, (row, scan, line) => wanted?[row] != false && IsTelling(roster, row, scan, line))];
        var keys = new RowScan(values);
        foreach (ref readonly var identifier in roster.Identifiers.Rows)
        {
            if (wanted?[identifier.Person] != false && keys.FindInKey(roster[identifier.Value]).Count > 0)
            {
                found.Add(identifier.Person);
            }
        }

        return [.. found.Distinct().Order()];
    }

    private static bool IsTelling(Roster roster, int row, RowScan scan, PersonLine line)
    {
        var (id, texts) = (roster.Persons[row].Id, roster.Persons[row].Texts);
        return IsTelling(texts, roster.Texts, scan, line) || (id.IsText && scan.FindInKey(Encoding.UTF8.GetBytes(id.ToString())).Count > 0);
    }

    /// <summary>A civic number has the digits of a phone number by chance.</summary>
    public static bool IsTelling(PersonTexts texts, TextHeap heap, RowScan scan, PersonLine line)
    {
        line.Write(texts, heap);
        return scan.Find(line.Row).Any(hit => hit.Kind != PersonalKind.Phone || hit.Position < line.StartOfNumber);
    }
}
