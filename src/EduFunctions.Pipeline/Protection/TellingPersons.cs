using System.Text;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Finds the persons of a roster in whose own values a protected person would be recognised, although they are not known to be protected: records of the same
/// human, and addresses, logins and ids with a name in them (<c>alva.berglund.mamma</c>).
/// </summary>
internal static class TellingPersons
{
    /// <summary>Rows of the roster.</summary>
    public static IReadOnlyList<int> In(Roster roster, ProtectedValues values)
    {
        var (found, scan, line) = (new List<int>(), new RowScan(values), new PersonLine());
        for (var person = 0; person < roster.Persons.Count && !values.IsEmpty; person++)
        {
            var (id, texts) = (roster.Persons[person].Id, roster.Persons[person].Texts);
            line.Write(texts, roster.Texts);
            if (scan.Find(line.Row).Count > 0 || (id.IsText && scan.FindInText(Encoding.UTF8.GetBytes(id.ToString())).Count > 0))
            {
                found.Add(person);
            }
        }

        foreach (ref readonly var identifier in roster.Identifiers.Rows)
        {
            if (scan.FindInText(roster[identifier.Value]).Count > 0)
            {
                found.Add(identifier.Person);
            }
        }

        return [.. found.Distinct().Order()];
    }
}
