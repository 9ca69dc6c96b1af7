using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using EduFunctions.LocalHost.Commands;
using EduFunctions.LocalHost.Local;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Http;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>A command that is given no storage works on its folder's own, whatever else answers on this machine.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OwnAzuriteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-own-");

    private string Storage => Path.Combine(_folder.FullName, LocalStorage.DataFolder);

    [Fact]
    public async Task Commands_of_one_folder_share_it_and_nobody_else_gets_in()
    {
        await using var first = await OpenAsync(Storage);
        await using (var second = await OpenAsync(Storage))
        {
            Assert.Equal(first.Connection, second.Connection);
        }

        var stranger = Regex.Replace(first.Connection, "AccountKey=[^;]+", $"AccountKey={Convert.ToBase64String(new byte[64])}");
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => new BlobServiceClient(stranger).GetPropertiesAsync());

        Assert.Equal(403, refused.Status);
        Assert.NotNull((await new BlobServiceClient(first.Connection).GetPropertiesAsync()).Value);
    }

    [Fact]
    public async Task Another_folder_has_another_one()
    {
        await using var here = await OpenAsync(Storage);
        await using var there = await OpenAsync($"{Storage}-2");

        await new BlobServiceClient(here.Connection).CreateBlobContainerAsync("here");

        Assert.False(await new BlobServiceClient(there.Connection).GetBlobContainerClient("here").ExistsAsync());
    }

    [Fact]
    public async Task What_is_stored_is_there_for_the_next_command()
    {
        await using (var first = await OpenAsync(Storage))
        {
            await new BlobServiceClient(first.Connection).CreateBlobContainerAsync("kept");
        }

        await using var second = await OpenAsync(Storage);

        Assert.True(await new BlobServiceClient(second.Connection).GetBlobContainerClient("kept").ExistsAsync());
    }

    /// <summary>As a command leaves it that was killed: its lock is free, its Azurite ends a moment later.</summary>
    [Fact]
    public async Task One_that_was_left_behind_is_waited_out_and_not_joined()
    {
        Directory.CreateDirectory(Storage);
        var left = await AzuriteServer.StartOwnAsync(Storage, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Storage, "edufunctions.connection"), left.ConnectionString);

        var opening = OpenAsync(Storage);
        var isFirst = await Task.WhenAny(opening, Task.Delay(TimeSpan.FromSeconds(1))) == opening;
        await left.DisposeAsync();
        await using var opened = await opening;

        Assert.False(isFirst);
        Assert.NotEqual(left.ConnectionString, opened.Connection);
    }

    [Fact]
    public async Task A_folder_that_another_command_uses_on_ports_of_its_own_is_not_taken_for_the_usual_ones()
    {
        await using var first = await OpenAsync(Storage);
        if (await AzuriteServer.AnswersAsync(LocalStorage.Development))
        {
            // Whatever answers there is meant, and taken.
            await using var meant = await OwnAzurite.OpenAsync(Storage, usualPorts: true, CancellationToken.None);
            Assert.Equal(LocalStorage.Development, meant.Connection);
            return;
        }

        var refused = await Assert.ThrowsAsync<CommandException>(() => OwnAzurite.OpenAsync(Storage, usualPorts: true, CancellationToken.None));

        Assert.Contains("leave UseDevelopmentStorage=true out", refused.Message);
    }

    [Fact]
    public async Task A_command_leaves_alone_what_answers_at_the_usual_ports()
    {
        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "runs", "--tenant", "nordhamn");
        var again = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "runs", "--tenant", "nordhamn", "--storage", LocalStorage.DataFolder);
        var nothing = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "runs", "--tenant", "nordhamn", "--storage", "..");

        Assert.Equal((2, 2, 2), (ended.ExitCode, again.ExitCode, nothing.ExitCode));
        Assert.Contains($"Starting Azurite over {Storage}", ended.Errors);
        Assert.Contains($"Starting Azurite over {Storage}", again.Errors);
        Assert.Contains("No command has stored anything in the folder ..", nothing.Errors);
    }

    [Fact]
    public async Task A_page_that_cannot_be_where_it_is_wanted_is_told_before_all_else()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, new Uri(address).Port);
        listener.Start();

        var demo = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "demo", "--serve", "--urls", address);
        var serve = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "serve", "--urls", address);

        Assert.Equal((2, 2), (demo.ExitCode, serve.ExitCode));
        Assert.Equal($"Something listens at {address} already. Stop that, or give another address by --urls.", demo.Errors.Trim());
        Assert.Equal(demo.Errors, serve.Errors);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<OwnAzurite> OpenAsync(string folder) => OwnAzurite.OpenAsync(folder, usualPorts: false, CancellationToken.None);
}
