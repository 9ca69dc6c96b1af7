using System.Text;
using BenchmarkDotNet.Attributes;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>The scan of what leaves, per row: of ids, of a person in ASCII, and of one whose names are not.</summary>
public class RowScanning
{
    private const int People = 500;

    private readonly byte[] _ids = "4e029f67-638e-514f-814b-095d3e88a048,9b1d2c3e-0f4a-5b6c-8d7e-1a2b3c4d5e6f,cf0e1d2c-3b4a-5968-8776-655443322110"u8.ToArray();
    private readonly byte[] _ascii = "4e029f67-638e-514f-814b-095d3e88a048|prov.exempel|Prov|af Exempel|prov.exempel@elev.nordhamn.example|student|none|Y|enabled"u8.ToArray();
    private readonly byte[] _letters = Encoding.UTF8.GetBytes("4e029f67-638e-514f-814b-095d3e88a048|asa.ohrn|Åsa|Öhrnström|asa.ohrn@elev.nordhamn.example|student|none|Y|enabled");
    private RowScan _scan = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var data = new SourceData(new Vocabularies());
        for (var number = 0; number < People; number++)
        {
            var id = new EntityId((ulong)number * 0x9E3779B97F4A7C15, (ulong)number);
            data.ProtectedIds.Add(id);
            data.PersonalValues.Add(new(id, PersonalKind.Name, $"Given{number} Middle{number}", $"Family{number}"));
            data.PersonalValues.Add(new(id, PersonalKind.CivicNumber, $"20130101{number:0000}"));
            data.PersonalValues.Add(new(id, PersonalKind.Email, $"given{number}.family{number}@elev.example"));
            data.PersonalValues.Add(new(id, PersonalKind.Phone, $"070-999{number:0000}"));
        }

        _scan = new RowScan(ProtectedValuesBuilder.Of(data, 17));
    }

    [Benchmark]
    public int Ids() => _scan.Find(_ids).Count;

    [Benchmark]
    public int Person() => _scan.Find(_ascii).Count;

    [Benchmark]
    public int PersonWithLetters() => _scan.Find(_letters).Count;
}
