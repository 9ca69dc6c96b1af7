namespace EduFunctions.Pipeline.Storage;

public static class RosterPath
{
    public static string Roster(string tenant, string run) => $"{tenant}/{run}/roster.bin";

    public static string Ledger(string tenant, string run) => $"{tenant}/{run}/ledger.bin";

    public static string Findings(string tenant, string run) => $"{tenant}/{run}/findings.json";

    public static string Protected(string tenant, string run) => $"{tenant}/{run}/protected.bin";
}
