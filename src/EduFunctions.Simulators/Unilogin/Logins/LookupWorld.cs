namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>What the services for lookups know. Tests change it between two logins.</summary>
public sealed class LookupWorld
{
    public List<WorldInstitution> Institutions { get; } = [];

    public List<WorldGroup> Groups { get; } = [];

    public List<WorldUser> Users { get; } = [];

    public List<WorldContact> Contacts { get; } = [];

    /// <summary>Civic numbers by user id.</summary>
    public Dictionary<string, string> CivicNumbers { get; } = new(StringComparer.Ordinal);
}

public sealed record WorldInstitution(string Number, string Name);

/// <param name="Type">Hovedgruppe, Hold and so on.</param>
public sealed record WorldGroup(string Institution, string Id, string Name, string Type, string? Level = null, string? From = null, string? To = null);

/// <summary>Somebody at an institution.</summary>
/// <param name="Kind">elev, ansat or ekstern.</param>
/// <param name="MainGroup">Of an elev.</param>
public sealed record WorldUser(
    string Institution, string Id, string Name, string Kind, IReadOnlyList<string> Roles, string? MainGroup = null, string? Level = null)
{
    /// <summary>Ids of the groups beside the main one.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public bool IsIn(string group) => MainGroup == group || Groups.Contains(group);
}

/// <summary>Somebody who answers for a student.</summary>
public sealed record WorldContact(
    string Institution, string Student, string Id, string Name, string Relation, bool Custody = true, int Verified = 1, int AccessLevel = 0);
