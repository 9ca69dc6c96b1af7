namespace EduFunctions.Pipeline.Model;

/// <summary>The open enumerations of one pull. The constants are the numbers the rules and feeds ask for.</summary>
public sealed class Vocabularies
{
    public Vocabulary UnitTypes { get; } = new(
        "Huvudman", "Verksamhetsområde", "Förvaltning", "Rektorsområde", "Skola", "Skolenhet", "Varumärke", "Bolag", "Övrigt", "Stadsdel");

    public Vocabulary SchoolTypes { get; private init; } = new(
        "FS", "FKLASS", "FTH", "OPPFTH", "GR", "GRS", "TR", "SP", "SAM", "GY", "GYS", "VUX", "VUXSFI", "VUXGR", "VUXGY", "VUXSARGR",
        "VUXSARTR", "VUXSARGY", "SFI", "SARVUX", "SARVUXGR", "SARVUXGY", "KU", "YH", "FHS", "STF", "KKU", "HS", "ABU", "AU");

    public Vocabulary GroupTypes { get; private init; } = new(
        "Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp", "Provgrupp", "Schema", "Övrigt");

    public Vocabulary DutyRoles { get; private init; } = new(
        "Rektor", "Lärare", "Förskollärare", "Barnskötare", "Bibliotekarie", "Lärarassistent", "Fritidspedagog", "Annan personal",
        "Studie- och yrkesvägledare", "Förstelärare", "Kurator", "Skolsköterska", "Skolläkare", "Skolpsykolog",
        "Speciallärare/specialpedagog", "Skoladministratör", "Övrig arbetsledning", "Övrig pedagogisk personal", "Förskolechef");

    public Vocabulary Relations { get; private init; } = new("Vårdnadshavare", "Annan ansvarig", "God man", "Utsedd behörig");

    public Vocabulary AssignmentRoles { get; } = new(
        "Mentor", "Förskollärare", "Barnskötare", "Fritidspedagog", "Specialpedagog", "Elevhälsopersonal", "Pedagogisk ledare",
        "Schemaläggare", "Lärarassistent", "Administrativ personal");

    public Vocabulary EmailTypes { get; } = new("Skola elev", "Skola personal", "Privat", "Arbete övrigt");

    public Vocabulary AddressTypes { get; } = new("Folkbokföring", "Särskild postadress", "Tillfällig adress", "Postadress");

    /// <summary>Contexts of external identifiers that a feed asks for.</summary>
    public Vocabulary IdentifierContexts { get; } = new();

    /// <summary>Unilogin's values. Hovedgruppe and Hold are classes and teaching groups, so that feeds know them; the levels that are no number stand for school types.</summary>
    public static Vocabularies OfUnilogin() => new()
    {
        SchoolTypes = new("DT", "U1", "U2", "U3", "U4", "VU", "Andet"),
        GroupTypes = new("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp", "Årgang", "Retning", "SFO", "Team", "Andet"),
        DutyRoles = new("Lærer", "Pædagog", "Vikar", "Leder", "Ledelse", "TAP", "Konsulent", "Praktikant", "Ekstern"),
        Relations = new("Mor", "Far", "Andet", "Officielt tilknyttet person"),
    };
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
