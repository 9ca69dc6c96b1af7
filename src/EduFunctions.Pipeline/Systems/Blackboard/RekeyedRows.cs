using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>A file of known rows with other ids in it, in the order of its keys again. Those that change are few and wait in memory; the others pass by.</summary>
/// <param name="keys">Columns of the keys.</param>
/// <param name="persons">Columns that name a person.</param>
/// <param name="people">New ids of persons.</param>
/// <param name="records">New ids of the records themselves.</param>
internal sealed class RekeyedRows(
    int[] keys, int[] persons, Dictionary<EntityId, EntityId> people, Dictionary<EntityId, EntityId> records)
{
    private readonly List<byte[][]> _changed = [];
    private int _next;
    private byte[][]? _last;

    public void Collect(LearnFileReader reader)
    {
        while (reader.Read())
        {
            var row = Row(reader, out var hasChanged);
            if (hasChanged)
            {
                _changed.Add(row);
            }
        }

        _changed.Sort(Compare);
    }

    public void Write(LearnFileReader reader, CsvWriter csv)
    {
        while (reader.Read())
        {
            var row = Row(reader, out var hasChanged);
            if (!hasChanged)
            {
                WriteChanged(csv, before: row);
                Write(csv, row);
            }
        }

        WriteChanged(csv, before: null);
    }

    private void WriteChanged(CsvWriter csv, byte[][]? before)
    {
        while (_next < _changed.Count && (before is null || Compare(_changed[_next], before) < 0))
        {
            Write(csv, _changed[_next++]);
        }
    }

    /// <summary>Of two rows that have come to one key the first counts.</summary>
    private void Write(CsvWriter csv, byte[][] row)
    {
        if (_last is null || Compare(_last, row) != 0)
        {
            foreach (var value in row)
            {
                csv.Value(value);
            }

            csv.EndRow();
            _last = row;
        }
    }

    private byte[][] Row(LearnFileReader reader, out bool hasChanged)
    {
        var row = new byte[reader.Columns.Count][];
        hasChanged = false;
        for (var column = 0; column < row.Length; column++)
        {
            row[column] = reader[column].ToArray();
            var known = persons.Contains(column) ? people : keys.Contains(column) ? records : null;
            if (known is { Count: > 0 } && EntityId.TryFind(row[column], out var id) && known.TryGetValue(id, out var now))
            {
                row[column] = Encoding.UTF8.GetBytes(now.ToString());
                hasChanged = true;
            }
        }

        return row;
    }

    private int Compare(byte[][] one, byte[][] other)
    {
        foreach (var key in keys)
        {
            var order = one[key].AsSpan().SequenceCompareTo(other[key]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
