using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>One person is taken out of everything that the next night does not need, and the record still proves itself.</summary>
[Collection(ProtectedTests.Name)]
public sealed class PurgeTests(AzuriteFixture azurite)
{
    private static readonly string Bo = Ids.Of("bo");

    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task Who_has_left_the_register_is_purged_everywhere_and_the_chain_still_holds()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        var first = (string)town.Run["run"]!;
        _school.Data["persons"].RemoveAt(1);
        await town.PassAsync();
        await town.PassAsync();
        Assert.NotEmpty(await TracesAsync(town));

        var dry = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo, "--dry-run");
        var traces = await TracesAsync(town);
        var done = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo);
        var verified = await town.CommandAsync("verify", "--tenant", town.Id);

        var protocol = JsonNode.Parse(done.Output)!;
        Assert.NotEmpty(traces);
        Assert.Equal(Strings(JsonNode.Parse(dry.Output)!["removed"]!), Strings(protocol["removed"]!));
        Assert.Contains($"snapshots/{town.Id}/{first}/manifest.json", Strings(protocol["removed"]!));
        Assert.Contains($"feeds/{town.Id}/{first}/apple/asm.zip", Strings(protocol["removed"]!));
        Assert.Empty(protocol["kept"]!.AsArray());
        Assert.Empty(await TracesAsync(town));
        Assert.DoesNotContain(Bo, done.Output);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains($"snapshots/{town.Id}/{first}", verified.Output);
    }

    /// <summary>Nobody can tell whom it has in it, so it is named; all else goes.</summary>
    [Fact]
    public async Task A_zip_that_is_cut_stays_with_what_to_do_about_it()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        var zip = $"{town.Id}/{(string)town.Run["run"]!}/apple/asm.zip";
        var content = (await town.Container("feeds").GetBlobClient(zip).DownloadContentAsync()).Value.Content.ToArray();
        await town.Container("feeds").GetBlobClient(zip).UploadAsync(new BinaryData(content[..(content.Length / 2)]), overwrite: true);
        _school.Data["persons"].RemoveAt(1);
        await town.PassAsync();
        await town.PassAsync();

        var protocol = JsonNode.Parse((await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo)).Output)!;

        Assert.NotEmpty(protocol["removed"]!.AsArray());
        var kept = Assert.Single(protocol["kept"]!.AsArray())!;
        Assert.Equal($"feeds/{zip}", (string?)kept["blob"]);
        Assert.StartsWith("is cut or damaged", (string?)kept["reason"]);
    }

    [Fact]
    public async Task What_the_next_night_needs_is_kept_and_said_and_tampering_is_still_found()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        var first = (string)town.Run["run"]!;
        _school.Student("david", "north");
        await town.PassAsync();

        var done = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Bo);
        await town.Container("feeds").DeleteBlobAsync($"{town.Id}/{first}/apple/receipt.json");
        var verified = await town.CommandAsync("verify", "--tenant", town.Id);

        var protocol = JsonNode.Parse(done.Output)!;
        Assert.NotEmpty(protocol["removed"]!.AsArray());
        Assert.All(protocol["kept"]!.AsArray(), kept => Assert.Contains("then purge again", (string?)kept!["reason"]));
        Assert.Contains(protocol["kept"]!.AsArray(), kept => ((string?)kept!["blob"])!.EndsWith("asm.zip", StringComparison.Ordinal));
        Assert.Equal(1, verified.ExitCode);
        Assert.Equal([$"feeds/{town.Id}/{first}/apple/receipt.json is gone."], Strings(JsonNode.Parse(verified.Output)!["problems"]!));
    }

    private async Task<Town> TownAsync()
    {
        _school.Unit("north");
        foreach (var student in new[] { "alva", "bo", "cilla" })
        {
            _school.Student(student, "north");
        }

        var town = await Town.StartAsync(azurite, _school.Data);
        town.File["guard"] = new JsonObject { ["minRemoved"] = 1000 };
        return town;
    }

    /// <summary>Every blob of the tenant in which the id stands, as text or as a row has it.</summary>
    private static async Task<IReadOnlyList<string>> TracesAsync(Town town)
    {
        var traces = new List<string>();
        var row = Convert.FromHexString(Bo.Replace("-", "", StringComparison.Ordinal));
        Array.Reverse(row, 0, 8);
        Array.Reverse(row, 8, 8);
        foreach (var container in new[] { "snapshots", "rosters", "feeds", "runs", "state" })
        {
            foreach (var name in await town.BlobsAsync(container, ""))
            {
                var content = Unpacked(name, (await town.Container(container).GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray());
                if (content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Bo)) >= 0 || content.AsSpan().IndexOf(row) >= 0)
                {
                    traces.Add($"{container}/{name}");
                }
            }
        }

        return traces;
    }

    private static byte[] Unpacked(string name, byte[] content)
    {
        using var all = new MemoryStream();
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            gzip.CopyTo(all);
        }
        else
        {
            // Zips are stored, not deflated: the text stands in them as it is.
            all.Write(content);
        }

        return all.ToArray();
    }

    private static IEnumerable<string> Strings(JsonNode list) => list.AsArray().Select(item => (string)item!);
}
