using BenchmarkDotNet.Attributes;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>
/// From stored pages to rows: gunzip, hash, walk. Collections are read in the order in which they refer to each other, so each figure stands
/// for all up to this one, and a difference for one collection.
/// </summary>
[MemoryDiagnoser]
public class PageReading
{
    private const int Persons = 20_000;

    private static readonly string[] InOrder = ["organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];

    private readonly ISource _source = new ServiceCollection().AddRosterPipeline(new ConfigurationBuilder().Build())
        .BuildServiceProvider().GetRequiredService<Catalog<ISource>>()["educloud"];

    private DirectoryInfo _folder = null!;
    private Snapshot _snapshot = null!;

    [ParamsSource(nameof(Collections))]
    public string UpTo { get; set; } = "";

    public static IEnumerable<string> Collections => InOrder;

    [GlobalSetup]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("edufunctions-bench-");
        var pages = PageMaker.Make(Persons, _folder);
        var manifest = pages.Open().Manifest;
        foreach (var later in InOrder.SkipWhile(name => name != UpTo).Skip(1))
        {
            manifest.Collections.Remove(later);
        }

        pages.WriteManifest(manifest);
        _snapshot = pages.Open();
    }

    [GlobalCleanup]
    public void Remove() => _folder.Delete(recursive: true);

    [Benchmark]
    public Task<SourceData> Read() => _source.ReadAsync(_snapshot, new ReadOptions(), CancellationToken.None);
}
