namespace EduFunctions.Pipeline.Storage;

public static class RosterPath
{
    public static string Roster(string tenant, string run) => $"{tenant}/{run}/roster.bin";

    /// <summary>The roster of a feed that has a roster of its own.</summary>
    public static string Roster(string tenant, string run, string feed) => $"{tenant}/{run}/roster-{feed}.bin";

    public static string Ledger(string tenant, string run) => $"{tenant}/{run}/ledger.bin";

    public static string Findings(string tenant, string run) => $"{tenant}/{run}/findings.json";

    public static string Protected(string tenant, string run) => $"{tenant}/{run}/protected.bin";
}
