using System.Text.Json;
using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Sftp;

/// <summary>An SFTP server with the habits of Apple's drop box.</summary>
public sealed class DropBox : IDropBox, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NodeProcess _node;
    private readonly string _receivingFolder;
    private readonly DropBoxEvent _listening;
    private readonly int _past;
    private readonly bool _isShared;

    private DropBox(NodeProcess node, string receivingFolder, int past = 0, bool isShared = false)
    {
        (_node, _receivingFolder) = (node, receivingFolder);
        (_past, _isShared) = (past, isShared);
        _listening = Parse(_node.ReadyLine);
    }

    public int Port => _listening.Port!.Value;

    public IReadOnlyList<string> HostKeyFingerprints => _listening.Fingerprints!;

    /// <summary>Read from the journal, which is written before a client gets its answer: whoever has sent a file finds it here.</summary>
    public IReadOnlyList<DropBoxEvent> Events => [.. ReadJournal().Skip(_past).Select(Parse)];

    public IReadOnlyList<ReceivedFile> Received =>
    [
        .. Events.Where(e => e.Event == "close").Select(e => new ReceivedFile(e.Path!, e.File!, e.Bytes!.Value, e.Sha256!)),
    ];

    public static async Task<DropBox> StartAsync(DropBoxOptions? options = null, CancellationToken ct = default)
    {
        var packages = await NodeTools.InstallAsync(ct: ct);
        var folder = options?.ReceivingFolder is { } named ? Anew(named) : Directory.CreateTempSubdirectory("edufunctions-dropbox-").FullName;
        try
        {
            var settings = Settings(options ?? new DropBoxOptions(), folder);
            var node = await NodeProcess.StartAsync("Sftp/dropbox.mjs", [settings], packages, line => line.Contains("\"listening\""), ct);
            return new DropBox(node, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>The same drop box for somebody to whom nothing has come yet. It goes on when this one is disposed of.</summary>
    public DropBox FromNow() => new(_node, _receivingFolder, ReadJournal().Count, isShared: true);

    public async ValueTask DisposeAsync()
    {
        if (_isShared)
        {
            return;
        }

        await _node.DisposeAsync();
        if (Directory.Exists(_receivingFolder))
        {
            Directory.Delete(_receivingFolder, recursive: true);
        }
    }

    private static string Anew(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static string Settings(DropBoxOptions options, string receivingFolder) => JsonSerializer.Serialize(
        new
        {
            options.Port,
            options.Username,
            options.Password,
            options.AuthorizedKey,
            options.AuthorizedKeysFile,
            options.Folders,
            options.Vanish,
            options.Dialog,
            options.DialogThen,
            options.HasSftp,
            options.RefusedSessions,
            options.RefusedSubsystems,
            options.SilentAt,
            options.Greeting,
            options.WriteStatus,
            options.HangUpAfterFile,
            options.LosesEndOf,
            options.PasswordExpired,
            options.NeedsKeyAndPassword,
            options.CloseStatus,
            options.OverwriteStatus,
            options.Files,
            options.TellsPaths,
            options.MaxBytesPerSecond,
            options.HangUpAfterBytes,
            CloseDelayMilliseconds = (int)options.CloseDelay.TotalMilliseconds,
            ReceivingFolder = receivingFolder,
        },
        Json);

    // Opened for sharing, because the drop box may be writing to it.
    private List<string> ReadJournal()
    {
        var path = Path.Combine(_receivingFolder, "events.jsonl");
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        // What follows the last line break is a line that is still being written.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static DropBoxEvent Parse(string line) => JsonSerializer.Deserialize<DropBoxEvent>(line, Json)!;
}
