using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>
/// A file looked through for 200 protected persons, by our scan and by the platform's search for many strings at once. The platform's needs the values
/// themselves, finds them within longer words, and neither names in two columns nor numbers written in another way.
/// </summary>
public class Scanning
{
    private const int Persons = 200;
    private const int Rows = 10_000;

    private readonly byte[][] _rows = [.. Enumerable.Range(0, Rows).Select(row => Encoding.UTF8.GetBytes(
        $"4e029f67-638e-514f-814b-{row:x12},Prov{row},\"af Exempel{row}\",prov{row}.exempel@elev.nordhamn.example,7"))];

    private readonly SearchValues<string> _strings = SearchValues.Create([.. Values.Select(value => value.Value)], StringComparison.OrdinalIgnoreCase);
    private RowScan _scan = null!;

    private static IEnumerable<PersonalValue> Values =>
        from person in Enumerable.Range(0, Persons)
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
}
