using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Puts a difference and its verdict into a plan.</summary>
/// <param name="held">The verdict while nobody has approved.</param>
/// <param name="released">The verdict when somebody has.</param>
internal sealed class PlanBuilder(RosterDifference difference, Verdict held, Verdict released)
{
    private const int SampleSize = 10;
    private const int MostPairs = 1000;

    private readonly XxHash128 _digest = new();
    private readonly List<string>[] _samples = [.. Enumerable.Range(0, ChangeCounts.Kinds.Count * 3).Select(_ => new List<string>())];

    public IReadOnlyList<PlannedDeletions> Deletions { get; init; } = [];

    private int Due => Deletions.Sum(rows => rows.Ids.Count);

    /// <summary>Of them those that go while nobody has approved.</summary>
    private int DueTonight => held.Holds.Any(hold => hold.IsWhole) ? 0 : held.Holds.Any(hold => hold.Code == HoldCode.Deletions) ? Deletions.Sum(rows => rows.Ids.Count - rows.New) : Due;

    /// <param name="name">Whose plan it is and against what; everything else is filled in.</param>
    /// <param name="forecast">The feed's own.</param>
    public DeliveryPlan Build(PlanName name, Func<FeedChanges, IReadOnlyList<string>> forecast)
    {
        Walk();
        var (keptNow, keptThen) = (held.Holds.Any(hold => hold.IsWhole) ? Everything() : held.Kept(), released.Kept());
        return new DeliveryPlan
        {
            Tenant = name.Tenant,
            Run = name.Run,
            Feed = name.Feed,
            Target = name.Target,
            Against = name.Against,
            Totals = [.. ChangeCounts.Kinds.Select(kind => PlannedRows.Of(kind, null, difference.Counts.Total(kind)))],
            Schools = Schools(),
            Samples = [.. ChangeCounts.Kinds.Select(kind => new PlannedSample(kind, Sample(kind, Change.Added), Sample(kind, Change.Changed), Sample(kind, Change.Removed)))],
            Digest = _digest.GetCurrentHashAsUInt128().ToString("x32", null),
            Holds = held.Holds,
            Notices = name.Notices.Concat(held.Notices).ToList() is { Count: > 0 } notices ? notices : null,
            Pairs = [.. held.Pairs.Take(MostPairs)],
            Ceiling = [.. ChangeCounts.Kinds.Select(kind => Ceiling(kind, keptNow[(int)kind], keptThen[(int)kind]))],
            Waiting = keptThen.Sum(kept => kept.Removed),
            Deletions = Due == 0 ? null : Deletions,
            Tonight = forecast(Changes(keptNow) with { Deleted = DueTonight }),
            WhenApproved = forecast(Changes(keptThen) with { Deleted = Due, PersonsRenamed = released.Pairs.Count(pair => pair.Kind < RowKind.Sections) }),
            WhenRefused = held.Holds.Count == 0 ? null : Arrivals.Forecast(held.Arrivals),
        };
    }

    private bool IsAgainstAnother => held.Holds.Any(hold => hold.Code == HoldCode.BaselineLost);

    private RowCounts[] Everything() => [.. ChangeCounts.Kinds.Select(kind => difference.Counts.Total(kind) with { Before = 0 })];

    private static PlannedRows Ceiling(RowKind kind, in RowCounts now, in RowCounts then) =>
        new(kind, null, now.Before, now.Added - then.Added, now.Changed - then.Changed, now.Removed - then.Removed);

    private FeedChanges Changes(RowCounts[] kept)
    {
        var (persons, sections) = (default(RowCounts), default(RowCounts));
        foreach (var kind in ChangeCounts.Kinds)
        {
            var (total, of) = (difference.Counts.Total(kind), kept[(int)kind]);
            var moving = new RowCounts { Added = total.Added - of.Added, Removed = total.Removed - of.Removed };
            if (kind < RowKind.Sections)
            {
                persons.Add(moving);
            }
            else if (kind == RowKind.Sections)
            {
                sections = moving;
            }
        }

        return new FeedChanges(persons.Added, persons.Removed, sections.Added, sections.Removed);
    }

    private List<PlannedRows> Schools()
    {
        var rows = new List<PlannedRows>();
        for (var school = 0; school < difference.Counts.Schools; school++)
        {
            var id = difference.UnitId(school);
            foreach (var kind in ChangeCounts.Kinds)
            {
                if (!difference.Counts[kind, school].IsSame)
                {
                    rows.Add(PlannedRows.Of(kind, id.IsNone ? null : id.ToString(), difference.Counts[kind, school]));
                }
            }
        }

        return rows;
    }

    private void Walk()
    {
        foreach (var rank in difference.PersonRows.Moving.Rows)
        {
            Note(difference.PersonRows[rank], difference.PersonId(rank), default, difference.PersonId(rank));
        }

        foreach (var rank in difference.SectionRows.Moving.Rows)
        {
            Note(difference.SectionRows[rank], difference.SectionId(rank), default, default);
        }

        NoteMembers(difference.Now, difference.AddedMembers, Change.Added);
        NoteMembers(difference.Before, difference.RemovedMembers, Change.Removed);
    }

    private void NoteMembers(RosterSide side, Table<int> rows, Change change)
    {
        foreach (var row in rows.Rows)
        {
            var member = side.Roster.Members[row];
            var person = side.Roster.Persons[member.Person].Id;
            Note(new RankedRow(change, RowKind.Memberships, default), side.Roster.Sections[member.Section].Id, person, person);
        }
    }

    private void Note(in RankedRow row, EntityId id, EntityId further, EntityId person)
    {
        _digest.Append([(byte)row.Kind, (byte)row.Change]);
        _digest.Append(MemoryMarshal.AsBytes<EntityId>([id, further]));
        var sample = Sample(row.Kind, row.Change);
        if (sample.Count < SampleSize && IsNameable(person))
        {
            sample.Add(further.IsNone ? id.ToString() : $"{id} {further}");
        }
    }

    /// <summary>
    /// Protected persons are counted, and those who leave with them. Against what is not the last delivery also whoever is there no more: it may have somebody
    /// protected under an id that nobody knows of any more.
    /// </summary>
    private bool IsNameable(EntityId person) =>
        difference.Now.Roster.Protected.Rows.BinarySearch(person) < 0 && difference.Now.Roster.KeysOnly.Rows.BinarySearch(person) < 0
        && (!IsAgainstAnother || (difference.FindPerson(person) is >= 0 and var rank && difference.Now.HasPerson(difference.Persons.Now(rank))));

    private List<string> Sample(RowKind kind, Change change) => _samples[((int)kind * 3) + (int)change - (int)Change.Added];
}

/// <summary>Whose plan it is.</summary>
internal sealed record PlanName(string Tenant, string Run, string Feed, string Target, DeliveredRoster? Against)
{
    /// <summary>What is to be told beside what the guard says.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];
}
