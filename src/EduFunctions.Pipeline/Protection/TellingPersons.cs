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
        var (found, scan, line) = (new List<int>(), new RowScan(values), new PersonLine());
        for (var person = 0; person < roster.Persons.Count && !values.IsEmpty; person++)
        {
            if (wanted?[person] == false)
            {
                continue;
            }

            var (id, texts) = (roster.Persons[person].Id, roster.Persons[person].Texts);
            if (IsTelling(texts, roster.Texts, scan, line) || (id.IsText && scan.FindInKey(Encoding.UTF8.GetBytes(id.ToString())).Count > 0))
            {
                found.Add(person);
            }
        }

        foreach (ref readonly var identifier in roster.Identifiers.Rows)
        {
            if (wanted?[identifier.Person] != false && scan.FindInKey(roster[identifier.Value]).Count > 0)
            {
                found.Add(identifier.Person);
            }
        }

        return [.. found.Distinct().Order()];
    }

    /// <summary>A civic number has the digits of a phone number by chance.</summary>
    public static bool IsTelling(PersonTexts texts, TextHeap heap, RowScan scan, PersonLine line)
    {
        line.Write(texts, heap);
        return scan.Find(line.Row).Any(hit => hit.Kind != PersonalKind.Phone || hit.Position < line.StartOfNumber);
    }
}
