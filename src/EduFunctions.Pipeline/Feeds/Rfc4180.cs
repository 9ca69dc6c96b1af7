using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Rows as RFC 4180 has them: commas, quotes where needed, lines that end with carriage return and line feed; UTF-8 without a mark.</summary>
internal static class Rfc4180
{
    public static readonly byte[] LineEnd = [(byte)'\r', (byte)'\n'];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture) { NewLine = "\r\n", Mode = CsvMode.RFC4180 };

    public static void Write(Stream stream, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var csv = new CsvHelper.CsvWriter(new StreamWriter(stream, Utf8, leaveOpen: true), Form);
        foreach (var row in rows)
        {
            foreach (var value in row)
            {
                csv.WriteField(value);
            }

            csv.NextRecord();
        }
    }

    /// <summary>All rows, the header too.</summary>
    public static IEnumerable<string[]> Read(Stream stream)
    {
        using var csv = new CsvParser(new StreamReader(stream, Utf8, leaveOpen: true), Form);
        while (csv.Read())
        {
            yield return csv.Record!;
        }
    }

    /// <summary>The rows below the header, to compare two states of a feed.</summary>
    /// <param name="keyColumns">How many columns, from the first, are the row's key.</param>
    public static IEnumerable<FeedRow> Compared(string kind, Stream stream, int keyColumns) =>
        Read(stream).Skip(1).Select(row => new FeedRow(kind, string.Join('|', row.Take(keyColumns)), Hash(row)));

    /// <summary>The same for two rows with the same values.</summary>
    public static UInt128 Hash(IReadOnlyList<string> row)
    {
        var hash = new XxHash128();
        foreach (var (column, value) in row.Index().Where(value => value.Item.Length > 0))
        {
            hash.Append([(byte)column, (byte)(column >> 8)]);
            hash.Append(MemoryMarshal.AsBytes(value.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
