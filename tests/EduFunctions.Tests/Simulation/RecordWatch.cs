using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <summary>Looks at every write: what is on record of a tenant never goes back to an earlier run's, not even for a moment that the next night would heal.</summary>
internal sealed class RecordWatch(InMemoryAccount account)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <param name="path">The blob that may have been written, with its container.</param>
    public void Look(string path)
    {
        if (NumberOf(path) is not { } number)
        {
            return;
        }

        if (_numbers.TryGetValue(path, out var before) && number < before)
        {
            _problems.Add($"{path} went back from run {before} to run {number}");
        }

        _numbers[path] = number;
    }

    /// <summary>All of it has gone back, and not by a host.</summary>
    public void Forget() => _numbers.Clear();

    private int? NumberOf(string path)
    {
        if (path.Split('/') is not ["state", var tenant, ..] || account.Find(path) is not { } blob)
        {
            return null;
        }

        return Path.GetFileName(path) switch
        {
            "active.json" or "delivered.json" => (int)JsonNode.Parse(blob.Content)!["number"]!,
            "pull.json" => NumberOf(tenant, (string)JsonNode.Parse(blob.Content)!["run"]!),
            "held.json" => JsonNode.Parse(blob.Content)!.AsArray().Max(file => NumberOf(tenant, (string)file!["run"]!)),
            _ => null,
        };
    }

    private int? NumberOf(string tenant, string run) =>
        account.Find($"runs/{tenant}/{run}.json") is { } blob ? (int)JsonNode.Parse(blob.Content)!["number"]! : null;
}
