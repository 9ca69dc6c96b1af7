namespace EduFunctions.Simulators.Unilogin;

public enum ExportPackage
{
    Lille,
    Mellem,
    Fuld,
    FuldMyndighed,
}

/// <summary>Whom and what a caller of version 7 leaves out.</summary>
public sealed record DocumentFilter(bool Externs = true, bool ContactPersons = true, bool CivicNumbers = true);

/// <summary>A version and package of wsiEKSPORT with its namespaces, of which a document mixes several.</summary>
public sealed record ExportFormat(int Version, ExportPackage Package)
{
    private static readonly string[] Words = ["Small", "Medium", "Full", "FullMyndighed"];

    public string Operation => $"eksporterXml{Package}";

    public string Root => $"UNILoginExport{Words[(int)Package]}";

    /// <summary>Of the call and the answer's outermost element.</summary>
    public string Service => Version == 7 ? $"{Bpi}wsieksport/7" : "https://wsieksport.unilogin.dk/ws";

    /// <summary>Of the package's own types.</summary>
    public string Own => Version == 7 ? $"{Service}/{Words[(int)Package].ToLowerInvariant()}" : $"{Old}/{Words[(int)Package].ToLowerInvariant()}";

    /// <summary>Of import sources.</summary>
    public string Import => Version == 7 ? $"{Service}/common" : Old;

    /// <summary>Of institutions, groups, names.</summary>
    public string Data => Version == 7 ? $"{Service}/common" : "https://unilogin.dk/data";

    /// <summary>Of what version 6 moved.</summary>
    public string Transitional => Version == 7 ? $"{Service}/common" : "https://unilogin.dk/data/transitional";

    /// <summary>Of local person ids, and of the groups that somebody is in.</summary>
    public string Common => Version == 7 ? $"{Bpi}common/3" : "https://unilogin.dk/data";

    public string Phone => Version == 7 ? $"{Service}/common" : $"{Old}/full";

    /// <summary>Of version 6's element with the user's id.</summary>
    public string Login => Package == ExportPackage.Lille ? Own : Old;

    internal bool IsFull => Package is ExportPackage.Fuld or ExportPackage.FuldMyndighed;

    private static string Bpi => "https://brugerdatabasen.stil.dk/bpi/";

    private static string Old => "https://wsieksport.unilogin.dk/eksport";
}
