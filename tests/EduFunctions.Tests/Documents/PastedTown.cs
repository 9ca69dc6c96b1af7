using System.Diagnostics;
using System.Text.Json;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Node;
using EduFunctions.Simulators.Starting;
using EduFunctions.Tests.App.Host;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Documents;

/// <summary>One demo that stays up, over a storage of its own, and for each document a clean folder to paste its commands into.</summary>
public sealed class PastedTown : IAsyncLifetime
{
    private static readonly string Shims = Path.Combine(AppContext.BaseDirectory, "Documents", "Shims");
    private static readonly string[] OfTheRepository = ["src", "docs", "kit", "tests", "local.settings.sample.json"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-pasted-");
    private readonly string _port = $"{FreePort.Find()}";
    private AzuriteServer _storage = null!;
    private LocalHostProcess _demo = null!;
    private string _packages = null!;

    private string Out => Path.Combine(_folder.FullName, "out");

    public async Task InitializeAsync()
    {
        _packages = await NodeTools.InstallAsync();
        _storage = await AzuriteServer.StartInMemoryAsync();
        _demo = LocalHostProcess.Start(
            new Dictionary<string, string> { ["AzureWebJobsStorage"] = _storage.ConnectionString }, _folder.FullName, "demo", "--serve", "--urls", $"http://127.0.0.1:{_port}");
        await _demo.WaitForAsync("Listening on", TimeSpan.FromMinutes(3));
    }

    public async Task DisposeAsync()
    {
        await _demo.TerminateAsync();
        await _demo.EndAsync();
        _demo.Dispose();
        await _storage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Runs all blocks of a document one after the other.</summary>
    internal async Task<Ended> PasteAsync(IReadOnlyList<PastedBlock> blocks)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, Path.GetFileNameWithoutExtension(blocks[0].Document))).FullName;
        OfTheRepository.ToList().ForEach(name => File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(Repository.Root, name)));

        // Files that the demo leaves are looked at from here, and what is written beside them stays here.
        Directory.CreateDirectory(Path.Combine(folder, "out"));
        File.CreateSymbolicLink(Path.Combine(folder, "out", "demo"), Path.Combine(Out, "demo"));
        var needsDemo = blocks.Any(block => block.Commands.Any(line => line.Contains("-- demo --serve", StringComparison.Ordinal)));
        var port = needsDemo ? _port : $"{FreePort.Find()}";
        var script = Path.Combine(folder, "pasted.sh");
        await File.WriteAllTextAsync(script, PastedScript.Of(blocks, port, $"{FreePort.Find()}"));
        var start = new ProcessStartInfo("bash", script)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var hasItsOwnStorage = blocks.Any(block => block.IsRun && block.Commands.Any(line => line.StartsWith("npx azurite", StringComparison.Ordinal)));
        foreach (var (name, value) in Environment(port, folder, hasItsOwnStorage))
        {
            start.Environment[name] = value;
        }

        return await RunAsync(start);
    }

    private Dictionary<string, string> Environment(string port, string folder, bool hasItsOwnStorage)
    {
        var (blobs, queues) = (FreePort.Find(), FreePort.Find());
        return new()
        {
            ["PATH"] = $"{Shims}{Path.PathSeparator}{System.Environment.GetEnvironmentVariable("PATH")}",
            ["REAL_DOTNET"] = System.Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "/usr/bin/dotnet",
            ["REPOSITORY"] = Repository.Root,
            ["PROGRAMS"] = AppContext.BaseDirectory,
            ["APP"] = HostedApp.Folder,
            ["SHIMS"] = Shims,
            ["TOWN"] = Path.Combine(Out, "demo", "town"),
            ["PORT"] = port,
            ["BLOB_PORT"] = $"{blobs}",
            ["QUEUE_PORT"] = $"{queues}",
            ["TABLE_PORT"] = $"{FreePort.Find()}",
            ["NODE_MODULES"] = Path.Combine(_packages, "node_modules"),
            ["AZURITE_VERSION"] = AzuriteVersion(),
            ["GNUPGHOME"] = folder,
            [QuickStart.Variable] = QuickStart.Yes,
            ["AzureWebJobsStorage"] = hasItsOwnStorage ? OwnStorage(blobs, queues) : _storage.ConnectionString,
        };
    }

    private string AzuriteVersion() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_packages, "package.json"))).RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()!;

    private string OwnStorage(int blobs, int queues) => string.Join(';', _storage.ConnectionString.Split(';').Select(part =>
        part.StartsWith("BlobEndpoint=", StringComparison.Ordinal) ? Elsewhere(part, blobs)
        : part.StartsWith("QueueEndpoint=", StringComparison.Ordinal) ? Elsewhere(part, queues)
        : part));

    private static string Elsewhere(string endpoint, int port)
    {
        var (name, address) = (endpoint.Split('=')[0], new UriBuilder(endpoint[(endpoint.IndexOf('=') + 1)..]) { Port = port });
        return $"{name}={address.Uri.ToString().TrimEnd('/')}";
    }

    private static async Task<Ended> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience.Of(TimeSpan.FromMinutes(3)));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return new Ended(process.HasExited ? process.ExitCode : -1, await output, await errors);
    }
}
