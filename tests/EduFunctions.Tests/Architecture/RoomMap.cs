using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Architecture;

/// <summary>The rooms of the pipeline, left to right: the table in <c>src/README.md</c> is the only list of them.</summary>
internal static partial class RoomMap
{
    public const string Root = "src/EduFunctions.Pipeline";

    /// <summary>The last room: registration, which knows all others.</summary>
    public const string Last = ".";

    private const string Heading = "## The pipeline, left to right";

    public static IReadOnlyList<string> Rooms { get; } = [.. Read()];

    /// <summary>The room of a file, by its path from the pipeline's folder; null for one that no room of the map holds.</summary>
    public static string? Of(string path) =>
        !path.Contains('/', StringComparison.Ordinal)
            ? Last
            : Rooms.SingleOrDefault(room => path.StartsWith($"{room}/", StringComparison.Ordinal));

    private static IEnumerable<string> Read()
    {
        var text = Repository.Text("src/README.md");
        var start = text.IndexOf(Heading, StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        return Room().Matches(text[start..end]).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex(@"^\| `([\w/.]+?)/?` \|", RegexOptions.Multiline)]
    private static partial Regex Room();
}
