using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>Whatever stands in whatever column: what we write CsvHelper reads, and what it writes we read.</summary>
[Properties(Arbitrary = [typeof(CsvRoundTripTests)], MaxTest = 500)]
[Trait(Level.Name, Level.Fast)]
public sealed class CsvRoundTripTests
{
    private const int Columns = 3;

    private static readonly CsvConfiguration Quoting = new(CultureInfo.InvariantCulture) { NewLine = "\n", HasHeaderRecord = false };
    private static readonly CsvConfiguration Bare = new(CultureInfo.InvariantCulture) { NewLine = "\n", Mode = CsvMode.NoEscape };

    /// <summary>Rows of texts, many of them of what a row is made of.</summary>
    public static Arbitrary<string[][]> Rows()
    {
        var piece = Gen.OneOf(
            Gen.Elements("\"", "\"\"", ",", "|", ";", "\n", "\r", "\r\n", " ", "a", "b\"", "\"c", "å", "李", "\\", "\t"),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));
        var text = piece.ListOf().Select(pieces => Whole(string.Concat(pieces)));
        return text.ArrayOf(Columns).NonEmptyListOf().Select(rows => rows.ToArray()).ToArbitrary();
    }

    [Property]
    public void What_we_write_is_read_by_CsvHelper(string[][] rows) => Assert.Equal(rows, ByCsvHelper(Write(rows, CsvFormat.Quoting((byte)',')), Quoting));

    [Property]
    public void What_we_write_with_more_quotes_than_needed_is_read_as_well(string[][] rows) =>
        Assert.Equal(rows, ByCsvHelper(Write(rows, CsvFormat.Quoting((byte)',', " ;"u8)), Quoting));

    [Property]
    public void What_CsvHelper_writes_we_read(string[][] rows)
    {
        var file = new MemoryStream();
        using (var csv = new CsvHelper.CsvWriter(new StreamWriter(file, leaveOpen: true), Quoting))
        {
            foreach (var row in rows)
            {
                row.ToList().ForEach(csv.WriteField);
                csv.NextRecord();
            }
        }

        Assert.Equal(rows, ByUs(file.ToArray()));
    }

    [Property]
    public void What_we_write_we_read(string[][] rows) => Assert.Equal(rows, ByUs(Write(rows, CsvFormat.Quoting((byte)','))));

    [Property]
    public void Without_quotes_it_is_read_or_not_written(string[][] rows)
    {
        var isPossible = rows.All(row => row.All(value => value.IndexOfAny(['|', '\r', '\n']) < 0));
        if (isPossible)
        {
            Assert.Equal(rows, ByCsvHelper(Write(rows, CsvFormat.Bare((byte)'|')), Bare with { Delimiter = "|" }));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => Write(rows, CsvFormat.Bare((byte)'|')));
        }
    }

    [Theory]
    [InlineData("a \"b\" c", "\"a \"\"b\"\" c\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a b", "a b")]
    public void A_quote_is_doubled(string value, string written) =>
        Assert.Equal($"{written},\n", Encoding.UTF8.GetString(Write([[value, ""]], CsvFormat.Quoting((byte)','))));

    [Theory]
    [InlineData("a,\"b")]
    [InlineData("a,\"b\nc,d\n")]
    [InlineData("a,\"b\"c\n")]
    [InlineData("a,b\"\n")]
    public void A_quote_that_is_out_of_place_is_seen(string file)
    {
        var csv = new Pipeline.Feeds.CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(file)), (byte)',');

        Assert.True(csv.Read());
        Assert.False(csv.IsWellFormed);
        Assert.Equal(1, csv.Line);
    }

    private static byte[] Write(string[][] rows, CsvFormat format)
    {
        var file = new MemoryStream();
        using (var csv = new Pipeline.Feeds.CsvWriter(file, format))
        {
            foreach (var row in rows)
            {
                row.ToList().ForEach(value => csv.Value(Encoding.UTF8.GetBytes(value)));
                csv.EndRow();
            }
        }

        return file.ToArray();
    }

    private static List<string[]> ByCsvHelper(byte[] file, CsvConfiguration configuration)
    {
        // Not a reader that would take a mark at the beginning away: it may be a value's.
        using var csv = new CsvParser(new StringReader(Encoding.UTF8.GetString(file)), configuration);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }

        return rows;
    }

    private static List<string[]> ByUs(byte[] file)
    {
        var csv = new Pipeline.Feeds.CsvReader(new MemoryStream(file), (byte)',');
        var rows = new List<string[]>();
        while (csv.Read())
        {
            Assert.True(csv.IsWellFormed && csv.HasLineEnd);
            rows.Add([.. Enumerable.Range(0, csv.Count).Select(value => Encoding.UTF8.GetString(csv[value]))]);
        }

        return rows;
    }

    /// <summary>Text that can be written in UTF-8 at all.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
