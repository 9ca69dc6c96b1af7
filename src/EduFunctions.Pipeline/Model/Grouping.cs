namespace EduFunctions.Pipeline.Model;

/// <summary>Rows by the number of what they belong to, in two arrays instead of a list for each. Keeps the order of the rows.</summary>
public sealed class Grouping
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    /// <param name="groups">Number of groups.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="groupOf">The group of a row, -1 for none.</param>
    public Grouping(int groups, int rows, Func<int, int> groupOf)
    {
        _starts = new int[groups + 1];
        for (var row = 0; row < rows; row++)
        {
            if (groupOf(row) is >= 0 and var group)
            {
                _starts[group + 1]++;
            }
        }

        for (var group = 0; group < groups; group++)
        {
            _starts[group + 1] += _starts[group];
        }

        _rows = new int[_starts[groups]];
        var next = _starts.AsSpan(0, groups).ToArray();
        for (var row = 0; row < rows; row++)
        {
            if (groupOf(row) is >= 0 and var group)
            {
                _rows[next[group]++] = row;
            }
        }
    }

    /// <summary>All rows that belong to something, group by group.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Where a group begins among the rows.</summary>
    public int Start(int group) => _starts[group];

    public ReadOnlySpan<int> this[int group] => _rows.AsSpan(_starts[group], _starts[group + 1] - _starts[group]);
}
