using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>
/// The earlier roster that was read last, and how it compares with tonight's. A tenant's feeds mostly share both, and at a million persons each roster
/// is a fifth of a gigabyte: so never more than one is kept.
/// </summary>
public sealed class EarlierRosters(RosterStore rosters)
{
    private string? _path;
    private Roster? _roster;
    private RosterPair? _pair;

    /// <summary>Null when there is none.</summary>
    public async Task<Roster?> FindAsync(string path, CancellationToken ct)
    {
        if (_path != path || _roster is null)
        {
            (_path, _roster, _pair) = (null, null, null);
            _roster = await rosters.FindAsync(path, ct);
            _path = path;
        }

        return _roster;
    }

    internal RosterPair PairOf(Roster before, Roster now) =>
        _pair is { } pair && pair.Before.Roster == before && pair.Now.Roster == now ? pair : _pair = new RosterPair(before, now);
}
