using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Who of a tenant was ever protected and has not been taken back by the register. Whatever a run decides, sends or tells is judged by this and not by
/// the markings of one pull (docs/data-protection.md).
/// </summary>
/// <param name="key">Makes the hashes of this tenant unlike those of another.</param>
/// <param name="run">The run that changed it last, so that a repeated stage counts once.</param>
public sealed class ProtectionMemory(ulong key, string run)
{
    private readonly SortedDictionary<EntityId, Remembered> _people = [];

    /// <summary>Whom the delivered rosters were searched for last (<see cref="Digest"/>); 0 for nobody.</summary>
    internal ulong LookedFor { get; init; }

    public int Count => _people.Count;

    internal ulong Key { get; } = key;

    internal string Run { get; } = run;

    /// <summary>How many the register has taken back, by day, as far as the nights to come have to count them.</summary>
    internal IReadOnlyList<TakenBack> TakenBack { get; init; } = [];

    /// <summary>Runs of which no record is left, and which were read all the same when this was made anew.</summary>
    internal IReadOnlyCollection<string> Unrecorded { get; init; } = [];

    internal IReadOnlyCollection<Remembered> People => _people.Values;

    internal IEnumerable<ulong> Identities => _people.Values.SelectMany(person => person.Identities);

    public bool Has(EntityId id) => _people.ContainsKey(id);

    /// <summary>Whether all that earlier pulls say of somebody is in it: not of one that was made anew, which no run has written yet.</summary>
    internal bool HasRead(EntityId id) => Run.Length > 0 && Has(id);

    internal Remembered? Find(EntityId id) => _people.GetValueOrDefault(id);

    internal void Set(Remembered person) => _people[person.Id] = person;

    /// <summary>The same, last changed by another run.</summary>
    internal ProtectionMemory As(string run) => Copy(run, _ => true);

    /// <summary>The same without some, whom an operator has released or a purge takes out.</summary>
    internal ProtectionMemory Without(Predicate<Remembered> isGone) => Copy(Run, person => !isGone(person));

    /// <summary>The same without a trace of somebody.</summary>
    internal ProtectionMemory Forgetting(EntityId id)
    {
        var (rest, likenesses) = (Without(person => person.Id == id), new Likenesses(Key));
        foreach (var person in rest._people.Values)
        {
            person.Companions.Remove(id);
            person.Likenesses.Remove(likenesses.Of(LikenessKind.Kin, id));
            person.Likenesses.Remove(likenesses.Of(LikenessKind.Namesake, id));
        }

        return rest;
    }

    /// <summary>Says by one number who somebody may be found as: by ids, civic numbers and logins. 0 for nobody.</summary>
    internal static ulong Digest(IReadOnlyCollection<Remembered> people)
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes<EntityId>(people.Select(person => person.Id).Order().ToArray()));
        hash.Append(MemoryMarshal.AsBytes<ulong>(people.SelectMany(person => person.Identities).Distinct().Order().ToArray()));
        return people.Count == 0 ? 0 : hash.GetCurrentHashAsUInt64();
    }

    private ProtectionMemory Copy(string run, Func<Remembered, bool> isWanted)
    {
        var copy = new ProtectionMemory(Key, run) { LookedFor = LookedFor, TakenBack = TakenBack, Unrecorded = Unrecorded };
        foreach (var person in _people.Values.Where(isWanted))
        {
            copy.Set(person);
        }

        return copy;
    }
}

/// <param name="Day">Number of the day of the run.</param>
internal readonly record struct TakenBack(int Day, int Count);
