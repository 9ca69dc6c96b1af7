using System.Collections;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Who may be handed on, and how they belong together: all that feeds are made from. Holds nobody else.</summary>
public sealed class Roster
{
    /// <summary>The chunk of texts that belong to persons, in the order of the persons.</summary>
    public const ushort PersonTexts = 0;

    /// <summary>The chunk of all other texts.</summary>
    public const ushort OtherTexts = 1;

    public TextHeap Texts { get; } = new();

    /// <summary>Values of the open enumerations by their number in this roster.</summary>
    public required RosterVocabulary Vocabulary { get; init; }

    public Table<RosterUnit> Units { get; init; } = new();

    public Table<RosterPerson> Persons { get; init; } = new();

    public Table<PersonUnit> StudentUnits { get; init; } = new();

    public Table<PersonUnit> StaffUnits { get; init; } = new();

    public Table<PersonIdentifier> Identifiers { get; init; } = new();

    public Table<Guardianship> Guardianships { get; init; } = new();

    public Table<RosterSyllabus> Syllabuses { get; init; } = new();

    public Table<RosterSection> Sections { get; init; } = new();

    /// <summary>Students of a section; in a staff group the staff.</summary>
    public Table<SectionPerson> Members { get; init; } = new();

    /// <summary>Who teaches a section, for classes and mentor groups the mentors too.</summary>
    public Table<SectionPerson> Teachers { get; init; } = new();

    /// <summary>Mentors of classes and mentor groups.</summary>
    public Table<SectionPerson> Mentors { get; init; } = new();

    /// <summary>By row of the persons: hashes, with the tenant's key, of what tells records of the same human. Empty in a roster of an earlier release.</summary>
    public Table<PersonIdentity> Identities { get; init; } = new();

    /// <summary>Ids of persons who are not protected, sorted, but leave targets by keys alone, because they answer for somebody who is.</summary>
    public Table<EntityId> KeysOnly { get; init; } = new();

    /// <summary>Ids of protected persons, sorted: nobody of them is in the tables above, and feeds tell by them why somebody is gone.</summary>
    public Table<EntityId> Protected { get; init; } = new();

    /// <summary>Of what targets keep what they have, since the source was not understood there.</summary>
    public Table<DoubtRow> Doubts { get; init; } = new();

    /// <summary>What would tell, of rows that were not understood and are not in the tables above, whose they are.</summary>
    public Table<UnreadMark> Unread { get; init; } = new();

    public ReadOnlySpan<byte> this[Text text] => Texts[text];

    /// <summary>The ids alone, side by side: for loops that look them up at random, millions of times.</summary>
    public EntityId[] PersonIds()
    {
        var ids = new EntityId[Persons.Count];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = Persons[row].Id;
        }

        return ids;
    }

    /// <inheritdoc cref="PersonIds"/>
    public EntityId[] SectionIds()
    {
        var ids = new EntityId[Sections.Count];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = Sections[row].Id;
        }

        return ids;
    }

    /// <summary>Of who and what is in which row: what goes by row numbers is of no roster with another sum, however many rows that has.</summary>
    public ulong RowsSum()
    {
        var sum = new XxHash3();
        foreach (ref readonly var person in Persons.Rows)
        {
            sum.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<EntityId>(in person.Id)));
        }

        foreach (ref readonly var section in Sections.Rows)
        {
            sum.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<EntityId>(in section.Id)));
        }

        return sum.GetCurrentHashAsUInt64();
    }

    /// <summary>By row of the sections: whether its type is one of these.</summary>
    public BitArray SectionsOf(IReadOnlyCollection<string> groupTypes)
    {
        var types = Vocabulary.GroupTypes.Select(groupTypes.Contains).ToArray();
        var sections = new BitArray(Sections.Count);
        for (var row = 0; row < Sections.Count; row++)
        {
            sections[row] = types[Sections[row].GroupType];
        }

        return sections;
    }
}

/// <summary>The open enumerations as a roster stores them.</summary>
public sealed record RosterVocabulary(
    IReadOnlyList<string> SchoolTypes, IReadOnlyList<string> GroupTypes, IReadOnlyList<string> DutyRoles, IReadOnlyList<string> IdentifierContexts)
{
    public static RosterVocabulary Of(Vocabularies source) =>
        new(source.SchoolTypes.Values, source.GroupTypes.Values, source.DutyRoles.Values, source.IdentifierContexts.Values);
}
