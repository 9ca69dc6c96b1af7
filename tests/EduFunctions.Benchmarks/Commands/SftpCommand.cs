using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>sftp</c>: the delivery against OpenSSH's own clients, the same file to the same server.</summary>
internal static class SftpCommand
{
    private const string FileName = "feed.bin";

    public static Command Create()
    {
        var megabytes = new Option<int>("--mb") { Description = "Size of the file.", DefaultValueFactory = _ => 200 };
        var rounds = BenchmarkOptions.Rounds();
        var command = new Command("sftp", "The delivery against OpenSSH's own clients.") { megabytes, rounds };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(megabytes), parsed.GetValue(rounds), ct));
        return command;
    }

    private static async Task RunAsync(int megabytes, int rounds, CancellationToken ct)
    {
        using var work = new WorkFolder(kept: null);
        await using var server = await OpenSshServer.StartAsync(ct);
        var key = Path.Combine(work.Folder.FullName, "key");
        WriteSecretly(key, server.PrivateKey);
        var bytes = RandomNumberGenerator.GetBytes(megabytes * 1_000_000);
        var file = Path.Combine(work.Folder.FullName, FileName);
        await File.WriteAllBytesAsync(file, bytes, ct);
        using var files = new FeedFiles();
        await files.Create(FileName).WriteAsync(bytes, ct);

        string[] options = ["-q", "-i", key, "-P", $"{server.Port}", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
        var batch = Path.Combine(work.Folder.FullName, "batch");
        await File.WriteAllTextAsync(batch, $"put {file} sftp.bin\n", ct);
        var medians = await Interleaved.MediansAsync(
            [
                ("OpenSSH sftp", _ => ClientAsync("sftp", [.. options, "-b", batch, $"{server.Username}@127.0.0.1"], ct)),
                ("OpenSSH scp", _ => ClientAsync("scp", [.. options, file, $"{server.Username}@127.0.0.1:scp.bin"], ct)),
                ("ours", _ => new SftpDelivery(new CallLimits(), TimeProvider.System).SendAsync(files, Plan(server), new DeliveryProgress([], _ => Task.CompletedTask), ct)),
            ],
            rounds);
        Show(medians, megabytes);
    }

    /// <summary>OpenSSH refuses a key that others may read.</summary>
    private static void WriteSecretly(string file, string text)
    {
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static FeedSetup Plan(OpenSshServer server) => new()
    {
        Name = "bench",
        Type = "appleSchoolManager",
        Delivery = new SftpSettings
        {
            Type = "sftp",
            Host = "127.0.0.1",
            Port = server.Port,
            Username = server.Username,
            PrivateKey = new Secret("bench", server.PrivateKey),
            HostKeys = [server.HostKeyFingerprint],
        },
    };

    private static async Task ClientAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var client = Process.Start(program, arguments);
        await client.WaitForExitAsync(ct);
        if (client.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {client.ExitCode}.");
        }
    }

    private static void Show(IReadOnlyDictionary<string, TimeSpan> medians, int megabytes)
    {
        var table = Tables.New($"{megabytes} MB, medians", "", "wall s", "MB/s", "speed of ours / its");
        foreach (var (name, wall) in medians)
        {
            table.AddRow(name, Tables.Seconds(wall), $"{megabytes / wall.TotalSeconds:0}", $"{wall / medians["ours"]:0.00}");
        }

        AnsiConsole.Write(table);
    }
}
