namespace EduFunctions.Simulators.Unilogin;

/// <summary>A Danish school as Unilogin has it, to be written as any version and package of the export.</summary>
public sealed class DanishInstitution(string number, string? name)
{
    public string Number => number;

    public string? Name { get; set; } = name;

    public List<DanishImport> Imports { get; } = [];

    public List<DanishGroup> Groups { get; } = [];

    public List<DanishMember> Members { get; } = [];
}

/// <summary>What an institution was filled from.</summary>
/// <param name="SchoolYear">As <c>2026-2027</c>.</param>
public sealed record DanishImport(string Source, string SchoolYear);

public sealed record DanishGroup(string Id, string Type)
{
    public string? Name { get; init; }

    public string? Level { get; init; }

    public string? Line { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }
}

/// <summary>Who somebody is, whatever he or she is at an institution.</summary>
public sealed record DanishPerson(string? UserId, string FirstName, string FamilyName)
{
    /// <summary>Written as it is; null leaves the attribute out.</summary>
    public string? Protected { get; init; } = "false";

    public string? AliasFirstName { get; init; }

    public string? AliasFamilyName { get; init; }

    public string? CivicNumber { get; init; }

    public string? Email { get; init; }

    public string? BirthDate { get; init; }

    public string? Gender { get; init; }

    public string? Street { get; init; }

    public string? Country { get; init; } = "DK";

    public string? MobilePhone { get; init; }

    internal bool IsProtected => Protected is "true" or "1";
}

/// <summary>Somebody at an institution: a student, an employee, an extern, or nothing of it.</summary>
public sealed record DanishMember(DanishPerson? Person)
{
    public string Source { get; init; } = "DEMO-SIS";

    public string? LocalId { get; init; }

    public DanishStudent? Student { get; init; }

    public DanishEmployee? Employee { get; init; }

    public DanishExtern? Extern { get; init; }
}

public sealed record DanishStudent(string Level, string MainGroup)
{
    public string Role { get; init; } = "Elev";

    public string? Number { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<DanishContact> Contacts { get; init; } = [];
}

/// <param name="Custody">Written as it is.</param>
public sealed record DanishContact(DanishPerson Person, string Relation, string Custody = "true", string AccessLevel = "1");

public sealed record DanishEmployee(params IReadOnlyList<string> Roles)
{
    public string? ShortName { get; init; }

    public string? Occupation { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];
}

public sealed record DanishExtern(string Role)
{
    public IReadOnlyList<string> Groups { get; init; } = [];
}
