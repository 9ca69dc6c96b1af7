using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Unilogin's values. Hovedgruppe and Hold are classes and teaching groups, so that feeds know them; the levels that are no number stand for school types.</summary>
internal static class UniloginVocabularies
{
    public static readonly string[] GroupTypes = ["Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp", "Årgang", "Retning", "SFO", "Team", "Andet"];

    public static Vocabularies Make() => new()
    {
        SchoolTypes = new("DT", "U1", "U2", "U3", "U4", "VU", "Andet"),
        GroupTypes = new(GroupTypes),
        DutyRoles = new("Lærer", "Pædagog", "Vikar", "Leder", "Ledelse", "TAP", "Konsulent", "Praktikant", "Ekstern"),
        Relations = new("Mor", "Far", "Andet", "Officielt tilknyttet person"),
    };
}

/// <summary>Numbers in the duty roles.</summary>
internal static class DutyRoles
{
    public const byte Trainee = 8;
    public const byte Extern = 9;
}
