using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Benchmarks.Functions;

/// <summary>A page of 1,000 persons and an id, by the platform and by code of our own: why there is such code.</summary>
public class TokenReading
{
    private byte[] _page = [];
    private byte[] _id = [];

    [GlobalSetup]
    public void Prepare()
    {
        var folder = Directory.CreateTempSubdirectory("edufunctions-bench-");
        PageMaker.Make(10_000, folder);
        using var stored = new GZipStream(File.OpenRead(Path.Combine(folder.FullName, "persons", $"000005.{PageFolder.Extension}")), CompressionMode.Decompress);
        using var page = new MemoryStream();
        stored.CopyTo(page);
        _page = page.ToArray();
        _id = Encoding.UTF8.GetBytes("4e029f67-638e-514f-814b-095d3e88a048");
        folder.Delete(recursive: true);
    }

    [Benchmark]
    public int TokensByThePlatform()
    {
        var tokens = 0;
        var json = new Utf8JsonReader(_page);
        while (json.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark]
    public int Tokens()
    {
        var json = new PageTokens(_page);
        json.ReadValue();
        return Walk(ref json);
    }

    [Benchmark]
    public bool IdByThePlatform() => Utf8Parser.TryParse(_id, out Guid _, out _);

    [Benchmark]
    public bool Id() => EntityId.TryParse(_id, out _);

    private static int Walk(ref PageTokens json)
    {
        var tokens = 1;
        if (json.Type == JsonTokenType.StartObject)
        {
            while (json.ReadProperty())
            {
                tokens += 1 + Walk(ref json);
            }
        }
        else if (json.Type == JsonTokenType.StartArray)
        {
            while (json.ReadItem())
            {
                tokens += Walk(ref json);
            }
        }

        return tokens;
    }
}
