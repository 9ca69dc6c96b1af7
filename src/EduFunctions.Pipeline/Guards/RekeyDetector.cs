using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Finds who goes and comes again under a new id: the same civic number, principal name or e-mail, the same birth date with one name, or the same names at the
/// same school, or the same number without zeros at its beginning; for sections the same school with the same name, type and syllabus, or the same people.
/// What fits more than one is no pair, and neither is whoever is given another one's login or mail: an account with all that is in it must not become
/// somebody else's.
/// </summary>
internal sealed class RekeyDetector(RosterDifference difference)
{
    private const int Ambiguous = -1;
    private const int BirthDateDigits = 8;
    private const int FewPeople = 3;

    private readonly XxHash128 _hash = new();

    private readonly ColumnComparison _columns = new(difference);

    private delegate UInt128? KeyOf(RosterSide side, int row, in RankedRow ranked);

    /// <summary>Pairs of ranks.</summary>
    /// <param name="mayPair">Which of the removed may have come again.</param>
    public List<(int Removed, int Added)> Persons(Predicate<int> mayPair) =>
        Pairs(difference.PersonRows, difference.Persons, mayPair, PersonKeys, (key, removed, added) => IsLent(key) && _columns.IsOtherPerson(removed, added));

    /// <inheritdoc cref="Persons"/>
    public List<(int Removed, int Added)> Sections(Predicate<int> mayPair) =>
        Pairs(difference.SectionRows, difference.Sections, mayPair, [ByNumberOfGroup, BySectionAtSchool, ByPeople], (_, _, _) => false);

    private KeyOf[] PersonKeys => [ByNumber, ByCivicNumber, ByIdentity, ByPrincipalName, ByEmail, ByBirthDateAndGivenName, ByBirthDateAndFamilyName, ByNameAtSchool];

    /// <summary>What is given to others when its holder leaves.</summary>
    private bool IsLent(KeyOf key) => key == ByPrincipalName || key == ByEmail;

    /// <summary>Of those who come: who is there under another id too, and was before.</summary>
    /// <param name="isUnread">By rank: who is as before since the source was not understood.</param>
    public List<int> Doubles(IReadOnlyList<int> coming, Predicate<int> isUnread) => Doubles(coming, isUnread, PersonKeys);

    /// <summary>Of those who come: who has the names of somebody who is there under another id, at whatever school, and was before.</summary>
    /// <inheritdoc cref="Doubles(IReadOnlyList{int}, Predicate{int})"/>
    public List<int> Namesakes(IReadOnlyList<int> coming, Predicate<int> isUnread) => coming.Count == 0 ? [] : Doubles(coming, isUnread, [ByNames]);

    private List<int> Doubles(IReadOnlyList<int> coming, Predicate<int> isUnread, KeyOf[] keys)
    {
        var (ranks, open) = (difference.Persons, coming.ToHashSet());
        var there = Enumerable.Range(0, ranks.Count)
            .Where(rank => isUnread(rank) || (difference.PersonRows[rank].Change is Change.Same or Change.Changed && difference.Now.HasPerson(ranks.Now(rank)))).ToList();
        foreach (var key in keys)
        {
            var known = ByKey(there, rank => isUnread(rank)
                ? key(difference.Before, ranks.Before(rank), difference.PersonRows[rank])
                : key(difference.Now, ranks.Now(rank), difference.PersonRows[rank]));
            var now = ByKey([.. open], rank => key(difference.Now, ranks.Now(rank), difference.PersonRows[rank]));
            open.ExceptWith(now.Where(entry => entry.Value != Ambiguous && known.GetValueOrDefault(entry.Key, Ambiguous) != Ambiguous).Select(entry => entry.Value));
        }

        return [.. coming.Where(rank => !open.Contains(rank))];
    }

    private List<(int Removed, int Added)> Pairs(RankedRows rows, Alignment ranks, Predicate<int> mayPair, KeyOf[] keys, Func<KeyOf, int, int, bool> isOther)
    {
        var (removed, added) = (new List<int>(), new List<int>());
        foreach (var rank in rows.Moving.Rows)
        {
            if (rows[rank].Change == Change.Removed && mayPair(rank))
            {
                removed.Add(rank);
            }
            else if (rows[rank].Change == Change.Added)
            {
                added.Add(rank);
            }
        }

        var pairs = new List<(int Removed, int Added)>();
        foreach (var key in removed.Count == 0 || added.Count == 0 ? [] : keys)
        {
            var now = ByKey(added, rank => key(difference.Now, ranks.Now(rank), rows[rank]));
            foreach (var (value, rank) in ByKey(removed, rank => key(difference.Before, ranks.Before(rank), rows[rank])))
            {
                if (rank != Ambiguous && now.GetValueOrDefault(value, Ambiguous) is not Ambiguous and var other && !isOther(key, rank, other))
                {
                    pairs.Add((rank, other));
                }
            }

            var paired = pairs.SelectMany(pair => new[] { pair.Removed, pair.Added }).ToHashSet();
            removed.RemoveAll(paired.Contains);
            added.RemoveAll(paired.Contains);
        }

        pairs.Sort();
        return pairs;
    }

    private static Dictionary<UInt128, int> ByKey(List<int> ranks, Func<int, UInt128?> keyOf)
    {
        var byKey = new Dictionary<UInt128, int>();
        foreach (var rank in ranks)
        {
            if (keyOf(rank) is { } key && !byKey.TryAdd(key, rank))
            {
                byKey[key] = Ambiguous;
            }
        }

        return byKey;
    }

