using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>
/// A file looked through for nobody and for 500 protected persons: by our scan, by the platform's search for many strings at once, and value after value. The other
/// two need the values themselves, find them within longer words, and neither names in two columns nor numbers written in another way.
/// </summary>
public class Scanning
{
    private const int Rows = 10_000;
    private const int FewRows = 100;

    /// <summary>Each of 106 bytes.</summary>
    private readonly byte[][] _rows = [.. Enumerable.Range(0, Rows).Select(row => Encoding.UTF8.GetBytes(
        $"4e029f67-638e-514f-814b-{row:x12},Prov{row:00000},\"af Exempel{row:00000}\",prov{row:00000}.exempel@elev.nordhamn.example,7"))];

    private string[] _values = [];
    private SearchValues<string> _strings = SearchValues.Create([], StringComparison.OrdinalIgnoreCase);
    private RowScan _scan = null!;

    /// <summary>Persons who are looked for.</summary>
    [Params(0, 500)]
    public int Protected { get; set; }

    private IEnumerable<PersonalValue> Values =>
        from person in Enumerable.Range(0, Protected)
        let id = new EntityId((ulong)person, 1)
        from value in (PersonalValue[])
        [
            new(id, PersonalKind.Email, $"hemlig{person}.prov@elev.nordhamn.example"),
            new(id, PersonalKind.UserName, $"hemlig{person}x"),
            new(id, PersonalKind.CivicNumber, $"20130101-{9000 + person}"),
        ]
        select value;

    [GlobalSetup]
    public void Prepare()
    {
        var data = new SourceData(new Vocabularies());
        foreach (var value in Values)
        {
            data.ProtectedIds.Add(value.Person);
            data.PersonalValues.Add(value);
        }

        _scan = new RowScan(ProtectedValuesBuilder.Of(data, 1));
        _values = [.. Values.Select(value => value.Value)];
        _strings = SearchValues.Create(_values, StringComparison.OrdinalIgnoreCase);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Scan()
    {
        var hits = 0;
        foreach (var row in _rows)
        {
            hits += _scan.Find(row).Count;
        }

        return hits;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int ScanByThePlatform()
    {
        var (hits, text) = (0, new char[512]);
        foreach (var row in _rows)
        {
            hits += text.AsSpan(0, Encoding.UTF8.GetChars(row, text)).IndexOfAny(_strings) >= 0 ? 1 : 0;
        }

        return hits;
    }

    [Benchmark(OperationsPerInvoke = FewRows)]
    public int ScanNaively()
    {
        var hits = 0;
        foreach (var row in _rows.AsSpan(0, FewRows))
        {
            var text = Encoding.UTF8.GetString(row);
            hits += Array.Exists(_values, value => text.Contains(value, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        return hits;
    }
}
