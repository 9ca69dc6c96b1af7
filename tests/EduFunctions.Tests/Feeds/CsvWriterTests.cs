using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Feeds;

[Trait(Level.Name, Level.Fast)]
public sealed class CsvWriterTests
{
    private const int Many = 20_001;

    [Fact]
    public void Rows_written_on_several_processors_stand_in_order()
    {
        using var file = new MemoryStream();
        using (var csv = new CsvWriter(file, CsvFormat.Bare((byte)',')))
        {
            csv.Header("row");
            csv.Rows(Many, WriteNumbers);
            WriteNumbers(csv, Many, Many + 1);
        }

        var expected = Enumerable.Range(0, Many + 1).Select(row => row.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(["row", .. expected, ""], Encoding.UTF8.GetString(file.ToArray()).Split('\n'));
    }

    [Fact]
    public void A_row_that_cannot_be_written_stops_the_file()
    {
        using var csv = new CsvWriter(new MemoryStream(), CsvFormat.Bare((byte)','));

        Assert.Throws<AggregateException>(() => csv.Rows(Many, (_, first, _) => throw new InvalidDataException($"{first}")));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void A_value_may_be_longer_than_the_block(int length)
    {
        var value = new string('a', length);
        using var file = new MemoryStream();
        using (var csv = new CsvWriter(file, CsvFormat.Bare((byte)',')))
        {
            csv.Header("a", value, "b");
        }

        Assert.Equal($"a,{value},b\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    private static void WriteNumbers(CsvWriter csv, int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            csv.Value(Encoding.UTF8.GetBytes(row.ToString(CultureInfo.InvariantCulture)));
            csv.EndRow();
        }
    }
}
