using System.Text;
using BenchmarkDotNet.Attributes;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>Ids in order, ids found, and texts kept, by the platform and by code of our own.</summary>
[MemoryDiagnoser]
public class IdsAndTexts
{
    private const int Rows = 100_000;
    private const int ManyRows = 3_000_000;
    private const int Texts = 10_000;

    private readonly EntityTable<GroupRow> _table = new();
    private readonly Dictionary<EntityId, int> _dictionary = [];
    private readonly EntityId[] _ids = [.. Enumerable.Range(0, Rows).Select(Id)];
    private readonly EntityId[] _manyIds = [.. Enumerable.Range(0, ManyRows).Select(Id)];
    private readonly byte[] _text = "Prov af Exempel"u8.ToArray();
    private int _next;

    [GlobalSetup]
    public void Prepare()
    {
        foreach (var (row, id) in _ids.Index())
        {
            _table.Add(id, default);
            _dictionary[id] = row;
        }

        _table.Index(_ => { });
    }

    [Benchmark]
    public int[] Order() => IdSort.Order(_ids);

    [Benchmark]
    public int[] OrderByThePlatform() => OrderByThePlatform(_ids);

    /// <summary>Three million rows into the order of their ids, each looked at once in that order.</summary>
    [Benchmark]
    public long Buckets()
    {
        var (buckets, sum) = (new IdBuckets<int>(ManyRows), 0L);
        foreach (var (row, id) in _manyIds.Index())
        {
            buckets.Add(id, row);
        }

        for (var bucket = 0; bucket < buckets.Count; bucket++)
        {
            foreach (var at in IdSort.Order(buckets.Ids(bucket)))
            {
                sum += buckets.Rows(bucket)[at];
            }
        }

        return sum;
    }

    [Benchmark]
    public long BucketsByThePlatform()
    {
        var sum = 0L;
        foreach (var row in OrderByThePlatform(_manyIds))
        {
            sum += row;
        }

        return sum;
    }

    [Benchmark]
    public int Find() => _table.Find(_ids[_next = (_next + 7919) % Rows]);

    [Benchmark]
    public int FindByThePlatform() => _dictionary.GetValueOrDefault(_ids[_next = (_next + 7919) % Rows]);

    [Benchmark(OperationsPerInvoke = Texts)]
    public TextChunk Keep()
    {
        var chunk = TextChunk.Empty(0);
        for (var text = 0; text < Texts; text++)
        {
            chunk.Add(_text);
        }

        return chunk;
    }

    [Benchmark(OperationsPerInvoke = Texts)]
    public string[] KeepByThePlatform()
    {
        var strings = new string[Texts];
        foreach (ref var text in strings.AsSpan())
        {
            text = Encoding.UTF8.GetString(_text);
        }

        return strings;
    }

    private static int[] OrderByThePlatform(EntityId[] ids)
    {
        var (keys, places) = (ids.ToArray(), Enumerable.Range(0, ids.Length).ToArray());
        Array.Sort(keys, places);
        return places;
    }

    private static EntityId Id(int row) => new((ulong)row * 0x9E3779B97F4A7C15, (ulong)row);
}
