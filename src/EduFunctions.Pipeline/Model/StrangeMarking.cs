namespace EduFunctions.Pipeline.Model;

/// <summary>On whom a marking stands there: of so many persons it is asked how many bear one that nobody can read.</summary>
public enum MarkingPlace : byte
{
    /// <summary>Persons' own records, and whatever else may name anybody.</summary>
    Person,
    LookedUp,
    Responsible,
    Membership,
    Placement,
    Duty,
}

/// <summary>A marking that is not in the words of the standard.</summary>
/// <param name="Value">Which one it is and where, the same of everybody who bears it there.</param>
/// <param name="Property">What the source calls the property.</param>
/// <param name="Kind">What stands there, in a word for people: never the value.</param>
/// <param name="IsWorded">Whether it says in words of its own that somebody is protected; others nobody can read.</param>
public readonly record struct StrangeMarking(ulong Value, MarkingPlace Place, string Property, string Kind, bool IsWorded)
{
    /// <summary>What whoever bears it is taken for.</summary>
    public Marking Marking { get; init; } = Marking.Unknown;
}
