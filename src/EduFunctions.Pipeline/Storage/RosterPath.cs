namespace EduFunctions.Pipeline.Storage;

public static class RosterPath
{
    /// <summary>Whose a table is that lies there: a tenant's of one run.</summary>
    public static string OwnerOf(string path) => string.Join('/', path.Split('/').Take(2));

    public static string Roster(string tenant, string run) => $"{tenant}/{run}/roster.bin";

    /// <summary>The roster of a feed that has a roster of its own.</summary>
    public static string Roster(string tenant, string run, string feed) => $"{tenant}/{run}/roster-{feed}.bin";

    /// <summary>Of a run that decided on nothing: what was delivered last, without whom it takes out all the same.</summary>
    public static string Leaving(string tenant, string run) => $"{tenant}/{run}/leaving.bin";

    public static string Ledger(string tenant, string run) => $"{tenant}/{run}/ledger.bin";

    /// <summary>The roster as a feed got it, when that is not the run's own.</summary>
    public static string Effective(string tenant, string run, string feed, string phase) => $"{tenant}/{run}/{feed}/{phase}-roster.bin";

    /// <summary>Who and what of the roster is in the feed.</summary>
    public static string Selection(string tenant, string run, string feed, string phase) => $"{tenant}/{run}/{feed}/{phase}-selection.bin";

    /// <summary>Whom the guard keeps as they were delivered, or away.</summary>
    public static string Kept(string tenant, string run, string feed, string phase) => $"{tenant}/{run}/{feed}/{phase}-kept.bin";

    public static string Plan(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}/plan.json";

    public static string Pairs(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}/pairs.json";

    public static string Log(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}/log.json";

    public static string Findings(string tenant, string run) => $"{tenant}/{run}/findings.json";

    public static string Protected(string tenant, string run) => $"{tenant}/{run}/protected.bin";
}
