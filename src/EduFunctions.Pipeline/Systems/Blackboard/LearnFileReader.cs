using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Reads one of Learn's files by the names in its first row. Which delimiter it has shows there too, so settings may change between nights.</summary>
internal sealed class LearnFileReader
{
    private const int LongestFirstColumn = 64;

    private readonly CsvReader _csv;

    public LearnFileReader(Stream stream)
    {
        var start = new byte[LongestFirstColumn];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var mark = Encoding.UTF8.Preamble;
        stream.Position = start.AsSpan().StartsWith(mark) ? mark.Length : 0;
        var name = start.AsSpan((int)stream.Position, length - (int)stream.Position);
        var end = name.IndexOfAnyExceptInRange((byte)'_', (byte)'z');
        Delimiter = end < 0 ? (byte)'|' : name[end];
        _csv = new CsvReader(stream, Delimiter);
        _csv.Read();
        Columns = [.. Enumerable.Range(0, _csv.Count).Select(column => Encoding.UTF8.GetString(_csv[column]))];
    }

    public byte Delimiter { get; }

    public IReadOnlyList<string> Columns { get; }

    public ReadOnlySpan<byte> this[int column] => _csv[column];

    /// <summary>The number of a column, -1 when the file does not have it.</summary>
    public int Find(string column)
    {
        for (var number = 0; number < Columns.Count; number++)
        {
            if (Columns[number] == column)
            {
                return number;
            }
        }

        return -1;
    }

    public bool Read() => _csv.Read();
}
