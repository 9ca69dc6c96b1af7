using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>A value of a protected person is found however it is spelt; what only looks like one is not.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SpellingTests
{
    private static readonly EntityId Person = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");

    private static readonly ProtectedValues Values = ValuesOf(
        new(Person, PersonalKind.Name, "Alva Maria", "Berglund"),
        new(Person, PersonalKind.Name, "Åsa", "Öhrn"),
        new(Person, PersonalKind.Name, "Željko", "Šarić"),
        new(Person, PersonalKind.Name, "Anna-Karin", "Lind-Svanberg"),
        new(Person, PersonalKind.Name, "Maibritt", "Søndergård"),
        new(Person, PersonalKind.Name, "Işıl", "Weiß"),
        new(Person, PersonalKind.Name, "Lars", "van der Berg"),
        new(Person, PersonalKind.Phone, "070-999 88 77"),
        new(Person, PersonalKind.Phone, "+46709998866"),
        new(Person, PersonalKind.Phone, "23 45 67 89"),
        new(Person, PersonalKind.CivicNumber, "201301019880"),
        new(Person, PersonalKind.Email, "zqe.hidden@elev.example"),
        new(Person, PersonalKind.UserName, "zqu.hidden@id.example"),
        new(Person, PersonalKind.UserName, " <MAILTO:Zqw.hidden\u200b@id.example>. "),
        new(Person, PersonalKind.CivicNumber, "SE\uff12\uff10130102-9881"),
        new(Person, PersonalKind.CivicNumber, "501039882.0"),
        new(Person, PersonalKind.Identifier, "zq-4711"),
        new(Person, PersonalKind.Name, "Ebba Rosenqvist", ""),
        new(Person, PersonalKind.Name, "", "Lindgren, Ture"),
        new(Person, PersonalKind.Name, "Per", "Sten"),
        new(Person, PersonalKind.Name, "Bo", "Ek"),
        new(Person, PersonalKind.Name, "Søren", "Kjærgaard"),
        new(Person, PersonalKind.Name, "Ã…ke", "&Ouml;rn"),
        new(Person, PersonalKind.UserName, "alvber01@id.example"),
        new(Person, PersonalKind.Address, "Zqgatan 12"));

    [Theory]
    [InlineData("Stödgrupp Alva Berglunds")]
    [InlineData("ALVA MARIA BERGLUND")]
    [InlineData("Berglund, Alva")]
    [InlineData("Marias och Berglunds grupp")]
    [InlineData("Matte A\u030asa O\u0308hrn")]
    [InlineData("Matte Asa Ohrn")]
    [InlineData("aasa oehrn")]
    [InlineData("STÖD ŽELJKO ŠARIĆ")]
    [InlineData("Al\u00adva Berg\u200blund")]
    [InlineData("Alva\u00a0Berglund")]
    [InlineData("Alva\u2011Berglund")]
    [InlineData("\uff21\uff4c\uff56\uff41 \uff22\uff45\uff52\uff47\uff4c\uff55\uff4e\uff44")]
    [InlineData("\U0001d400\U0001d425\U0001d42f\U0001d41a Berglund")]
    [InlineData("Annakarin Lind")]
    [InlineData("Anna Svanberg")]
    [InlineData("Karin Lind Svanberg")]
    [InlineData("Anna-Karin Lindsvanbergs stöd")]
    [InlineData("Mai-Britt Soendergaard")]
    [InlineData("IŞIL WEISS")]
    [InlineData("Lars Vanderberg")]
    [InlineData("Lars' og van der Bergs hold")]
    [InlineData("AlvaBerglund")]
    [InlineData("kontakt alva.berglund@post.example")]
    [InlineData("kontakt berglund_alva@post.example")]
    [InlineData("asa.ohrn@post.example")]
    [InlineData("Alva|Berglund|x")]
    [InlineData("Berglund\tx\tAlva")]
    [InlineData("070-999 88 77")]
    [InlineData("tel: 0709998877.")]
    [InlineData("+46 (0)70 999 88 77")]
    [InlineData("0046 70 999 88 66")]
    [InlineData("+46 70 999 88 66")]
    [InlineData("070/999.88.66")]
    [InlineData("+45 2345 6789")]
    [InlineData("20130101 9880")]
    [InlineData("2013 01 01 98 80")]
    [InlineData("130101-9880")]
    [InlineData("\uff11\uff13\uff10\uff11\uff10\uff11-\uff19\uff18\uff18\uff10")]
    [InlineData("ZQE.HIDDEN@ELEV.EXAMPLE")]
    [InlineData("zqgatan  12")]
    [InlineData("4E029F67638E514F814B095D3E88A048")]
    [InlineData("\"Stöd Berglund,Alva\",7b")]
    [InlineData("x|Stöd Berglund,Alva|y")]
    [InlineData("AlvaBerglund4B")]
    [InlineData("4bBerglundAlva")]
    [InlineData("StödAlva Berglund")]
    [InlineData("BERGLUNDAlva 4b")]
    [InlineData("STÖDALVABERGLUND")]
    [InlineData("stödalvaberglundsgrupp")]
    [InlineData("stödPerSten")]
    [InlineData("ST\u200bÖDŽEL\u00adJKOŠARIĆ")]
    [InlineData("STÖDŽELJ\u00adKOŠARIĆs")]
    [InlineData("ÅsaÖhrn4b")]
    [InlineData("STÖDÅsaÖhrn")]
    [InlineData("persten4b")]
    [InlineData("alva.berglund2@post.example")]
    [InlineData("alva2berglund3@post.example")]
    [InlineData("bo.ek2@post.example")]
    [InlineData("Ebba Rosenqvist")]
    [InlineData("ebba.rosenqvist@post.example")]
    [InlineData("Ture Lindgrens grupp")]
    [InlineData("SE20130101-9880")]
    [InlineData("SE1301019880")]
    [InlineData("pnr201301019880x")]
    [InlineData("201301019880.0")]
    [InlineData("+130101+9880")]
    [InlineData("20130102 9881")]
    [InlineData("501039882")]
    [InlineData("0501039882")]
    [InlineData("tel0709998877x")]
    [InlineData("mailto:zqu.hidden@id.example.")]
    [InlineData("\uff1czqu.hid\u200bden@id.example\uff1e")]
    [InlineData("zqw.hidden@id.example")]
    [InlineData("{ZQ4711}")]
    [InlineData("Al\u3164va Ber\u115fglund")]
    [InlineData("Soeren Kjærgård")]
    [InlineData("Sören Kjärgård")]
    [InlineData("soren.kjargaard@post.example")]
    [InlineData("Åke Örn")]
    [InlineData("Stöd alvber01")]
    [InlineData("ALVBER01@elsewhere.example")]
    [InlineData("Stöd@AlvaBerglund")]
    [InlineData("Hej @alva.berglund")]
    [InlineData("info@elev.example Alva Berglund")]
    [InlineData("alva.berglund@alva.berglund.example")]
    public void Every_spelling_is_found(string row) => Assert.NotEmpty(Find(row));

    [Theory]
    [InlineData("Alva Lind")]
    [InlineData("Alvar Berglund")]
    [InlineData("Alva Berglundh")]
    [InlineData("Berglund")]
    [InlineData("Alva;x;Berglunds skola")]
    [InlineData("Anna|Lind")]
    [InlineData("Lars van Dijk")]
    [InlineData("070-999 88 78")]
    [InlineData("0709998;877")]
    [InlineData("zqgatan|12")]
    [InlineData("Permissioner till Stenhuggare")]
    [InlineData("Superstenar")]
    [InlineData("Alvaskolan Berglundska")]
    [InlineData("A. Berglund")]
    [InlineData("a.berglund@post.example")]
    [InlineData("Matte Berglund,Alva,Lind")]
    [InlineData("boekhouden")]
    [InlineData("info@alva.berglund.example")]
    [InlineData("alva@elev.berglund.example")]
    [InlineData("info@STÖDALVABERGLUND.se")]
    [InlineData("info\uff20alvaberglunds.example")]
    [InlineData("info@id.example zqu.hidden")]
    [InlineData("1201301019880")]
    [InlineData("")]
    [InlineData("ααα βββ \ud83d\ude00")]
    public void What_tells_nothing_is_not(string row) => Assert.Empty(Find(row));

    [Theory]
    [InlineData("Stöd Berglund,Alva")]
    [InlineData("Stöd Berglund;Alva|4b")]
    [InlineData("Alva<Stöd Berglund>")]
    public void In_a_text_of_its_own_nothing_separates(string text)
    {
        Assert.NotEmpty(new RowScan(Values).FindInText(Encoding.UTF8.GetBytes(text)));
        Assert.Empty(Find(text));
    }

    /// <summary>People read past what became of letters on their way through wrong encodings.</summary>
    [Theory]
    [InlineData("Stöd Ã…sa Ã–hrn")]
    [InlineData("Stöd Ãƒâ€¦sa Ãƒâ€“hrn")]
    [InlineData("&Aring;sa &Ouml;hrn")]
    [InlineData("&#197;sa &#214;hrn")]
    [InlineData("%C3%85sa %C3%96hrn")]
    [InlineData("%C5sa %D6hrn")]
    [InlineData(@"\u00c5sa \u00d6hrn")]
    [InlineData("Lars O&#39;Connor & Åsa Öhrn")]
    public void A_text_is_read_as_what_it_was(string text) => Assert.True(new TellingText(new RowScan(Values)).Is(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("Årskurs 7 & 8")]
    [InlineData("100 % närvaro")]
    [InlineData("Ã…rskurs 7")]
    public void What_was_another_text_is_not(string text) => Assert.False(new TellingText(new RowScan(Values)).Is(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whatever its digits: ids are cut where letters meet digits, like any word.</summary>
    [Property(MaxTest = 500)]
    public bool Any_id_is_found(Guid id, bool isCapital, bool isBare)
    {
        if (!EntityId.TryParse(id.ToString(), out var known))
        {
            return true;
        }

        var data = new SourceData(new Vocabularies());
        data.ProtectedIds.Add(known);
        var text = id.ToString(isBare ? "N" : "D");

        return new RowScan(ProtectedValuesBuilder.Of(data, 17)).Find(Encoding.UTF8.GetBytes($"row,{(isCapital ? text.ToUpperInvariant() : text)},x")).Count == 1;
    }

    [Fact]
    public void A_value_of_any_length_is_taken()
    {
        var (word, many) = (new string('q', 200), string.Join(' ', Enumerable.Range(1, 40).Select(number => $"Zq{number}")));

        var values = ValuesOf(new(Person, PersonalKind.Name, many, word), new(Person, PersonalKind.UserName, word), new(Person, PersonalKind.Name, "Alva", "Berglund"));

        Assert.NotEmpty(new RowScan(values).Find("Alva Berglund"u8));
        Assert.NotEmpty(ValuesOf(new PersonalValue(Person, PersonalKind.Name, many, many)).Names.Rows.ToArray());
    }

    [Theory]
    [InlineData("ö Alva Berglund", 8)]
    [InlineData("x\u00ad\u00ad Alva Berglund", 11)]
    [InlineData("Alva Berglund", 5)]
    public void The_place_is_that_of_the_row_itself(string row, int place) => Assert.Equal(place, Find(row)[0].Position);

    [Fact]
    public void A_row_of_any_length_and_words_of_any_length_are_read_to_the_end()
    {
        for (var length = 0; length < 200; length++)
        {
            var filler = new string('x', length);

            Assert.NotEmpty(Find($"{filler}-Alva Berglund"));
            Assert.NotEmpty(Find($"{filler}|Alva Berglund{new string(' ', length)}"));
            Assert.NotEmpty(Find(string.Concat(Enumerable.Repeat("ab ", length)) + "2013 01 01 98 80"));
        }
    }

    /// <summary>Any change of spelling that leaves a reader in no doubt, any number of them, in any row.</summary>
    [Property(MaxTest = 500)]
    public Property Any_change_of_spelling_is_found() => Prop.ForAll(Spellings().ToArbitrary(), row => Find(row).Count > 0);

    private static Gen<string> Spellings() =>
        from value in Gen.Elements("Alva Berglund", "Berglund Alva", "Åsa Öhrn", "Željko Šarić", "Anna-Karin Lind-Svanberg", "070 999 88 77", "20130101-9880")
        from changes in Gen.SubListOf(Enumerable.Range(0, Changes.Length))
        from glue in Gen.Elements(Glues)
        from isReversed in Gen.Elements(false, true)
        from before in Gen.Elements("", "Stöd ", "x;", "\"", "grupp (")
        from after in Gen.Elements("", " 7b", ";y", "\"", ")")
        let spelt = (isReversed ? Enumerable.Reverse(changes) : changes).Aggregate(glue(value), (text, change) => Changes[change](text))
        select before + spelt + after;

    /// <summary>What a name is still recognised in, and a number as well.</summary>
    private static readonly Func<string, string>[] Glues =
    [
        text => text,
        text => IsName(text) ? Glued(text) : $"SE{Glued(text)}",
        text => IsName(text) ? $"{text}4" : text,
        text => IsName(text) ? $"{Glued(text)}4B" : text,
        text => IsName(text) ? $"{text.Replace(' ', '.').ToLowerInvariant()}2@post.example" : text,
        text => IsName(text) && text.Length > 8 && !text.Contains('-') ? $"STÖD{Glued(text).ToUpperInvariant()}" : text,
    ];

    private static bool IsName(string text) => !text.Any(char.IsDigit);

    private static string Glued(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static readonly Func<string, string>[] Changes =
    [
        text => text.ToUpperInvariant(),
        text => text.ToLowerInvariant(),
        text => text.Replace(' ', '-'),
        text => text.Replace('-', ' '),
        text => text.Replace(" ", "  ", StringComparison.Ordinal),
        text => text.Replace(' ', '\u00a0'),
        text => text.Insert(text.Length / 2, "\u00ad"),
        text => text.Insert(2, "\u200b"),
        text => Decomposed(text),
        text => string.Concat(text.Select(c => c is > ' ' and < '\u007f' ? (char)(c + 0xfee0) : c)),
        text => char.IsLetter(text[^1]) && text[^1] != 's' ? $"{text}s" : text,
        text => text.Replace("-", "", StringComparison.Ordinal),
    ];

    /// <summary>The runtime's own is not there.</summary>
    private static string Decomposed(string text) => text
        .Replace("Å", "A\u030a", StringComparison.Ordinal).Replace("Ö", "O\u0308", StringComparison.Ordinal)
        .Replace("Ž", "Z\u030c", StringComparison.Ordinal).Replace("Š", "S\u030c", StringComparison.Ordinal)
        .Replace("å", "a\u030a", StringComparison.Ordinal).Replace("ö", "o\u0308", StringComparison.Ordinal)
        .Replace("ž", "z\u030c", StringComparison.Ordinal).Replace("š", "s\u030c", StringComparison.Ordinal)
        .Replace("Ć", "C\u0301", StringComparison.Ordinal).Replace("ć", "c\u0301", StringComparison.Ordinal);

    private static IReadOnlyList<RowHit> Find(string row) => new RowScan(Values).Find(Encoding.UTF8.GetBytes(row));

    private static ProtectedValues ValuesOf(params PersonalValue[] values)
    {
        var data = new SourceData(new Vocabularies());
        data.ProtectedIds.Add(Person);
        data.PersonalValues.AddRange(values);
        return ProtectedValuesBuilder.Of(data, 17);
    }
}
