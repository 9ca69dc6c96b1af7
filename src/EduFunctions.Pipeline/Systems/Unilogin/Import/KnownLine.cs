using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>A group or person that the receiver may have.</summary>
/// <param name="Person">The id by the register, by which it is known who turns out to be protected; empty for a group, and where an earlier version did not keep it.</param>
/// <param name="First">First line of it in the file that was sent, 0 when it is not in there.</param>
/// <param name="Last">Its last line there.</param>
internal sealed record KnownLine(bool IsGroup, string Id, UInt128 Hash, string Person = "", int First = 0, int Last = 0)
{
    private const string GroupWord = "group";
    private const string PersonWord = "person";

    private static readonly CsvFormat Format = CsvFormat.Bare((byte)'\t');

    public bool IsSent => First > 0;

    public bool Stands(int line) => line >= First && line <= Last;

    public static CsvWriter Open(Stream stream) => new(stream, Format);

    /// <summary>The values of each line.</summary>
    public static IEnumerable<string[]> Read(Stream stream)
    {
        var lines = new LineReader(stream);
        while (lines.Read())
        {
            yield return Encoding.UTF8.GetString(lines.Current).Split('\t');
        }
    }

    public static KnownLine Parse(string[] values) => new(
        values[0] == GroupWord, values[1], UInt128.Parse(values[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        values.Length > 5 ? values[5] : "", int.Parse(values[3], CultureInfo.InvariantCulture), int.Parse(values[4], CultureInfo.InvariantCulture));

    public static void Write(CsvWriter rows, IEnumerable<KnownLine> lines)
    {
        foreach (var line in lines)
        {
            line.Write(rows);
        }
    }

    public static void Write(CsvWriter rows, params IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            rows.Value(Encoding.UTF8.GetBytes(value));
        }

        rows.EndRow();
    }

    private void Write(CsvWriter rows) => Write(
        rows, IsGroup ? GroupWord : PersonWord, Id, Hash.ToString("x32", CultureInfo.InvariantCulture), First.ToString(CultureInfo.InvariantCulture),
        Last.ToString(CultureInfo.InvariantCulture), Person);
}
