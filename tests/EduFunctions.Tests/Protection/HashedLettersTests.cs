using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What is read in blocks, or without anything in between, is what reading it letter by letter gives.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class HashedLettersTests
{
    private const string Alphabet = "abcXYZ019-_{}:. @åÖ";
    private const string Names = "Åsa-Lena ÖHRN\u00ad 070\u00a0Şahin ﬁ\uff21lva\u200b \u0661 \ud83d\ude00ß'\t-";

    [Fact]
    public void A_key_has_one_hash_however_long_it_is()
    {
        var (hash, random) = (new PhraseHash(17), new Random(1));
        for (var length = 0; length < 300; length++)
        {
            var text = Encoding.UTF8.GetBytes(random.GetItems(Alphabet.AsSpan(), length));
            var expected = text.Where(letter => char.IsAsciiLetterOrDigit((char)letter)).Aggregate(0UL, hash.Join);

            Assert.Equal(expected, hash.OfLetters(text));
        }
    }

    [Fact]
    public void A_uuid_has_the_hash_of_its_letters_in_whatever_case()
    {
        var hash = new PhraseHash(17);
        var letters = hash.OfLetters("4e029f67638e514f814b095d3e88a048"u8);

        Assert.Equal(letters, hash.OfLetters("4e029f67-638e-514f-814b-095d3e88a048"u8));
        Assert.Equal(letters, hash.OfLetters("{4E029F67-638E-514F-814B-095D3E88A048}"u8));
        Assert.NotEqual(letters, hash.OfLetters("4e029f67-638e-514f-814b-095d3e88a049"u8));
    }

    [Theory]
    [InlineData("  Åsa-Lena   ÖHRN ", "åsa lena öhrn")]
    [InlineData("alva", "alva")]
    [InlineData("\uff21lva\u200b Ber\u00adglund", "alva berglund")]
    [InlineData("Alva\u00a0Berglund", "alva berglund")]
    [InlineData("\u0661\u0662 x", "12 x")]
    [InlineData("-- ' ", "")]
    public void Words_are_letters_and_digits_with_one_blank_between_them(string text, string words) => Assert.Equal(words, IdentityText.Words(text));

    [Fact]
    public void Words_stay_as_they_are()
    {
        var random = new Random(2);
        for (var round = 0; round < 500; round++)
        {
            var words = IdentityText.Words(new string(random.GetItems(Names.AsSpan(), random.Next(400))));

            Assert.Equal(words, IdentityText.Words(words));
            Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), words.Length == 0 ? [] : words.Split(' '));
            Assert.All(words, letter => Assert.True(letter == ' ' || char.IsLetterOrDigit(letter)));
        }
    }
}
