using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>A row of an id and three texts, by CsvHelper and by code of our own. Texts are UTF-8 on both sides, as rosters and files have them.</summary>
[MemoryDiagnoser]
public class CsvRows
{
    private const int Rows = 10_000;

    private static readonly CsvFormat Format = CsvFormat.Quoting((byte)',', " ;"u8);

    private static readonly SearchValues<char> Special = SearchValues.Create(" ,;\"\r\n");

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        ShouldQuote = value => value.Field is { } field && field.AsSpan().ContainsAny(Special),
    };

    private readonly EntityId _id = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");
    private readonly byte[][] _texts = ["Prov"u8.ToArray(), "af Exempel"u8.ToArray(), "prov.exempel@elev.nordhamn.example"u8.ToArray()];
    private byte[] _file = [];

    [GlobalSetup]
    public void Prepare()
    {
        var file = new MemoryStream();
        Write(file);
        _file = file.ToArray();
        var other = new MemoryStream();
        WriteByCsvHelper(other);
        if (!_file.AsSpan().SequenceEqual(other.ToArray()))
        {
            throw new InvalidOperationException("The two write different bytes.");
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Write() => Write(Stream.Null);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void WriteByCsvHelper() => WriteByCsvHelper(Stream.Null);

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Read()
    {
        var (csv, length) = (new EduFunctions.Pipeline.Feeds.CsvReader(new MemoryStream(_file), (byte)','), 0);
        while (csv.Read())
        {
            for (var value = 0; value < csv.Count; value++)
            {
                length += csv[value].Length;
            }
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int ReadByCsvHelper()
    {
        using var csv = new CsvParser(new StreamReader(new MemoryStream(_file), Encoding.UTF8), Configuration);
        var length = 0;
        while (csv.Read())
        {
            for (var value = 0; value < csv.Count; value++)
            {
                length += csv[value].Length;
            }
        }

        return length;
    }

    private void Write(Stream file)
    {
        using var csv = new EduFunctions.Pipeline.Feeds.CsvWriter(file, Format);
        for (var row = 0; row < Rows; row++)
        {
            csv.Value(_id);
            foreach (var text in _texts)
            {
                csv.Value(text);
            }

            csv.EndRow();
        }
    }

    private void WriteByCsvHelper(Stream file)
    {
        using var csv = new CsvHelper.CsvWriter(new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true), Configuration);
        for (var row = 0; row < Rows; row++)
        {
            csv.WriteField(_id.ToString());
            foreach (var text in _texts)
            {
                csv.WriteField(Encoding.UTF8.GetString(text));
            }

            csv.NextRecord();
        }
    }
}
