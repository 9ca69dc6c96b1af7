namespace EduFunctions.Pipeline.Rosters;

/// <summary>Gives rows their places by owner: once all are counted, each is put where it belongs, and none is ever held twice.</summary>
internal sealed class OwnerPlaces(int owners)
{
    /// <summary>By owner: how many are counted, then the next place.</summary>
    private readonly int[] _next = new int[owners];

    public void Count(int owner) => _next[owner]++;

    /// <summary>Ends the counting.</summary>
    /// <returns>The number of rows.</returns>
    public int Sum()
    {
        var start = 0;
        foreach (ref var next in _next.AsSpan())
        {
            (next, start) = (start, start + next);
        }

        return start;
    }

    public int Take(int owner) => _next[owner]++;
}
