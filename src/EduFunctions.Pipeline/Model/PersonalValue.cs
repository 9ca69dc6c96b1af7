namespace EduFunctions.Pipeline.Model;

/// <summary>Kinds of values by which somebody is recognised.</summary>
public enum PersonalKind : byte
{
    /// <summary>Given name and family name together.</summary>
    Name,
    Id,
    CivicNumber,
    UserName,
    Email,

    /// <summary>Of no school: families share them.</summary>
    PrivateEmail,
    Phone,
    Address,

    /// <summary>By which other systems know somebody: no key of a target.</summary>
    Identifier,

    /// <summary>What stands before the @ of a login or address, without the domain: somebody else may have the same in another.</summary>
    LocalPart,

    /// <summary>Looked for in nothing that leaves: it tells records of one human from those of a namesake.</summary>
    BirthDate,
}

/// <summary>Somebody who answers for a person.</summary>
public readonly record struct Companion(EntityId Person, EntityId Id);

/// <summary>What a source says of a person who turned out to be protected; kept to recognise it on its way out, and for nothing else.</summary>
/// <param name="FamilyName">Of a name; the value is the given one. Either may be empty where the other is the whole name.</param>
public readonly record struct PersonalValue(EntityId Person, PersonalKind Kind, string Value, string FamilyName = "");
