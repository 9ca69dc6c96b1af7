using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The ledger as text, to be compared: a line per person and role with the codes of all that failed.</summary>
internal static class ReasonLines
{
    public const string FileName = "reasons.csv";

    private static readonly (Roles Role, string Name)[] ByName = [(Roles.Guardian, "guardian"), (Roles.Staff, "staff"), (Roles.Student, "student")];

    private static readonly RuleCatalog Rules = new(Ss12000Rules.Book);

    public static async Task WriteAsync(DirectoryInfo output, CancellationToken ct)
    {
        await using var stored = File.OpenRead(Path.Combine(output.FullName, Ours.LedgerFileName));
        var ledger = await LedgerFile.ReadAsync(stored, ct);
        await using var lines = new StreamWriter(Path.Combine(output.FullName, FileName), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (var row = 0; row < ledger.Persons.Count; row++)
        {
            Write(ledger.Persons[row], ledger.Stays, lines);
        }
    }

    private static void Write(LedgerPerson person, Table<LedgerStay> stays, StreamWriter lines)
    {
        foreach (var (role, name) in ByName)
        {
            if (person.Candidate.HasFlag(role))
            {
                var codes = Rules.Each(Of(person, role, stays)).Select(rule => rule.Code).Order(StringComparer.Ordinal);
                var eligible = person.Eligible.HasFlag(role) ? "true" : "false";
                lines.WriteLine($"{person.Id},{name},{eligible},{string.Join(' ', codes)}");
            }
        }
    }

    private static Reasons Of(in LedgerPerson person, Roles role, Table<LedgerStay> stays)
    {
        var reasons = Rules.Regarding(person.Reasons, role);
        for (var row = person.FirstStay; row < person.FirstStay + person.Stays; row++)
        {
            reasons |= stays[row].Role == role ? stays[row].Reasons : Reasons.None;
        }

        return role == Roles.Guardian && !person.HasStudent ? reasons | Reasons.Of(Ss12000Rules.Book.Guardian) : reasons;
    }
}
