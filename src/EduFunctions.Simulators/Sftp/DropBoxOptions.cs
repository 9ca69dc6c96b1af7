namespace EduFunctions.Simulators.Sftp;

/// <summary>Who may log in, and how the drop box behaves.</summary>
public sealed record DropBoxOptions
{
    public string Username { get; init; } = "nordhamn@sftp.example";

    /// <summary>Null where only the key opens the door.</summary>
    public string? Password { get; init; } = "drop-box-password";

    /// <summary>A public key as in <c>authorized_keys</c>.</summary>
    public string? AuthorizedKey { get; init; }

    /// <summary>A file of such keys, a line each, that may grow while the drop box runs; it need not be there.</summary>
    public string? AuthorizedKeysFile { get; init; }

    /// <summary>The folders that exist; <c>/dropbox/*</c> is any folder in the drop box. Every other one is unknown.</summary>
    public IReadOnlyList<string> Folders { get; init; } = ["/", "/dropbox"];

    /// <summary>Where it keeps what it receives until it ends; null for a folder of its own among the temporary ones, which one that is killed leaves there.</summary>
    public string? ReceivingFolder { get; init; }

    /// <summary>A file is gone from sight as soon as it is closed. Otherwise it stays, and can be looked up and renamed.</summary>
    public bool Vanish { get; init; } = true;

    /// <summary>Questions that are put instead of asking for the password in the usual way; the last one is for it, the first of several for the user name.</summary>
    public IReadOnlyList<string> Dialog { get; init; } = [];

    /// <summary>Questions that come one by one after it was answered; whatever is said to them counts as a new password.</summary>
    public IReadOnlyList<string> DialogThen { get; init; } = [];

    /// <summary>Whether there is SFTP behind the door.</summary>
    public bool HasSftp { get; init; } = true;

    /// <summary>How many sessions are refused, and then how often SFTP is refused in one, before all goes well; servers that have a lot to do may.</summary>
    public int RefusedSessions { get; init; }

    public int RefusedSubsystems { get; init; }

    /// <summary>The question that is never answered to who was let in: <c>session</c>, <c>subsystem</c> or <c>realpath</c>.</summary>
    public string? SilentAt { get; init; }

    /// <summary>A text that comes before all SFTP, as of a shell.</summary>
    public string? Greeting { get; init; }

    /// <summary>A password is good no more, and a new one is asked for.</summary>
    public bool PasswordExpired { get; init; }

    /// <summary>The key opens half the door, the password the other half.</summary>
    public bool NeedsKeyAndPassword { get; init; }

    /// <summary>What closing a file is answered with, such as <c>NO_SUCH_FILE</c>, although it was received.</summary>
    public string? CloseStatus { get; init; }

    /// <summary>What opening a file is answered with that lies there already.</summary>
    public string? OverwriteStatus { get; init; }

    /// <summary>Files that lie there already.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether clients may ask where a path leads, and so where they are.</summary>
    public bool TellsPaths { get; init; } = true;

    public int? MaxBytesPerSecond { get; init; }

    /// <summary>The connection ends in the middle of a file after so many bytes.</summary>
    public int? HangUpAfterBytes { get; init; }

    /// <summary>What writing is answered with, such as <c>FAILURE</c> where no room is left.</summary>
    public string? WriteStatus { get; init; }

    /// <summary>The connection ends after every file.</summary>
    public bool HangUpAfterFile { get; init; }

    /// <summary>A file that is received, and at whose end the connection breaks before that is answered, the first time it comes.</summary>
    public string? LosesEndOf { get; init; }

    public TimeSpan CloseDelay { get; init; }

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }
}
