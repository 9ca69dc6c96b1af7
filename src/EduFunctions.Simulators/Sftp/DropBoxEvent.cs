namespace EduFunctions.Simulators.Sftp;

/// <summary>One line of the drop box's journal; <see cref="Event"/> says which of the facts are there.</summary>
public sealed record DropBoxEvent(string Event)
{
    public string? User { get; init; }

    public string? Method { get; init; }

    public bool? Accepted { get; init; }

    public string? Operation { get; init; }

    public string? Status { get; init; }

    public string? Path { get; init; }

    public string? File { get; init; }

    public long? Bytes { get; init; }

    public string? Sha256 { get; init; }

    public int? Port { get; init; }

    public IReadOnlyList<string>? Fingerprints { get; init; }
}

/// <summary>A file that was sent and closed, and where its bytes lie now.</summary>
public sealed record ReceivedFile(string Path, string LocalFile, long Bytes, string Sha256);
