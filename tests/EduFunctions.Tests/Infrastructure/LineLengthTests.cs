using System.Globalization;
using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>What .editorconfig says of the length of lines, which no build looks at.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LineLengthTests
{
    private static readonly string[] Made = ["bin", "obj", "out", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    [Fact]
    public void Lines_of_code_are_kept_within_the_length_of_the_editor()
    {
        var most = MostOf("*.cs");
        var files = Files("*.cs").ToList();

        Assert.True(files.Count > 500);
        Assert.Empty(files.SelectMany(file => Lines(file).Where(line => line.Text.Length > most).Select(line => $"{file}:{line.Number}")));
    }

    [Fact]
    public void Prose_is_wrapped()
    {
        var most = MostOf("*.md");
        var files = Files("*.md").ToList();

        Assert.True(files.Count > 20);
        Assert.Empty(files.SelectMany(file => Prose(file).Where(line => line.Text.Length > most).Select(line => $"{file}:{line.Number}")));
    }

    /// <summary>All lines but those of tables and of code, which cannot be broken, and what is one word.</summary>
    private static IEnumerable<(int Number, string Text)> Prose(string file)
    {
        var isCode = false;
        foreach (var line in Lines(file))
        {
            var text = line.Text.Trim();
            if (text.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode && !text.StartsWith('|') && text.Contains(' ', StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<(int Number, string Text)> Lines(string file) => Repository.Text(file).Split('\n').Select((line, at) => (at + 1, line.TrimEnd('\r')));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => Made.Contains(folder) || (folder.StartsWith('.') && folder != ".github")));

    private static int MostOf(string files) =>
        int.Parse(Regex.Match(Repository.Text(".editorconfig"), $@"\[{Regex.Escape(files)}\][^\[]*?max_line_length = (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
}
