using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The ledger as text, to be compared: a line per person and role with the codes of all that failed.</summary>
internal static class ReasonLines
{
    public const string FileName = "reasons.csv";

    private const string LedgerKind = "ledger/1";

    private static readonly (Roles Role, string Name)[] ByName = [(Roles.Guardian, "guardian"), (Roles.Staff, "staff"), (Roles.Student, "student")];

    public static async Task WriteAsync(DirectoryInfo output, CancellationToken ct)
    {
        await using var stored = File.OpenRead(Path.Combine(output.FullName, Ours.LedgerFileName));
        var tables = await TableFile.OpenAsync(stored, LedgerKind, ct);
        await tables.ReadAsync<EntityId>(stored, "fences", ct);
        var persons = await tables.ReadAsync<LedgerPerson>(stored, "persons", ct);
        var stays = await tables.ReadAsync<LedgerStay>(stored, "stays", ct);
        await using var lines = new StreamWriter(Path.Combine(output.FullName, FileName), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (var row = 0; row < persons.Count; row++)
        {
            Write(persons[row], stays, lines);
        }
    }

    private static void Write(LedgerPerson person, Table<LedgerStay> stays, StreamWriter lines)
    {
        foreach (var (role, name) in ByName)
        {
            if (person.Candidate.HasFlag(role))
            {
                var codes = Of(person, role, stays).Each().Select(reason => reason.Code()).Order(StringComparer.Ordinal);
                var eligible = person.Eligible.HasFlag(role) ? "true" : "false";
                lines.WriteLine($"{person.Id},{name},{eligible},{string.Join(' ', codes)}");
            }
        }
    }

    private static Reasons Of(in LedgerPerson person, Roles role, Table<LedgerStay> stays)
    {
        var reasons = Decisions.Regarding(person.Reasons, role);
        for (var row = person.FirstStay; row < person.FirstStay + person.Stays; row++)
        {
            reasons |= stays[row].Role == role ? stays[row].Reasons : Reasons.None;
        }

        return role == Roles.Guardian && !person.HasStudent ? reasons | Reasons.Of(Reason.GuardianNoStudent) : reasons;
    }
}
