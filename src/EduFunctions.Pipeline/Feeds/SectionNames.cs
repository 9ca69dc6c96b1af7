using System.Text;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Names of sections by a pattern: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.</summary>
internal sealed class SectionNames(Roster roster, string pattern, CleanText text)
{
    private static readonly string[] Placeholders = ["group}", "syllabus}", "school}"];

    /// <summary>The pattern cut at its placeholders, which are parts of their own.</summary>
    private readonly string[] _parts = [.. Cut(pattern)];
    private readonly byte[][] _literals = [.. Cut(pattern).Select(Encoding.UTF8.GetBytes)];
    private byte[] _name = new byte[256];

    /// <summary>Good until the next value is cleaned.</summary>
    public ReadOnlySpan<byte> Of(in RosterSection section)
    {
        var length = 0;
        for (var part = 0; part < _parts.Length; part++)
        {
            length = Append(length, _parts[part] switch
            {
                "{group}" => roster[section.Name],
                "{syllabus}" => Syllabus(section),
                "{school}" => roster[roster.Units[section.Unit].Name],
                _ => _literals[part],
            });
        }

        return text.Clean(_name.AsSpan(0, length));
    }

    private int Append(int length, ReadOnlySpan<byte> value)
    {
        if (length + value.Length > _name.Length)
        {
            Array.Resize(ref _name, (length + value.Length) * 2);
        }

        value.CopyTo(_name.AsSpan(length));
        return length + value.Length;
    }

    private ReadOnlySpan<byte> Syllabus(in RosterSection section)
    {
        if (section.Syllabus < 0)
        {
            return default;
        }

        ref readonly var syllabus = ref roster.Syllabuses[section.Syllabus];
        return roster[text.Clean(roster[syllabus.CourseName]).IsEmpty ? syllabus.SubjectName : syllabus.CourseName];
    }

    private static IEnumerable<string> Cut(string pattern)
    {
        var pieces = pattern.Split('{');
        yield return pieces[0];
        foreach (var piece in pieces.Skip(1))
        {
            var placeholder = Placeholders.FirstOrDefault(name => piece.StartsWith(name, StringComparison.Ordinal), "");
            yield return $"{{{placeholder}";
            yield return piece[placeholder.Length..];
        }
    }
}
