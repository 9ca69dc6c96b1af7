using System.Collections;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>How a row gets into the feed.</summary>
public enum Fate : byte
{
    /// <summary>As tonight has it, which may be not at all.</summary>
    AsNow,

    /// <summary>As it was delivered last.</summary>
    AsBefore,

    /// <summary>Not yet, although tonight has it.</summary>
    NotYet,
}

/// <summary>What the guard lets through and what it keeps.</summary>
internal sealed class Verdict(RosterDifference difference)
{
    /// <summary>By rank.</summary>
    public Fate[] Persons { get; } = new Fate[difference.Persons.Count];

    /// <summary>By rank.</summary>
    public Fate[] Sections { get; } = new Fate[difference.Sections.Count];

    /// <summary>By place among the removed members: whether the row stays for its own sake.</summary>
    public BitArray Members { get; } = new(difference.RemovedMembers.Count);

    /// <summary>Rows of tonight's members that do not come yet, although their section and person are there.</summary>
    public HashSet<int> LateMembers { get; } = [];

    /// <summary>What stays since it was not understood; null when all was.</summary>
    public DoubtedRows? Doubts { get; } = DoubtedRows.Of(difference);

    /// <summary>Rows under new ids that were not understood; whoever goes may be one of them.</summary>
    public UnreadStrangers Strangers { get; } = new(difference);

    public List<Hold> Holds { get; } = [];

    public List<IdPair> Pairs { get; } = [];

    /// <summary>What goes through and should be known.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>What has moved in the feed lately, tonight's included.</summary>
    public IReadOnlyList<Movement> Movements { get; set; } = [];

    /// <summary>What has come into the feed where something is held, and would be taken back if an operator refuses it.</summary>
    public IReadOnlyList<Movement> Arrivals { get; set; } = [];

    /// <summary>What is missing, though perhaps not for long enough.</summary>
    public Absences Absences { get; set; } = Absences.None;

    public bool KeepsNothing =>
        !Persons.AsSpan().ContainsAnyExcept(Fate.AsNow) && !Sections.AsSpan().ContainsAnyExcept(Fate.AsNow) && !Members.HasAnySet() && LateMembers.Count == 0;

    /// <summary>Whether one of the removed members stays: for its own sake, or because its section or person does and the other is there.</summary>
    public bool KeepsMember(int at)
    {
        var member = difference.Before.Roster.Members[difference.RemovedMembers[at]];
        var (section, person) = (difference.Sections.RankBefore[member.Section], difference.Persons.RankBefore[member.Person]);
        var (isSectionRemoved, isPersonRemoved) =
            (difference.SectionRows[section].Change == Change.Removed, difference.PersonRows[person].Change == Change.Removed);
        return Members[at]
            || ((isSectionRemoved || isPersonRemoved)
                && (!isSectionRemoved || Sections[section] == Fate.AsBefore)
                && (!isPersonRemoved || Persons[person] == Fate.AsBefore));
    }

    /// <summary>By kind: how many rows do not move.</summary>
    public RowCounts[] Kept()
    {
        var kept = new RowCounts[ChangeCounts.Kinds.Count];
        Count(kept, difference.PersonRows, Persons);
        Count(kept, difference.SectionRows, Sections);
        for (var at = 0; at < difference.RemovedMembers.Count; at++)
        {
            kept[(int)RowKind.Memberships].Removed += KeepsMember(at) ? 1 : 0;
        }

        kept[(int)RowKind.Memberships].Added += LateMembers.Count;

        return kept;
    }

    private static void Count(RowCounts[] kept, RankedRows rows, Fate[] fates)
    {
        foreach (var rank in rows.Moving.Rows)
        {
            if (fates[rank] != Fate.AsNow)
            {
                kept[(int)rows[rank].Kind].Count(rows[rank].Change);
            }
        }
    }
}
