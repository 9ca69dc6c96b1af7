namespace EduFunctions.Pipeline.Model;

/// <summary>The open enumerations of one pull, with the values its source knows; they begin with those that rules and feeds ask for, by the constants below.</summary>
public sealed class Vocabularies
{
    public Vocabulary UnitTypes { get; init; } = new();

    public Vocabulary SchoolTypes { get; init; } = new();

    public Vocabulary GroupTypes { get; init; } = new("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp");

    public Vocabulary DutyRoles { get; init; } = new();

    public Vocabulary Relations { get; init; } = new();

    public Vocabulary AssignmentRoles { get; init; } = new("Mentor");

    public Vocabulary EmailTypes { get; init; } = new("Skola elev", "Skola personal", "Privat");

    public Vocabulary AddressTypes { get; init; } = new("Folkbokföring");

    /// <summary>Contexts of external identifiers that a feed asks for.</summary>
    public Vocabulary IdentifierContexts { get; } = new();
}

/// <summary>Numbers in <see cref="Vocabularies.GroupTypes"/>.</summary>
public static class GroupTypes
{
    public const byte Teaching = 1;
    public const byte Class = 2;
    public const byte Mentor = 3;
    public const byte PreschoolSection = 4;
    public const byte StaffGroup = 5;
}

/// <summary>Numbers in <see cref="Vocabularies.AssignmentRoles"/>.</summary>
public static class AssignmentRoles
{
    public const byte Mentor = 1;
}

/// <summary>Numbers in <see cref="Vocabularies.EmailTypes"/>.</summary>
public static class EmailTypes
{
    public const byte Student = 1;
    public const byte Staff = 2;
    public const byte Private = 3;
}

/// <summary>Numbers in <see cref="Vocabularies.AddressTypes"/>.</summary>
public static class AddressTypes
{
    public const byte Registered = 1;
}
