namespace EduFunctions.Pipeline.Storage;

internal static class RosterPath
{
    public static string Roster(string tenant, string run) => $"{tenant}/{run}/roster.bin";

    public static string Ledger(string tenant, string run) => $"{tenant}/{run}/ledger.bin";
}
