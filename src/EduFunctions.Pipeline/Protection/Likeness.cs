namespace EduFunctions.Pipeline.Protection;

/// <summary>In what a record may be like another one. Stored in memories by its number.</summary>
internal enum LikenessKind
{
    /// <summary>Given and family name together.</summary>
    Name = 1,
    GivenName,
    FamilyName,
    BirthDate,
    GivenNameAndBirthDate,

    /// <summary>What stands before the @ of a login or of a school's address, whatever the domain, or none.</summary>
    LocalPart,

    /// <summary>The same of letters and digits together, which is nobody's name.</summary>
    UserName,
    PrivateEmail,
    School,

    /// <summary>Who answers for the person, and for whom the person answers.</summary>
    Kin,

    /// <summary>A record that is like this one and was there beside it: somebody else's.</summary>
    Namesake,
}

/// <param name="Hash">With the memory's key.</param>
internal readonly record struct Likeness(LikenessKind Kind, ulong Hash);
