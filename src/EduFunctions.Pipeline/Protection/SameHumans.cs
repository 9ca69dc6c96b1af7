namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// One human may be remembered as several records: those that have a civic number or login in common, also by way of others. They leave the memory together,
/// or whoever stays would call the others back.
/// </summary>
internal static class SameHumans
{
    public static IReadOnlyList<IReadOnlyList<Remembered>> Of(IReadOnlyCollection<Remembered> people)
    {
        var (before, firsts) = (Enumerable.Range(0, people.Count).ToArray(), new Dictionary<ulong, int>());
        foreach (var (index, person) in people.Index())
        {
            foreach (var identity in person.Identities)
            {
                if (!firsts.TryAdd(identity, index))
                {
                    before[FirstOf(before, index)] = FirstOf(before, firsts[identity]);
                }
            }
        }

        return [.. people.Index().GroupBy(person => FirstOf(before, person.Index), person => person.Item).Select(human => human.ToList())];
    }

    /// <summary>Those of whom every record was handed out without a marking often enough.</summary>
    public static IReadOnlyList<IReadOnlyList<Remembered>> Due(IReadOnlyCollection<Remembered> people, int unprotectAfterRuns) =>
        people.Any(person => person.Clears >= unprotectAfterRuns)
            ? [.. Of(people).Where(human => human.All(person => person.Clears >= unprotectAfterRuns))]
            : [];

    /// <summary>Pulls that have handed out a human count for records of him or her that come to light, too.</summary>
    /// <param name="isCounted">Whether they are counted for a record already.</param>
    public static IEnumerable<Remembered> Counting(IReadOnlyCollection<Remembered> people, Func<Remembered, bool> isCounted) =>
        from human in Of(people)
        let clears = human.Where(isCounted).Select(person => person.Clears).DefaultIfEmpty().Min()
        from person in human
        select isCounted(person) ? person : person with { Clears = clears };

    private static int FirstOf(int[] before, int index)
    {
        while (before[index] != index)
        {
            index = before[index] = before[before[index]];
        }

        return index;
    }
}
