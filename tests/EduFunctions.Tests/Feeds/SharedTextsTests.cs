using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>Rows with one text by sets of bits, and once more by groups.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SharedTextsTests
{
    [Property(MaxTest = 500)]
    public void Says_the_same_as_groups(byte[] drawn)
    {
        // Some have none, and case makes no other text.
        byte[][] texts = [.. drawn.Select(number => number % 32)
            .Select((number, row) => Encoding.UTF8.GetBytes(number == 0 ? "" : row % 2 == 0 ? $"zqé{number}@id.example" : $"ZQÉ{number}@ID.example"))];

        var found = SharedTexts.Find(texts.Length, () => row => texts[row]);

        var expected = texts.Select((text, row) => (Text: Encoding.UTF8.GetString(text).ToUpperInvariant(), Row: row))
            .Where(text => text.Text.Length > 0).GroupBy(text => text.Text).Where(same => same.Count() > 1).Select(same => string.Join(' ', same.Select(text => text.Row)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(same => string.Join(' ', same)).Order(StringComparer.Ordinal));
    }
}
