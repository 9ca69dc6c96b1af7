namespace EduFunctions.Pipeline.Protection;

/// <summary>A given or family name as a hash with its length.</summary>
/// <param name="IsHalf">Half of a double family name, which is a name of many others too.</param>
internal readonly record struct NameForm(ulong Hash, int Length, bool IsHalf = false);

/// <summary>The ways in which people write a name: whole, in part, and without the letters that an address of mail does not have.</summary>
internal sealed class NameForms(PhraseHash hash)
{
    private const int ShortestPart = 2;

    /// <summary>Words that stand in many names and are nobody's.</summary>
    private readonly HashSet<ulong> _particles =
        [.. "af al av bin da de del della den der di do dos du el i la le och og till van von y zu".Split(' ').Select(word => hash.Read(word).Hash)];

    /// <summary>The given name, and each where there are several.</summary>
    public IReadOnlyList<NameForm> OfGiven(string name) => Of(name, areHalves: false);

    /// <summary>The family name, and each half of a double one.</summary>
    public IReadOnlyList<NameForm> OfFamily(string name) => Of(name, areHalves: true);

    /// <summary>As it is, and as people write it who lack its letters.</summary>
    public static IEnumerable<string> Spellings(string name) => InSwedish(name).Prepend(InTwoLetters(name)).Prepend(name).Distinct();

    private List<NameForm> Of(string name, bool areHalves)
    {
        var forms = new List<NameForm>();
        foreach (var spelling in Spellings(name))
        {
            // Initials, single letters and figures are nobody's: what a register leaves of a name that it hides, or a year beside one.
            var (whole, words) = hash.Read(spelling);
            if (words.Any(word => word.Length >= ShortestPart))
            {
                forms.Add(new NameForm(whole, words.Sum(word => word.Length)));
                var parts = words.Count < 2 ? [] : words.Where(word => word.Length >= ShortestPart && !_particles.Contains(word.Hash));
                forms.AddRange(parts.Select(part => new NameForm(part.Hash, part.Length, areHalves)));
            }
        }

        return [.. forms.DistinctBy(form => form.Hash)];
    }

    /// <summary>As addresses write it where they do not just leave out dots and rings.</summary>
    private static string InTwoLetters(string name) => name
        .Replace("å", "aa", StringComparison.OrdinalIgnoreCase)
        .Replace("ä", "ae", StringComparison.OrdinalIgnoreCase)
        .Replace("ö", "oe", StringComparison.OrdinalIgnoreCase)
        .Replace("ø", "oe", StringComparison.OrdinalIgnoreCase)
        .Replace("ü", "ue", StringComparison.OrdinalIgnoreCase);

    /// <summary>As Swedes write a Danish or Norwegian name: Kjærgaard, Kjærgård, Kjärgård.</summary>
    private static IEnumerable<string> InSwedish(string name)
    {
        var withRing = name.Replace("aa", "å", StringComparison.OrdinalIgnoreCase);
        return [withRing, .. new[] { name, withRing }.Select(each => each.Replace("æ", "ä", StringComparison.OrdinalIgnoreCase))];
    }
}
