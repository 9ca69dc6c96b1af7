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
    private readonly OpenSshOptions _options;
    private readonly Process _process;
    private readonly Task<string> _log;

    private OpenSshServer(string folder, string sshd, OpenSshOptions options)
    {
        (_folder, _options) = (folder, options);
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

    /// <summary>Of the first host key.</summary>
    public string HostKeyFingerprint => HostKeyFingerprints[0];

    /// <summary>In the order of the options.</summary>
    public IReadOnlyList<string> HostKeyFingerprints { get; private set; } = [];

    /// <summary>The folder in which a session starts. Nothing keeps a client from leaving it.</summary>
    public string Root => Path.Combine(_folder, "files");

    private string ConfigFile => Path.Combine(_folder, "sshd_config");

    private IEnumerable<SshKey> HostKeys => _options.HostKeys.Select((_, at) => HostKey(_folder, at));

    private SshKey UserKey => new(Path.Combine(_folder, "user"));

    public static async Task<OpenSshServer> StartAsync(OpenSshOptions? options = null, CancellationToken ct = default)
    {
        var sshd = await Sshd.FindOrInstallAsync(ct);
        options ??= new OpenSshOptions();
        var folder = await PrepareAsync(options, ct);
        var server = new OpenSshServer(folder, sshd, options);
        try
        {
            server.HostKeyFingerprints = await Task.WhenAll(server.HostKeys.Select(key => key.FingerprintAsync(ct)));
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

    private static SshKey HostKey(string folder, int number) => new(Path.Combine(folder, $"host{number}"));

    private static async Task<string> PrepareAsync(OpenSshOptions options, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("edufunctions-sshd-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        foreach (var (at, kind) in options.HostKeys.Index())
        {
            await SshKey.MakeAsync(HostKey(folder, at).PrivateKeyFile, kind, ct: ct);
        }

        await SshKey.MakeAsync(Path.Combine(folder, "user"), ct: ct);
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
        {string.Join('\n', HostKeys.Select(key => $"HostKey {key.PrivateKeyFile}").Concat(_options.Lines))}
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
