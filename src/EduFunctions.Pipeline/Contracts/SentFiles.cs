namespace EduFunctions.Pipeline.Contracts;

/// <summary>How far the delivery of a feed has come.</summary>
/// <param name="Files">All files of the run's feed, with those that stay here.</param>
/// <param name="Begun">Those that the target may have, and whether it has confirmed every row of them.</param>
public sealed record SentFiles(string Run, IReadOnlyCollection<string> Files, IReadOnlyDictionary<string, bool> Begun)
{
    /// <summary>By file: lines that the target refused, where it names them and took all others.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Refused { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>By file, for deliveries that go file by file.</summary>
    public IReadOnlyDictionary<string, FileProgress> Progress { get; init; } = new Dictionary<string, FileProgress>();

    public bool Has(string file) => Files.Contains(file);

    public bool IsBegun(string file) => Begun.ContainsKey(file);

    public bool IsConfirmed(string file) => Begun.GetValueOrDefault(file);

    public FileProgress? ProgressOf(string file) => Progress.GetValueOrDefault(file);

    public IReadOnlyList<int> RefusedLines(string file) => Refused.GetValueOrDefault(file) ?? [];
}
