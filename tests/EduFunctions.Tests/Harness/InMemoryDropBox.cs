using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Tests.Harness;

/// <summary>A folder of a receiver to which files come without a connection, by the settings of the real way; a wrong password is refused.</summary>
internal sealed class InMemoryDropBox(string? password) : IDelivery, IDropBox, IDisposable
{
    private readonly SftpDelivery _real = new(new CallLimits(), TimeProvider.System);
    private readonly string _folder = Directory.CreateTempSubdirectory("edufunctions-dropbox-").FullName;
    private readonly Lock _gate = new();
    private readonly List<ReceivedFile> _received = [];

    public string Type => _real.Type;

    public Type Settings => _real.Settings;

    public int Port => 22;

    public IReadOnlyList<string> HostKeyFingerprints { get; } = [$"SHA256:{new string('A', 43)}"];

    public IReadOnlyList<ReceivedFile> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string Target(DeliverySettings settings) => _real.Target(settings);

    public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var sftp = (SftpSettings)setup.Delivery;
        if (sftp.Password?.Reveal() != password)
        {
            throw new DeliveryRefusedException($"{sftp.Host} refuses user \"{sftp.Username}\".");
        }

        return progress.PutAllAsync(files, TimeProvider.System, (name, file) => TakeAsync($"{sftp.Directory}/{name}", file, ct));
    }

    private async Task TakeAsync(string path, Stream file, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        lock (_gate)
        {
            var local = Path.Combine(_folder, $"{_received.Count}");
            File.WriteAllBytes(local, content.ToArray());
            _received.Add(new ReceivedFile(path, local, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))));
        }
    }
}
