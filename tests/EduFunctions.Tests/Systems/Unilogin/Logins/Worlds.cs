using EduFunctions.Simulators.Unilogin.Logins;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

/// <summary>A small Danish municipality with two institutions, and one next to it.</summary>
internal static class Worlds
{
    public const string North = "999001";
    public const string South = "999002";

    /// <summary>Of another municipality.</summary>
    public const string Elsewhere = "999777";

    /// <summary>Student in the north.</summary>
    public const string Ida = "idap0001";

    /// <summary>Her mother, teacher in the south.</summary>
    public const string Mia = "miap0002";

    /// <summary>Her father, known as a contact alone.</summary>
    public const string Ole = "olep0003";

    public const string IdasNumber = "7102130006";

    public static LookupWorld Skovby() => new()
    {
        Institutions = { new(North, "Nordskolen"), new(South, "Sydskolen"), new(Elsewhere, "Naboskolen") },
        Groups =
        {
            new(North, "H-7A", "7.A", "Hovedgruppe", "7"),
            new(North, "HOLD-MAT7", "Matematik 7", "Hold"),
            new(North, "SFO-1", "Skovsneglen", "SFO"),
            new(South, "H-3B", "3.B", "Hovedgruppe", "3"),
        },
        Users =
        {
            new(North, Ida, "Ida Prøve", "elev", ["Elev"], "H-7A", "7") { Groups = ["HOLD-MAT7", "SFO-1"] },
            new(North, "carl0004", "Carl Kammerat", "elev", ["Elev"], "H-7A", "7") { Groups = ["HOLD-MAT7"] },
            new(South, Mia, "Mia Prøve", "ansat", ["Lærer", "Leder"]) { Groups = ["H-3B"] },
            new(Elsewhere, Mia, "Mia Prøve", "ansat", ["Vikar"]),
        },
        Contacts =
        {
            new(North, Ida, Mia, "Mia Prøve", "Mor", AccessLevel: 1),
            new(North, Ida, Ole, "Ole Prøve", "Far", Verified: 0),
        },
        CivicNumbers = { [Ida] = IdasNumber, [Ole] = "6105050005" },
    };

    /// <summary>Changes what somebody is at a school; what it was before.</summary>
    public static WorldUser Move(this LookupWorld world, string userId, Func<WorldUser, WorldUser> change)
    {
        var at = world.Users.FindIndex(user => user.Id == userId);
        var before = world.Users[at];
        world.Users[at] = change(before);
        return before;
    }
}
