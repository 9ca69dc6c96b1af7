using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class PersonRules
{
    public static readonly Rule[] All =
    [
        new(Reason.PersonProtected, (d, row) => d.Data.Persons[row].StrictestMarking != Marking.Protected),
        new(Reason.PersonMarkingUnknown, (d, row) => IsMarkingKnown(d, d.Data.Persons[row])),
        new(Reason.PersonAbroad, (d, row) => (d.Data.Persons[row].Facts & (PersonFacts.Emigrated | PersonFacts.RegisteredAbroad)) == 0),
        new(Reason.PersonDeceased, (d, row) => (d.Data.Persons[row].Facts & PersonFacts.Deceased) == 0),
    ];

    /// <summary>A value nobody knows may be a new kind of protection, wherever it stands; a missing one is the tenant's choice.</summary>
    public static bool IsMarkingKnown(Decisions d, in PersonRow person) =>
        person.OwnMarking == Marking.Absent
            ? d.Settings.AcceptsAbsentMarking && person.StrictestMarking != Marking.Unknown
            : person.OwnMarking != Marking.Unknown && person.StrictestMarking != Marking.Unknown;
}
