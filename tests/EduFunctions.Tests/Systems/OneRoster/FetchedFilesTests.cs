using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>The files may lie on a server: the same roster, and a sentence for whatever is there instead.</summary>
[Collection(HostTests.Name)]
public sealed class FetchedFilesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private OpenSshServer _server = null!;

    public async Task InitializeAsync() => _server = await OpenSshServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_zip_or_folder_on_a_server_is_the_same_zip_as_from_a_register()
    {
        var town = PlainTown.Make();
        var files = OneRosterFiles.Of(town.Data);
        var folder = Directory.CreateDirectory(Path.Combine(_server.Root, "out")).FullName;
        OneRosterFiles.ToFolder(files, folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "not ours");
        OneRosterFiles.ToZip(files, Path.Combine(_server.Root, "town.zip"));

        var expected = await azurite.Night(town).Dry().RunAsync();
        var ofFolder = await From("out").RunAsync();
        var ofZip = await From("town.zip").RunAsync();

        Assert.True(ofFolder.Run.State == RunState.DryRun, ofFolder.Run.StateReason);
        Assert.Equal(expected.Run.Feeds[0].Files, ofFolder.Run.Feeds[0].Files);
        Assert.Equal(expected.Run.Feeds[0].Files, ofZip.Run.Feeds[0].Files);
        Assert.Equal(["notes.txt"], Directory.GetFiles(folder).Select(Path.GetFileName).Except(files.Keys));
    }

    [Fact]
    public async Task What_is_not_there_or_no_zip_holds_the_night_with_server_and_path()
    {
        await File.WriteAllTextAsync(Path.Combine(_server.Root, "town.zip"), "not yet");

        var absent = await From("tonight.zip").RunAsync();
        var half = await From("town.zip").RunAsync();

        Assert.Equal((RunState.Held, RunState.Held), (absent.Run.State, half.Run.State));
        Assert.Contains($"On 127.0.0.1:{_server.Port} there is no tonight.zip", absent.Run.StateReason);
        Assert.Contains("neither a folder nor a zip", half.Run.StateReason);
    }

    [Fact]
    public async Task A_strange_host_key_holds_the_night_and_names_the_setting()
    {
        var night = await From("out", hostKey: "SHA256:another").RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains($"{_server.HostKeyFingerprint} of 127.0.0.1:{_server.Port} is not one of source.sftp.hostKeys", night.Run.StateReason);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_before_the_first_night()
    {
        var server = new SftpServerSettings
        {
            Host = "127.0.0.1",
            Port = _server.Port,
            Username = _server.Username,
            HostKeys = [_server.HostKeyFingerprint],
            PrivateKey = new Secret("key", _server.PrivateKey),
        };
        await _server.DisposeAsync();
        var source = new OneRosterSource(new CallLimits());

        var check = Assert.Single(await source.TestAsync(new OneRosterSettings { Type = source.Type, Path = "out", Sftp = server }, CancellationToken.None).ToListAsync());

        Assert.Contains("Check source.sftp.host and source.sftp.port", check.Problem);
    }

    private Night From(string path, string? hostKey = null) => azurite.Night(new JsonSchoolData()).From(new JsonObject
    {
        ["type"] = "oneRosterCsv",
        ["path"] = path,
        ["sftp"] = new JsonObject
        {
            ["host"] = "127.0.0.1",
            ["port"] = _server.Port,
            ["username"] = _server.Username,
            ["privateKey"] = new JsonObject { ["secret"] = "reader" },
            ["hostKeys"] = new JsonArray(hostKey ?? _server.HostKeyFingerprint),
        },
    }).Setting("Secrets:reader", _server.PrivateKey).Dry();
}
