using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Nights of real processes over a storage, killed and frozen at random moments, two of them at once. In the end the drop box has what an undisturbed
/// night brings, the record is whole, and nothing came twice but what was under way when somebody was stopped.
/// </summary>
internal sealed partial class ProcessCampaign(AzuriteFixture azurite, Random random)
{
    private const int MostKills = 4;

    /// <summary>Slow enough to be met in the midst of everything.</summary>
    private const int BytesPerSecond = 40_000;

    /// <summary>What a sync takes from its start to its end, so that moments are drawn from all of it.</summary>
    private TimeSpan _length = TimeSpan.FromSeconds(4);

    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    /// <summary>One night; what is not as it should be.</summary>
    public async Task<IReadOnlyList<string>> RoundAsync()
    {
        var schools = GuardTown.Of(("berget", 30)).Next();
        await using var town = await Town.StartAsync(azurite, schools, new DropBoxOptions { MaxBytesPerSecond = BytesPerSecond });
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(random.Next(0, 60));
        var stopped = random.Next(3) switch
        {
            0 => await KillAsync(town),
            1 => await FreezeAsync(town, schools),
            _ => await TwoAsync(town),
        };
        return await LookAsync(town, stopped);
    }

    private async Task<int> KillAsync(Town town)
    {
        var kills = random.Next(1, MostKills + 1);
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = town.StartSync();
            await MomentAsync();
            await process.KillAsync();
            Count("kills");
        }

        return kills;
    }

    /// <summary>Stands still while another ends its night and the next one, and wakes up.</summary>
    private async Task<int> FreezeAsync(Town town, EditedSchoolData schools)
    {
        using var frozen = town.StartSync();
        await MomentAsync();
        await frozen.FreezeAsync();
        Count("freezes");
        await town.SyncAsync();
        schools.Joining("berget", "stig");
        await town.SyncAsync();
        await frozen.ThawAsync();
        await frozen.EndAsync();
        return 1;
    }

    private async Task<int> TwoAsync(Town town)
    {
        using var one = town.StartSync();
        await Task.Delay(random.Next(0, 1500));
        using var other = town.StartSync();
        Count("pairs");
        if (random.Next(2) == 0)
        {
            await Task.WhenAll(one.EndAsync(), other.EndAsync());
            return 0;
        }

        await MomentAsync();
        await one.KillAsync();
        Count("kills");
        await other.EndAsync();
        return 1;
    }

    /// <param name="stopped">So many files may have come once more: each was under way when its process was stopped.</param>
    private async Task<IReadOnlyList<string>> LookAsync(Town town, int stopped)
    {
        var began = Stopwatch.GetTimestamp();
        var last = await town.SyncAsync();
        _length = (_length + Stopwatch.GetElapsedTime(began)) / 2;
        var verified = await town.CommandAsync("verify", "--tenant", town.Id);
        var received = town.DropBox.Received.Select(file => file.Sha256).ToList();
        var (runs, wanted) = (await town.BlobsAsync("runs", ".json"), Convert.ToHexStringLower(SHA256.HashData(town.Zip)));
        var problems = new List<string>();
        void Ask(bool holds, string what) => problems.AddRange(holds ? [] : [what]);
        Ask(last.ExitCode == 0, $"the last sync ends with {last.ExitCode}: {last.Output}{last.Errors}");
        Ask(verified.ExitCode == 0, $"verify: {verified.Output}");
        Ask(received.Count > 0 && received[^1] == wanted, "the drop box has not the last roster");
        Ask(received.Count - received.Distinct().Count() <= stopped, $"{received.Count} files came for {stopped} stops");
        foreach (var run in runs)
        {
            var state = (string?)JsonNode.Parse((await town.Container("runs").GetBlobClient(run).DownloadContentAsync()).Value.Content)!["state"];
            Ask(state == "delivered", $"run {run} is {state}");
        }

        return problems;
    }

    private Task MomentAsync() => Task.Delay(random.Next(200, (int)_length.TotalMilliseconds));

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;
}
