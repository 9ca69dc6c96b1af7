namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

internal enum ImportFileKind
{
    /// <summary>Everybody: whoever is not in it leaves the institution.</summary>
    Total,

    /// <summary>Who is new or changed.</summary>
    Delta,

    /// <summary>Who is gone, by id alone.</summary>
    Slet,

    /// <summary>What the receiver has after the import file, as hashes. Stays here.</summary>
    Known,

    /// <summary>Whom the receiver forgets by it. Stays here.</summary>
    Gone,
}

/// <summary>A file's name is the institution it is about, and its kind.</summary>
internal readonly record struct ImportFile(string Institution, ImportFileKind Kind)
{
    public const string SletEnding = ".slet.xml";

    /// <summary>As such files have always been called in storage.</summary>
    private const string KnownWord = "held";

    public string Name => Kind is ImportFileKind.Known or ImportFileKind.Gone ? $"{Institution}.{Word}.txt" : $"{Institution}.{Word}.xml";

    private string Word => Kind == ImportFileKind.Known ? KnownWord : Kind.ToString().ToLowerInvariant();

    public static ImportFile Parse(string name)
    {
        var parts = name.Split('.');
        return new ImportFile(parts[0], parts[1] == KnownWord ? ImportFileKind.Known : Enum.Parse<ImportFileKind>(parts[1], ignoreCase: true));
    }

    public ImportFile Sibling(ImportFileKind kind) => this with { Kind = kind };
}
