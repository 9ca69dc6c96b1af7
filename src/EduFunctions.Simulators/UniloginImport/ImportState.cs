namespace EduFunctions.Simulators.UniloginImport;

public sealed record ImportedGroup(string Id, string Name, string Type, string Level);

public sealed record ImportedPerson(string LocalId, string FirstName, string FamilyName, string CivicNumber)
{
    public string Email { get; init; } = "";

    public bool IsProtected { get; init; }

    public string Alias { get; init; } = "";

    /// <summary>Student, Employee or Extern.</summary>
    public string Kind { get; init; } = "";

    public string Roles { get; init; } = "";

    public string Level { get; init; } = "";

    public string MainGroup { get; init; } = "";

    /// <summary>Ids in order, with a comma between.</summary>
    public string Groups { get; init; } = "";

    /// <summary>Name, relation, custody and access level of each.</summary>
    public string Contacts { get; init; } = "";
}

/// <summary>What the service has of one institution.</summary>
public sealed class ImportedInstitution
{
    public DateTime? SourceDateTime { get; internal set; }

    public string SchoolYear { get; internal set; } = "";

    public Dictionary<string, ImportedGroup> Groups { get; internal set; } = [];

    public Dictionary<string, ImportedPerson> Persons { get; } = [];

    public IEnumerable<string> LocalIds => Persons.Keys.Order(StringComparer.Ordinal);
}
