using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Oracle;

/// <summary>How Apple wants a value, and a file, written.</summary>
internal static partial class AppleCsv
{
    public static string Clean(string value) => Spaces().Replace(value.Replace('"', '’').Replace('\\', '/'), " ").Trim(' ');

    /// <summary>A file with a header and rows sorted by their first column.</summary>
    public static string File(string header, IEnumerable<string[]> rows) => string.Concat(rows
        .Select(row => row.Select(Clean).ToArray())
        .OrderBy(row => row[0], StringComparer.Ordinal)
        .Select(row => string.Join(',', row.Select(Quote)) + "\n")
        .Prepend(header + "\n"));

    private static string Quote(string value) => value.AsSpan().ContainsAny(" ,;") ? $"\"{value}\"" : value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
