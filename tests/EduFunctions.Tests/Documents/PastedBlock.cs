using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Documents;

/// <summary>Commands of a document, as a reader pastes them.</summary>
/// <param name="Line">Where the first of them stands.</param>
internal sealed record PastedBlock(string Document, int Line, IReadOnlyList<string> Commands)
{
    /// <summary>How a block begins that wants what no test has: an installation in Azure, or somebody's hands.</summary>
    private static readonly string[] Marks = ["# In Azure", "# By hand"];

    private const string Fence = "```";

    public bool IsRun => !Marks.Any(mark => Commands[0].StartsWith(mark, StringComparison.Ordinal));

    /// <summary>Readers of the first page read these and what stands below <c>docs</c>.</summary>
    public static IEnumerable<string> Documents =>
    [
        "README.md", "azurite.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<PastedBlock> Of(string document)
    {
        var (blocks, lines, start) = (new List<PastedBlock>(), Repository.Text(document).Split('\n'), -1);
        for (var at = 0; at < lines.Length; at++)
        {
            if (start < 0 && lines[at].Trim() is $"{Fence}bash")
            {
                start = at + 1;
            }
            else if (start >= 0 && lines[at].Trim() == Fence)
            {
                blocks.Add(new PastedBlock(document, start + 1, lines[start..at]));
                start = -1;
            }
        }

        return blocks;
    }
}
