using System.Text.Json.Nodes;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>The process is killed where it hurts and started again: the end is that of one undisturbed run, and the zip was sent once.</summary>
[Collection(CommandTests.Name)]
public sealed class KillTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Killed_in_extract_it_goes_on_from_the_last_whole_page()
    {
        await using var town = await Town.StartAsync(azurite);
        var undisturbed = await UndisturbedAsync(town);
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(400);

        await KillWhenAsync(town, () => HasAsync(town, "snapshots", "persons/000001.json.gz"));
        town.Register.Habits.Latency = TimeSpan.Zero;
        var asked = town.Register.Requests.Count;
        var ended = await town.SyncAsync();

        await AssertAsUndisturbedAsync(town, ended, undisturbed);

        // The town has somebody on two pages, so the list is pulled once more when it has come to its end; but it comes to its end first.
        var first = town.Register.Requests.Skip(asked).First(request => request.PathAndQuery.Contains("/persons?", StringComparison.Ordinal));
        Assert.Contains("pageToken=", first.PathAndQuery);
    }

    [Fact]
    public async Task Killed_in_transform_it_decides_again()
    {
        await using var town = await Town.StartAsync(azurite);
        var undisturbed = await UndisturbedAsync(town);

        await KillWhenAsync(town, () => HasAsync(town, "snapshots", "manifest.json"));
        var ended = await town.SyncAsync();

        await AssertAsUndisturbedAsync(town, ended, undisturbed);
    }

    [Fact]
    public async Task Killed_while_sending_it_sends_again_and_the_target_has_one_whole_file()
    {
        await using var town = await Town.StartAsync(azurite, dropBox: new DropBoxOptions { MaxBytesPerSecond = 20_000 });
        var undisturbed = await UndisturbedAsync(town);

        await KillWhenAsync(town, () => Task.FromResult(town.DropBox.Events.Any(happened => happened.Event == "open")));
        var ended = await town.SyncAsync();

        await AssertAsUndisturbedAsync(town, ended, undisturbed);
    }

    [Fact]
    public async Task Killed_when_the_receipt_says_sent_it_does_not_send_again()
    {
        await using var town = await Town.StartAsync(azurite);
        var undisturbed = await UndisturbedAsync(town);

        await KillWhenAsync(town, () => IsSentAsync(town));
        var ended = await town.SyncAsync();

        // The run may have come to its end in the moment of the kill; then the second sync is a run of its own, with nothing to send.
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(undisturbed, town.Zip);
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task Killed_while_it_holds_a_whole_feed_it_leaves_no_temporary_file()
    {
        await using var town = await Town.StartAsync(azurite, dropBox: new DropBoxOptions { MaxBytesPerSecond = 20_000 });
        town.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(town.Folder, "temporary")).FullName;

        await KillWhenAsync(town, () => Task.FromResult(town.DropBox.Events.Any(happened => happened.Event == "open")));

        // The runtime has its own, in which there is nothing of ours.
        Assert.DoesNotContain(
            Directory.GetFiles(town.Environment["TMPDIR"], "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            name => !name!.StartsWith("dotnet-diagnostic", StringComparison.Ordinal) && !name.StartsWith("clr-debug-pipe", StringComparison.Ordinal));
    }

    /// <summary>What a run that nobody kills would send.</summary>
    private static async Task<byte[]> UndisturbedAsync(Town town)
    {
        await town.PassAsync(isDry: true);
        return town.Zip;
    }

    private static async Task KillWhenAsync(Town town, Func<Task<bool>> moment)
    {
        var before = (await town.BlobsAsync("runs", ".json")).Count;
        using var process = town.StartSync();
        while (!await moment())
        {
            await Task.Delay(5);
        }

        await process.KillAsync();
        Assert.Equal(before + 1, (await town.BlobsAsync("runs", ".json")).Count);
    }

    private static async Task<bool> HasAsync(Town town, string container, string ending) =>
        (await town.BlobsAsync(container, ending)).Count > 1;

    private static async Task<bool> IsSentAsync(Town town)
    {
        foreach (var receipt in await town.BlobsAsync("feeds", "receipt.json"))
        {
            var content = await town.Container("feeds").GetBlobClient(receipt).DownloadContentAsync();
            // A file's own "sent" is written before it is put: until the server answers nobody knows.
            if ((string?)JsonNode.Parse(content.Value.Content)!["state"] == "sent")
            {
                return true;
            }
        }

        return false;
    }

    private static async Task AssertAsUndisturbedAsync(Town town, Ended ended, byte[] undisturbed)
    {
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        Assert.Equal(undisturbed, town.Zip);
        var received = Assert.Single(town.DropBox.Received);
        Assert.Equal(undisturbed, await File.ReadAllBytesAsync(received.LocalFile));

        // The dry run and the one run that was killed and went on.
        var runs = await town.BlobsAsync("runs", ".json");
        Assert.Equal(2, runs.Count);
        Assert.Equal((string?)town.Run["run"], Path.GetFileNameWithoutExtension(runs.Max()));
    }
}
