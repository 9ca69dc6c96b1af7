using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Node;
using EduFunctions.Simulators.Starting;

namespace EduFunctions.Simulators.Sftp;

/// <summary>OpenSSH's own server, for SFTP only, open to the current user with one key.</summary>
public sealed class OpenSshServer : IAsyncDisposable
{
    // sshd insists on being started by its full path.
    private static readonly DebianProgram Sshd = new("sshd", "/usr/sbin/sshd", "openssh-server");

    // A shell in between, because sshd would outlive a crashed test run: when stdin closes, cat ends and sshd is stopped.
    private const string UntilStdinCloses = "\"$0\" \"$@\" & server=$!; cat > /dev/null; kill $server; wait $server";
    private static readonly TimeSpan StartingTime = Patience.Of(TimeSpan.FromSeconds(10));

    private readonly string _folder;
    private readonly Process _process;
    private readonly Task<string> _log;

    private OpenSshServer(string folder, string sshd)
    {
        _folder = folder;
        Port = FreePort.Find();
        File.WriteAllText(ConfigFile, Config());
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", UntilStdinCloses, sshd, "-D", "-e", "-f", ConfigFile])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        _log = _process.StandardError.ReadToEndAsync();
    }

    public int Port { get; }

    public string Username => Environment.UserName;

    /// <summary>The user's private key in OpenSSH's format.</summary>
    public string PrivateKey => UserKey.PrivateKey;

    public string HostKeyFingerprint { get; private set; } = "";

    /// <summary>The folder in which a session starts. Nothing keeps a client from leaving it.</summary>
    public string Root => Path.Combine(_folder, "files");

    private string ConfigFile => Path.Combine(_folder, "sshd_config");

    private SshKey HostKey => new(Path.Combine(_folder, "host"));

    private SshKey UserKey => new(Path.Combine(_folder, "user"));

    public static async Task<OpenSshServer> StartAsync(CancellationToken ct = default)
    {
        var sshd = await Sshd.FindOrInstallAsync(ct);
        var folder = await PrepareAsync(ct);
        var server = new OpenSshServer(folder, sshd);
        try
        {
            server.HostKeyFingerprint = await server.HostKey.FingerprintAsync(ct);
            await server.WaitForBannerAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        _process.StandardInput.Close();
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(StartingTime));
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> PrepareAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("edufunctions-sshd-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        await SshKey.MakeAsync(Path.Combine(folder, "host"), ct);
        await SshKey.MakeAsync(Path.Combine(folder, "user"), ct);
        if (Environment.IsPrivilegedProcess)
        {
            // Where sshd drops its privileges; the service unit would have made it.
            Directory.CreateDirectory("/run/sshd");
        }

        return folder;
    }

    // No PAM, so that an account without a password may log in with its key.
    private string Config() => $"""
        ListenAddress 127.0.0.1:{Port}
        HostKey {HostKey.PrivateKeyFile}
        AuthorizedKeysFile {UserKey.PublicKeyFile}
        AuthenticationMethods publickey
        PermitRootLogin prohibit-password
        StrictModes no
        UsePAM no
        PidFile none
        Subsystem sftp internal-sftp
        ForceCommand internal-sftp -d {Root}

        """;

    private async Task WaitForBannerAsync(CancellationToken ct)
    {
        var started = Stopwatch.StartNew();
        while (!await SaysHelloAsync(ct))
        {
            if (_process.HasExited || started.Elapsed > StartingTime)
            {
                _process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"sshd did not start:\n{await _log}");
            }

            await Task.Delay(50, ct);
        }
    }

    private async Task<bool> SaysHelloAsync(CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, ct);
            var greeting = new byte[4];
            await client.GetStream().ReadExactlyAsync(greeting, ct);
            return greeting.AsSpan().SequenceEqual("SSH-"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
