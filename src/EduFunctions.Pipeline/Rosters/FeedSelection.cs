using System.Collections;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <param name="Persons">By row of the roster's persons: whether the feed has them.</param>
/// <param name="Sections">By row of the roster's sections: whether the feed has them.</param>
/// <param name="Findings">Who was left out, and other things worth a registrar's look.</param>
public sealed record FeedSelection(BitArray Persons, BitArray Sections, FindingLog Findings)
{
    /// <summary>What the roster of a stored one says of its rows (<see cref="Roster.RowsSum"/>); null in what an earlier release has stored.</summary>
    public ulong? RosterSum { get; init; }

    /// <summary>Whether it is of this roster: not when that was made anew, by what is known of the protected since.</summary>
    public bool IsOf(Roster roster) =>
        Persons.Count == roster.Persons.Count && Sections.Count == roster.Sections.Count && (RosterSum is null || RosterSum == roster.RowsSum());

    /// <summary>By row of the persons: who has a login or address that somebody else keeps; in the feed without it, or not at all. Null where none was looked for.</summary>
    public BitArray? Contested { get; init; }

    /// <summary>By row of the persons: who stays although the feed would not choose them by today's settings. Null for nobody.</summary>
    public BitArray? Excused { get; init; }

    /// <summary>Who has which unique value in it.</summary>
    public IReadOnlyList<UniqueValue> Values { get; init; } = [];

    /// <summary>By setting that adds records, or decides by what they are known: how many of them are in it (<see cref="FeedParts"/>).</summary>
    public IReadOnlyDictionary<string, int> Extras { get; init; } = new Dictionary<string, int>();

    /// <summary>By setting that decides when the target deletes for good who has left: what it is.</summary>
    public IReadOnlyDictionary<string, int> Terms { get; init; } = new Dictionary<string, int>();

    /// <summary>What has left the feed lately and is not back, come and is still there, or changed, up to the delivery that the selection is of.</summary>
    public IReadOnlyList<Movement> Movements { get; init; } = [];

    /// <summary>Who has left the feed lately, is not back, and may be at the target all the same; none where the target keeps nobody who leaves.</summary>
    public IReadOnlyList<LeftPerson> Left { get; init; } = [];

    /// <summary>What has come into the feed while something beside it was held, and is held still; counted like what has moved.</summary>
    public IReadOnlyList<Movement> Arrivals { get; init; } = [];
}
