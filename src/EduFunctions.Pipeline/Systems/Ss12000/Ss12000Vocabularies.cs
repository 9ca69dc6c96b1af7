using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The values that SS 12000:2020 lists. Rosters store their numbers: new ones go to the end.</summary>
internal static class Ss12000Vocabularies
{
    public static Vocabularies Make() => new()
    {
        UnitTypes = new("Huvudman", "Verksamhetsområde", "Förvaltning", "Rektorsområde", "Skola", "Skolenhet", "Varumärke", "Bolag", "Övrigt", "Stadsdel"),
        SchoolTypes = new(
            "FS", "FKLASS", "FTH", "OPPFTH", "GR", "GRS", "TR", "SP", "SAM", "GY", "GYS", "VUX", "VUXSFI", "VUXGR", "VUXGY", "VUXSARGR",
            "VUXSARTR", "VUXSARGY", "SFI", "SARVUX", "SARVUXGR", "SARVUXGY", "KU", "YH", "FHS", "STF", "KKU", "HS", "ABU", "AU"),
        GroupTypes = new("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp", "Provgrupp", "Schema", "Övrigt"),
        DutyRoles = new(
            "Rektor", "Lärare", "Förskollärare", "Barnskötare", "Bibliotekarie", "Lärarassistent", "Fritidspedagog", "Annan personal",
            "Studie- och yrkesvägledare", "Förstelärare", "Kurator", "Skolsköterska", "Skolläkare", "Skolpsykolog",
            "Speciallärare/specialpedagog", "Skoladministratör", "Övrig arbetsledning", "Övrig pedagogisk personal", "Förskolechef"),
        Relations = new("Vårdnadshavare", "Annan ansvarig", "God man", "Utsedd behörig"),
        AssignmentRoles = new(
            "Mentor", "Förskollärare", "Barnskötare", "Fritidspedagog", "Specialpedagog", "Elevhälsopersonal", "Pedagogisk ledare",
            "Schemaläggare", "Lärarassistent", "Administrativ personal"),
        EmailTypes = new("Skola elev", "Skola personal", "Privat", "Arbete övrigt"),
        AddressTypes = new("Folkbokföring", "Särskild postadress", "Tillfällig adress", "Postadress"),
    };
}