    private UInt128? ByNumber(RosterSide side, int row, in RankedRow ranked) =>
        LeadingZeros.IsNumber(side.Roster.Persons[row].Id) ? Of([LeadingZeros.Without(side.Roster.Persons[row].Id)]).Key() : null;

    private UInt128? ByNumberOfGroup(RosterSide side, int row, in RankedRow ranked)
    {
        ref readonly var section = ref side.Roster.Sections[row];
        return LeadingZeros.IsNumber(section.Group) ? Of([LeadingZeros.Without(section.Group)]).Of(side.Roster[section.Name]).Key() : null;
    }

    private UInt128? ByCivicNumber(RosterSide side, int row, in RankedRow ranked) => ByMark(side, ranked, side.Roster.Persons[row].Texts.CivicNumber);

    /// <summary>Of a civic number that is not handed on.</summary>
    private UInt128? ByIdentity(RosterSide side, int row, in RankedRow ranked) =>
        side.Roster.Identities.Count > row && side.Roster.Identities[row].CivicNumber is not 0 and var hash
            ? Of((int)ranked.Kind).Of(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash))).Key()
            : null;

    private UInt128? ByNames(RosterSide side, int row, in RankedRow ranked)
    {
        ref readonly var person = ref side.Roster.Persons[row];
        return person.Texts.GivenName.IsEmpty || person.Texts.FamilyName.IsEmpty ? null
            : Of((int)ranked.Kind).Of(side.Roster[person.Texts.GivenName]).Of(side.Roster[person.Texts.FamilyName]).Key();
    }

    private UInt128? ByPrincipalName(RosterSide side, int row, in RankedRow ranked) => ByMark(side, ranked, side.Roster.Persons[row].Texts.PrincipalName);

    private UInt128? ByEmail(RosterSide side, int row, in RankedRow ranked)
    {
        ref readonly var person = ref side.Roster.Persons[row];
        return ByMark(side, ranked, ranked.Kind switch
        {
            RowKind.Staff => person.Texts.StaffEmail,
            RowKind.Students => person.Texts.StudentEmail,
            _ => person.Texts.PrivateEmail,
        });
    }

    private UInt128? ByMark(RosterSide side, in RankedRow ranked, Text mark) => mark.IsEmpty ? null : Of((int)ranked.Kind).Of(side.Roster[mark]).Key();

    private UInt128? ByBirthDateAndGivenName(RosterSide side, int row, in RankedRow ranked) => ByBirthDate(side, row, ranked, side.Roster.Persons[row].Texts.GivenName);

    private UInt128? ByBirthDateAndFamilyName(RosterSide side, int row, in RankedRow ranked) => ByBirthDate(side, row, ranked, side.Roster.Persons[row].Texts.FamilyName);

    private UInt128? ByBirthDate(RosterSide side, int row, in RankedRow ranked, Text name) =>
        BirthDate(side, row).Length < BirthDateDigits || name.IsEmpty ? null
        : Of((int)ranked.Kind).Of(BirthDate(side, row)).Of(side.Roster[name]).Of(ranked.School).Key();

    private UInt128? ByNameAtSchool(RosterSide side, int row, in RankedRow ranked)
    {
        ref readonly var person = ref side.Roster.Persons[row];
        return Of((int)ranked.Kind).Of(side.Roster[person.Texts.GivenName]).Of(side.Roster[person.Texts.FamilyName])
            .Of(BirthDate(side, row)).Of(ranked.School).Key();
    }

    private static ReadOnlySpan<byte> BirthDate(RosterSide side, int row)
    {
        var civicNumber = side.Roster[side.Roster.Persons[row].Texts.CivicNumber];
        return civicNumber[..Math.Min(BirthDateDigits, civicNumber.Length)];
    }

    private UInt128? BySectionAtSchool(RosterSide side, int row, in RankedRow ranked)
    {
        ref readonly var section = ref side.Roster.Sections[row];
        var syllabus = section.Syllabus < 0 ? default : side.Roster.Syllabuses[section.Syllabus];
        return Of(side.Roster[section.Name])
            .Of(Encoding.UTF8.GetBytes(side.Roster.Vocabulary.GroupTypes[section.GroupType]))
            .Of(side.Roster[syllabus.SubjectCode]).Of(side.Roster[syllabus.CourseCode])
            .Of(ranked.School).Key();
    }

    private UInt128? ByPeople(RosterSide side, int row, in RankedRow ranked)
    {
        var members = side.Members(row);
        if (members.Length < FewPeople)
        {
            return null;
        }

        Of(Encoding.UTF8.GetBytes(side.Roster.Vocabulary.GroupTypes[side.Roster.Sections[row].GroupType])).Of(ranked.School);
        foreach (var member in members)
        {
            Of([side.Roster.Persons[member.Person].Id]);
        }

        return Key();
    }

    private RekeyDetector Of(ReadOnlySpan<EntityId> ids) => Of(MemoryMarshal.AsBytes(ids));

    private RekeyDetector Of(int number) => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));

    /// <summary>With its length, so that two values never run into one.</summary>
    private RekeyDetector Of(ReadOnlySpan<byte> value)
    {
        var length = value.Length;
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
        _hash.Append(value);
        return this;
    }

    private UInt128 Key()
    {
        var key = _hash.GetCurrentHashAsUInt128();
        _hash.Reset();
        return key;
    }
}
