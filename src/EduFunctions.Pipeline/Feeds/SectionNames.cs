using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Names of sections by a pattern: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.</summary>
internal sealed partial class SectionNames(Roster roster, string pattern, CleanText text)
{
    /// <summary>The pattern cut at its placeholders, which are parts of their own.</summary>
    private readonly (string Text, byte[] Literal)[] _parts =
        [.. Placeholder().Split(pattern).Select(part => (part, Encoding.UTF8.GetBytes(part)))];

    private byte[] _name = new byte[256];

    /// <summary>Good until the next value is cleaned.</summary>
    public ReadOnlySpan<byte> Of(in RosterSection section)
    {
        var length = 0;
        foreach (var (part, literal) in _parts)
        {
            length = Append(length, part switch
            {
                "{group}" => roster[section.Name],
                "{syllabus}" => Syllabus(section),
                "{school}" => roster[roster.Units[section.Unit].Name],
                _ => literal,
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

    // In parentheses, so that splitting keeps it.
    [GeneratedRegex(@"(\{group\}|\{syllabus\}|\{school\})")]
    private static partial Regex Placeholder();
}
