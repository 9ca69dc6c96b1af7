using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>An institution's groups by their ids, also in another case where that can mean one of them alone.</summary>
internal sealed class GroupsById
{
    private const int Several = -2;

    private readonly Dictionary<EntityId, int> _rows = [];
    private readonly Lazy<Dictionary<string, int>> _inAnyCase;

    public GroupsById(EntityTable<GroupRow> groups)
    {
        for (var row = 0; row < groups.Count; row++)
        {
            _rows[groups.Id(row)] = row;
        }

        _inAnyCase = new Lazy<Dictionary<string, int>>(() => _rows.GroupBy(row => row.Key.ToString(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.Count() == 1 ? same.Single().Value : Several, StringComparer.OrdinalIgnoreCase));
    }

    /// <returns>The row; -1 when there is none.</returns>
    public int Find(EntityId id, out bool isRespelled)
    {
        isRespelled = false;
        if (_rows.TryGetValue(id, out var row))
        {
            return row;
        }

        isRespelled = _inAnyCase.Value.TryGetValue(id.ToString(), out row) && row != Several;
        return isRespelled ? row : -1;
    }
}
