using BenchmarkDotNet.Attributes;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>Functions that a night calls millions of times.</summary>
[MemoryDiagnoser]
public class HotFunctions
{
    private const int Rows = 100_000;
    private const int Owners = 4001;

    private readonly byte[] _idText = "4e029f67-638e-514f-814b-095d3e88a048"u8.ToArray();
    private readonly byte[] _idSpace = new byte[EntityId.UuidLength];
    private readonly EntityId _id = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");
    private readonly SectionPerson[] _members = new SectionPerson[Rows];
    private readonly EntityId[] _derived = new EntityId[Rows];

    [GlobalSetup]
    public void Prepare()
    {
        for (var row = 0; row < Rows; row++)
        {
            _members[row] = new SectionPerson((int)((row * 7919L) % Owners), (int)((row * 104729L) % Rows));
        }
    }

    [Benchmark]
    public bool ParseId() => EntityId.TryParse(_idText, out _);

    [Benchmark]
    public void FormatId() => _id.Format(_idSpace);

    /// <summary>With the platform's SHA-1, one id after the other.</summary>
    [Benchmark]
    public EntityId DeriveId() => DerivedIds.Of("roster|"u8, _idText, _id);

    /// <summary>Eight ids at a time.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void DeriveIds()
    {
        using var derived = new DerivedIds("roster|"u8, _derived);
        for (var row = 0; row < Rows; row++)
        {
            derived.Add(row, _id, _id);
        }
    }

    [Benchmark]
    public void SortMembers()
    {
        var table = new Table<SectionPerson>((SectionPerson[])_members.Clone());
        table.SortByOwner(Owners);
    }
}
