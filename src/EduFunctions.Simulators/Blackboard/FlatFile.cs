using System.Text;

namespace EduFunctions.Simulators.Blackboard;

/// <summary>A posted file as Learn reads it: header in any case and order, blank lines ignored, a double quote that swallows lines until the next one.</summary>
internal static class FlatFile
{
    /// <summary>The rows by header in lower case.</summary>
    public static List<Dictionary<string, string>> Read(byte[] body, char delimiter)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body).TrimStart('\uFEFF');
        var lines = Split(text.Replace("\r\n", "\n", StringComparison.Ordinal), '\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var header = lines.Count == 0 ? [] : Split(lines[0], delimiter).Select(name => name.Trim().ToLowerInvariant()).ToList();
        return [.. lines.Skip(1).Select(line => header.Zip(Split(line, delimiter).Select(value => value.Trim('"')))
            .ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static List<string> Split(string text, char separator)
    {
        var (parts, start, isQuoted) = (new List<string>(), 0, false);
        for (var at = 0; at < text.Length; at++)
        {
            isQuoted ^= text[at] == '"';
            if (text[at] == separator && !isQuoted)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
