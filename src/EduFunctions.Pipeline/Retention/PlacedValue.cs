using System.Text;
using System.Text.Json;
using System.Xml;

namespace EduFunctions.Pipeline.Retention;

/// <summary>A value that stands by itself in a stored text, and where: a string of JSON, a text or attribute of XML, a cell of a table or an item of a list in one.</summary>
/// <param name="Path">The file, and the names on the way to it: of properties, of elements, of a column. In lower case.</param>
/// <param name="Start">In bytes, of JSON alone; -1 otherwise.</param>
internal readonly record struct PlacedValue(IReadOnlyList<string> Path, int Start, int Length)
{
    private const int PageDigits = 6;

    private static readonly char[] Separators = ['\t', '|', ';', ','];

    /// <summary>Where a value stands. A text whose form is not known is taken for a table of one column.</summary>
    /// <param name="name">Of the blob, or within a packed one.</param>
    public static IReadOnlyList<PlacedValue> Find(string name, byte[] content, Predicate<string> isWanted)
    {
        var (file, text) = (FileOf(name), content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        try
        {
            return text.AsSpan().TrimStart(" \r\n\t"u8) switch
            {
                [(byte)'{' or (byte)'[', ..] => OfJson(file, text, content.Length - text.Length, isWanted),
                [(byte)'<', ..] => OfXml(file, text, isWanted),
                _ => OfTable(file, text, isWanted),
            };
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return OfTable(file, text, isWanted);
        }
    }

    /// <summary>Pages are called by their numbers: their folder says what is on them.</summary>
    private static string FileOf(string name) => name.Split('/') switch
    {
        [.., var folder, var page] when page.Length > PageDigits && page[PageDigits] == '.' && page[..PageDigits].All(char.IsAsciiDigit) => folder,
        [.., var file] => file,
        _ => name,
    };

    private static List<PlacedValue> OfJson(string file, byte[] json, int offset, Predicate<string> isWanted)
    {
        var (found, path) = (new List<PlacedValue>(), new List<string?>());
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
            {
                continue;
            }

            var (depth, value) = (reader.CurrentDepth, reader.GetString()!);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path.RemoveRange(Math.Min(depth, path.Count), Math.Max(0, path.Count - depth));
                path.AddRange(Enumerable.Repeat<string?>(null, depth - path.Count));
            }

            if (isWanted(value))
            {
                found.Add(new PlacedValue([Lower(file), .. path.Take(depth + 1).OfType<string>()], offset + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path.Add(Lower(value));
            }
        }

        return found;
    }

    private static List<PlacedValue> OfXml(string file, byte[] xml, Predicate<string> isWanted)
    {
        var (found, path) = (new List<PlacedValue>(), new List<string>());
        using var reader = XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                path.RemoveRange(reader.Depth, path.Count - reader.Depth);
                path.Add(Lower(reader.LocalName));
                for (var isAttribute = reader.MoveToFirstAttribute(); isAttribute; isAttribute = reader.MoveToNextAttribute())
                {
                    Add([.. path, Lower(reader.LocalName)]);
                }

                reader.MoveToElement();
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                Add(path.Take(reader.Depth));
            }
        }

        return found;

        void Add(IEnumerable<string> place)
        {
            if (isWanted(reader.Value.Trim()))
            {
                found.Add(new PlacedValue([Lower(file), .. place], -1, 0));
            }
        }
    }

    /// <summary>The first row tells what the columns are; it is looked into like all others, since not every table has such a row.</summary>
    private static List<PlacedValue> OfTable(string file, byte[] table, Predicate<string> isWanted)
    {
        var (found, text) = (new List<PlacedValue>(), Encoding.UTF8.GetString(table));
        var header = text.Split('\n', 2)[0];
        var separator = Separators.MaxBy(each => header.Count(letter => letter == each));
        var (columns, column, cell, isQuoted, isFirst) = (new List<string>(), 0, new StringBuilder(), false, true);
        foreach (var letter in text)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || (letter != separator && letter != '\n'))
            {
                cell.Append(letter);
            }
            else
            {
                EndCell();
                (column, isFirst) = letter == '\n' ? (0, false) : (column + 1, isFirst);
            }
        }

        EndCell();
        return found;

        void EndCell()
        {
            var value = cell.ToString().Trim();
            cell.Clear();
            if (isFirst)
            {
                columns.Add(Lower(value));
            }

            if (value.Split(Separators, StringSplitOptions.TrimEntries).Any(item => isWanted(item)))
            {
                found.Add(new PlacedValue(isFirst || column >= columns.Count ? [Lower(file)] : [Lower(file), columns[column]], -1, 0));
            }
        }
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
