using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Settles who has a text that a target wants no two people to have, in whatever case: who was delivered with it, else staff before students before guardians,
/// then the lowest id. The same for all targets, so that it comes out the same every night.
/// </summary>
internal sealed class UniqueTexts(Roster roster, Holders holders)
{
    private readonly List<UniqueValue> _values = [];

    /// <summary>By row of the persons: whose text somebody else has.</summary>
    public BitArray Contested { get; } = new(roster.Persons.Count);

    /// <param name="reader">Makes a reader of the texts of those who are wanted.</param>
    /// <returns>Rows of those who have to go without.</returns>
    public IReadOnlyList<int> Settle(Func<SharedTexts.Reader> reader)
    {
        var (losers, read) = (new List<int>(), reader());
        foreach (var same in SharedTexts.Find(roster.Persons.Count, reader))
        {
            var keeps = same.Where(row => holders.Has(roster.Persons[row].Id, (ulong)CaseFold.Hash(read(row))))
                .Concat(same.OrderBy(row => Rank(roster.Persons[row].Roles))).First();
            losers.AddRange(same.Where(row => row != keeps));
        }

        losers.Sort();
        losers.ForEach(row => Contested[row] = true);
        return losers;
    }

    /// <summary>
    /// For a target that knows of a record that left by its key alone, and keeps its text: who of tonight has such a text, all of whom are remembered for the
    /// nights to come.
    /// </summary>
    /// <inheritdoc cref="Settle"/>
    public IReadOnlyList<int> FindKept(Func<SharedTexts.Reader> reader)
    {
        var kept = new HashSet<ulong>();
        foreach (var person in new Leavers(roster).InOrder)
        {
            if (holders.Find(person) is { } value)
            {
                kept.Add(value);
                _values.Add(new UniqueValue(Movement.KeyOf(person), value));
            }
        }

        var read = kept.Count == 0 ? null : reader();
        return read is null ? [] : [.. Enumerable.Range(0, roster.Persons.Count).Where(row => read(row) is { IsEmpty: false } text && kept.Contains((ulong)CaseFold.Hash(text)))];
    }

    /// <summary>What is chosen, with what the nights to come have to know of it.</summary>
    /// <param name="reader">Of the texts of those who are in it.</param>
    public FeedSelection Complete(FeedSelection selection, Func<SharedTexts.Reader> reader)
    {
        var read = reader();
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (selection.Persons[row] && !Contested[row] && read(row) is { IsEmpty: false } text)
            {
                _values.Add(new UniqueValue(Movement.KeyOf(roster.Persons[row].Id), (ulong)CaseFold.Hash(text)));
            }
        }

        return selection with { Contested = Contested, Values = _values };
    }

    private static int Rank(Roles roles) => (roles & Roles.Staff) != 0 ? 0 : (roles & Roles.Student) != 0 ? 1 : 2;
}
