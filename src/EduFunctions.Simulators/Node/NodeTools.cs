using System.Security.Cryptography;

namespace EduFunctions.Simulators.Node;

/// <summary>The npm packages behind Azurite, the SFTP drop box, the mail and the SCIM server and the clients of tests, installed once per user and lock file.</summary>
public static class NodeTools
{
    private const int OldestNode = 20;

    private static volatile string? _installed;

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "Node");

    /// <summary>Returns the folder that holds <c>node_modules</c>.</summary>
    public static async Task<string> InstallAsync(Action<string>? progress = null, CancellationToken ct = default) =>
        _installed ??= await FindOrInstallAsync(progress, ct);

    private static async Task<string> FindOrInstallAsync(Action<string>? progress, CancellationToken ct)
    {
        await RequireNodeAsync(ct);
        var target = Path.Combine(CacheFolder(), "node-" + await LockFileHashAsync(ct));
        if (Directory.Exists(target))
        {
            return target;
        }

        await using var own = await FileLock.TakeAsync(target + ".lock", ct);
        if (!Directory.Exists(target))
        {
            progress?.Invoke("Fetching Azurite and the SFTP server with npm: once, 200 MB, about half a minute …");
            await InstallIntoAsync(target, ct);
        }

        return target;
    }

    // The folder gets its name only when it is complete, so its existence is the proof.
    private static async Task InstallIntoAsync(string target, CancellationToken ct)
    {
        var unfinished = Directory.CreateDirectory($"{target}.{Environment.ProcessId}").FullName;
        try
        {
            foreach (var file in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(Scripts, file), Path.Combine(unfinished, file), overwrite: true);
            }

            await NpmAsync(unfinished, ct);
            Directory.Move(unfinished, target);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private static async Task NpmAsync(string folder, CancellationToken ct)
    {
        string[] arguments = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
        var (exitCode, output) = await CommandLine.RunAsync(Require("npm"), arguments, folder, ct);
        if (exitCode != 0)
        {
            var tail = string.Join('\n', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(20));
            throw new InvalidOperationException($"npm ci ended with {exitCode}:\n{tail}");
        }
    }

    private static async Task RequireNodeAsync(CancellationToken ct)
    {
        var (_, output) = await CommandLine.RunAsync(Require("node"), ["--version"], AppContext.BaseDirectory, ct);
        var version = output.Trim();
        if (!Version.TryParse(version.TrimStart('v'), out var parsed) || parsed.Major < OldestNode)
        {
            throw new InvalidOperationException($"Node {OldestNode} or newer is needed, but node --version says \"{version}\".");
        }
    }

    private static string Require(string program) =>
        CommandLine.Find(program)
        ?? throw new InvalidOperationException($"{program} is not on PATH. Install Node {OldestNode} or newer, which brings npm with it.");

    private static string CacheFolder()
    {
        // Empty where there is no home folder, as in some containers.
        var perUser = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var root = perUser.Length > 0 ? perUser : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(root, "EduFunctions")).FullName;
    }

    private static async Task<string> LockFileHashAsync(CancellationToken ct)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Scripts, "package-lock.json"), ct);
        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
    }
}
