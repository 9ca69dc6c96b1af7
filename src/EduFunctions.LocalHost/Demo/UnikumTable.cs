using EduFunctions.LocalHost.Commands;
using EduFunctions.Simulators.Unikum;

namespace EduFunctions.LocalHost.Demo;

/// <summary>What Unikum knows after its import, and what it complained of.</summary>
internal static class UnikumTable
{
    /// <returns>Whether every line was carried out.</returns>
    public static bool Show(UnikumReceiver unikum)
    {
        var table = ConsoleTables.Titled("What Unikum has imported", "Kind", "Known");
        foreach (var kind in new[] { "school", "class", "user" })
        {
            ConsoleTables.Add(table, kind, unikum.State.Objects(kind).Count);
        }

        foreach (var type in unikum.State.Relations.CountBy(relation => relation.Type).OrderBy(type => type.Key, StringComparer.Ordinal))
        {
            ConsoleTables.Add(table, type.Key, type.Value);
        }

        ConsoleTables.Open().Write(table);
        var errors = unikum.Reports.SelectMany(report => report.Errors).ToList();
        errors.ForEach(Console.WriteLine);
        return errors.Count == 0;
    }
}
