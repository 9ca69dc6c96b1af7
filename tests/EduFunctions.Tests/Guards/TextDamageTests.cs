using System.Net;
using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Every name through every wrong reading: as a change of what was right, and by itself.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TextDamageTests
{
    private static readonly string[] Names =
    [
        "Åke", "Örjan", "Ängla", "Håkan", "Sjöström", "Bengt Åke", "Søren", "Bjørn", "Ærø", "Märta-Åsa", "Östra skolan", "åke.öberg@elev.example",
    ];

    private static readonly int[] Alone = [1252, 28591, 10000, 850, 437];

    private static readonly int[] WithLetters = [1250, 1251, 28592];

    public static TheoryData<string, int> Readings
    {
        get
        {
            var table = new TheoryData<string, int>();
            foreach (var name in Names)
            {
                Array.ForEach([.. Alone, .. WithLetters], codePage => table.Add(name, codePage));
            }

            return table;
        }
    }

    public static TheoryData<string> All => [.. Names];

    [Theory]
    [MemberData(nameof(Readings))]
    public void A_misreading_is_no_change_of_name(string name, int codePage)
    {
        var (once, twice) = (Misread(name, codePage), Misread(Misread(name, codePage), codePage));

        Assert.All((string[])[once, twice, once.ToLowerInvariant(), once[..^1], $"{once} Lind"], damaged => Assert.Equal(TextDamage.Misread, Of(name, damaged)));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void A_misreading_shows_by_itself(string name, int codePage)
    {
        var (once, twice) = (Misread(name, codePage), Misread(Misread(name, codePage), codePage));

        Assert.All(Alone.Contains(codePage) ? (string[])[once, twice, once.ToLowerInvariant(), $"{once} Örn"] : [], damaged => Assert.Equal(TextDamage.Misread, Of(damaged)));
    }

    /// <summary>What Windows-1252 has as one byte is one other letter, or none, in the encodings of DOS and of old Macs, and the other way round.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_letter_of_one_byte_that_is_read_as_another_is_no_change_of_name(string name)
    {
        foreach (var (from, to) in new[] { (1252, 850), (850, 1252), (1252, 437), (1252, 10000), (10000, 1252), (1252, 1250), (1252, 1251), (28591, 850), (1252, 1253) })
        {
            var damaged = Encoding(to).GetString(Encoding(from).GetBytes(name));
            Assert.True(damaged == name || Of(name, damaged) != TextDamage.None, $"{name} became {damaged}");
            Assert.True(damaged == name || !TextDamages.IsMended(Bytes(name), Bytes(damaged)), $"{name} is not mended by {damaged}");
        }
    }

    [Theory]
    [InlineData("Mõrta", "Märta")]
    [InlineData("Bj÷rn", "Björn")]
    [InlineData("┼ke", "Åke")]
    [InlineData("MŠrta", "Märta")]
    [InlineData("M_rta", "Märta")]
    public void Mended_it_is_no_damage(string damaged, string name)
    {
        Assert.True(TextDamages.IsMended(Bytes(damaged), Bytes(name)));
        Assert.Equal(TextDamage.None, Of(damaged, name));
    }

    /// <summary>A letter that no Nordic name has, at the end, is no half of one.</summary>
    [Theory]
    [InlineData("Zoë", "Zoé")]
    [InlineData("Zoé", "Zoë")]
    [InlineData("Zoë", "Zora")]
    [InlineData("Noël", "Noel")]
    public void Another_name_is_neither_damaged_nor_mended(string before, string now)
    {
        Assert.Equal(TextDamage.None, Of(before, now));
        Assert.False(TextDamages.IsMended(Bytes(before), Bytes(now)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Escapes_are_misread_letters(string name)
    {
        string[] escaped =
        [
            Escaped(name, letter => $"\\u{(int)letter:x4}"), Escaped(name, letter => $"&#{(int)letter};"), WebUtility.HtmlEncode(name),
            Escaped(name, letter => $"\\x{(int)letter:x2}"), Escaped(name, letter => Uri.EscapeDataString($"{letter}").Replace('%', '=')),
            Escaped(name, letter => Uri.EscapeDataString($"{letter}")), Escaped(name, letter => $"%{(int)letter:X2}"),
        ];

        Assert.All(escaped, damaged => Assert.Equal((TextDamage.Misread, TextDamage.Misread), (Of(name, damaged), Of(damaged))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Letters_are_lost(string name)
    {
        Assert.Equal(TextDamage.Lost, Of(Escaped(name, _ => "\uFFFD")));
        Assert.Equal(TextDamage.Lost, Of(Escaped(name, _ => "ï¿½")));
        Assert.All((string[])["?", "??", "\uFFFD", "", "_", " ", "\u25a1", "\u001a"], mark => Assert.Equal(TextDamage.Lost, Of(name, Escaped(name, _ => mark))));
    }

    [Theory]
    [InlineData("?ke")]
    [InlineData("Bj?rn")]
    [InlineData("Bengt ?ke")]
    [InlineData("Bengt-??ke")]
    public void A_mark_before_a_letter_shows_by_itself(string damaged) => Assert.Equal(TextDamage.Lost, Of(damaged));

    [Theory]
    [InlineData("Åke", "]ke")]
    [InlineData("Sjöström", "Sj|str|m")]
    public void Seven_bits_show_beside_what_was(string name, string damaged) => Assert.Equal(TextDamage.Misread, Of(name, damaged));

    [Theory]
    [InlineData("Åke")]
    [InlineData("JOÃO")]
    [InlineData("Conceição")]
    [InlineData("BĂSESCU")]
    [InlineData("Гёте")]
    [InlineData("Núñez")]
    [InlineData("Łukasz")]
    [InlineData("Ştefan")]
    [InlineData("Nguyễn")]
    [InlineData("Groß")]
    [InlineData("Maj?")]
    [InlineData("Ma & No [7A]")]
    [InlineData("100 %")]
    [InlineData("Þórður")]
    public void A_name_is_no_damage(string name)
    {
        Assert.Equal(TextDamage.None, Of(name));
        Assert.Equal(TextDamage.None, Of("Öberg", name));
        Assert.Equal(TextDamage.None, Of(name, "Öberg"));
    }

    [Theory]
    [InlineData("Åke", "Ake")]
    [InlineData("Åke", "Åke Örjan")]
    [InlineData("Åke", "")]
    public void Another_name_is_no_damage(string before, string now) => Assert.Equal(TextDamage.None, Of(before, now));

    [Theory]
    [MemberData(nameof(Readings))]
    public void Mended_it_is_neither_damage_nor_change(string name, int codePage)
    {
        Assert.True(TextDamages.IsMended(Bytes(Misread(name, codePage)), Bytes(name)));
        Assert.True(TextDamages.IsMended(Bytes(Escaped(name, _ => "?")), Bytes(name)));
        Assert.False(TextDamages.IsMended(Bytes(name), Bytes(Misread(name, codePage))));
        Assert.Equal(TextDamage.None, Of(Misread(name, codePage), name));
    }

    private static string Misread(string text, int codePage) => Encoding(codePage).GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static Encoding Encoding(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? System.Text.Encoding.GetEncoding(codePage);

    private static string Escaped(string text, Func<char, string> escape) => string.Concat(text.Select(letter => char.IsAscii(letter) ? $"{letter}" : escape(letter)));

    private static TextDamage Of(string before, string now) => TextDamages.Of(Bytes(before), Bytes(now));

    private static TextDamage Of(string text) => TextDamages.Of(Bytes(text));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
