using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class PersonRules
{
    public static readonly RowRule Protected = new(10, "person.protected", (d, row) => d.Data.Persons[row].StrictestMarking != Marking.Protected)
    {
        Sentence = "The person has a protected identity",
        Advice = "Nothing, unless the marking is wrong: then the school register has to take it away.",
        Facts = judged => [("markedOn", MarkedOnOf(judged))],
    };

    public static readonly RowRule MarkingUnknown = new(11, "person.markingUnknown", (d, row) => IsMarkingKnown(d, d.Data.Persons[row]))
    {
        Sentence = "It is not known whether the person is protected",
        Advice = "Let the source say for every person whether there is a protection; a value that is new to the standard goes to the source's support.",
        Facts = judged => [("securityMarking", judged.OwnMarking == Marking.Absent ? "absent" : "unknown value")],
    };

    /// <summary>The country itself is part of an address, so it is not told.</summary>
    public static readonly RowRule Abroad = new(
        12, "person.abroad", (d, row) => (d.Data.Persons[row].Facts & (PersonFacts.Emigrated | PersonFacts.RegisteredAbroad)) == 0)
    {
        Sentence = "The person lives abroad",
        Advice = "Correct the registered address in the school register when the student has come back.",
        Roles = Roles.Student,
        Facts = judged =>
        [
            ("personStatus", judged.Facts.HasFlag(PersonFacts.Emigrated) ? "Utvandrad" : null),
            ("registeredAbroad", judged.Facts.HasFlag(PersonFacts.RegisteredAbroad) ? true : null),
        ],
    };

    /// <summary>A value nobody knows may be a new kind of protection, wherever it stands; a missing one is the tenant's choice.</summary>
    private static string MarkedOnOf(JudgedOn judged) => judged switch
    {
        { OwnMarking: Marking.Protected } => "person",
        { MarkedOn: MarkedOn.Earlier } => "earlier",
        { MarkedOn: MarkedOn.SharedIdentity } => "sharedIdentity",
        _ => "reference",
    };

    private static bool IsMarkingKnown(Decisions d, in PersonRow person) =>
        person.OwnMarking == Marking.Absent
            ? d.Settings.AcceptsAbsentMarking && person.StrictestMarking != Marking.Unknown
            : person.OwnMarking != Marking.Unknown && person.StrictestMarking != Marking.Unknown;
}
