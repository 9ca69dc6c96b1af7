namespace EduFunctions.Pipeline.Probing;

/// <summary>How often something holds in the rows, and by property how often it does not.</summary>
internal sealed class RowTally
{
    private readonly SortedDictionary<string, int> _bad = new(StringComparer.Ordinal);

    public int Good { get; private set; }

    public int Bad { get; private set; }

    public int All => Good + Bad;

    public void Count(bool isGood, string place)
    {
        if (isGood)
        {
            Good++;
            return;
        }

        Bad++;
        _bad[place] = _bad.GetValueOrDefault(place) + 1;
    }

    /// <param name="what">Of what, in the plural.</param>
    public ProbeVerdict Judge(string what) => All == 0 ? ProbeVerdict.Unseen($"no {what} came") : ProbeVerdict.If(Bad == 0, Seen(what));

    private string Seen(string what) => Bad == 0
        ? $"{All} {what}"
        : $"{Bad} of {All} {what} are not so: {string.Join(", ", _bad.Select(place => $"{place.Key} {place.Value}"))}";
}
