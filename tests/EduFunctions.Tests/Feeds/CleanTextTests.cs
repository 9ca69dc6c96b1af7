using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Tests.Harness;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>Values as targets get them; most need no cleaning, and whether one does is seen by its bytes alone.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class CleanTextTests
{
    [Theory]
    [InlineData("Alva", "Alva")]
    [InlineData("Å", "Å")]
    [InlineData("A", "A")]
    [InlineData("", "")]
    [InlineData(" Alva", "Alva")]
    [InlineData("Alva ", "Alva")]
    [InlineData("Alva  Maria", "Alva Maria")]
    [InlineData("Alva\r\nMaria", "Alva Maria")]
    [InlineData("Alva\u00a0Maria", "Alva Maria")]
    [InlineData("Al\0va", "Al va")]
    [InlineData("Al\u007fva", "Al va")]
    [InlineData("Al\u00adva\u200b", "Alva")]
    [InlineData("\ufeffAlva", "Alva")]
    [InlineData("\u3164=1", "1")]
    [InlineData("\u115fAl\u034fva\uffa0", "Alva")]
    [InlineData("Alva\ufe0f\u180b\u2800", "Alva")]
    [InlineData("=1+1", "1+1")]
    [InlineData(" =@Alva", "Alva")]
    [InlineData("\uff1dAlva", "Alva")]
    [InlineData("A=1", "A=1")]
    [InlineData("a;b", "ab")]
    [InlineData(" \t\u2003", "")]
    public void A_value_is_cleaned(string value, string clean)
    {
        var text = new CleanText((byte)';');

        Assert.Equal(clean, Encoding.UTF8.GetString(text.Clean(Encoding.UTF8.GetBytes(value))));
        Assert.Equal(clean.Length == 0, text.IsBlank(Encoding.UTF8.GetBytes(value)));
    }

    [Property(MaxTest = 2000)]
    public void Clean_is_clean_whatever_it_was(NonNull<string> value)
    {
        var text = new CleanText((byte)';');

        var clean = text.Clean(Encoding.UTF8.GetBytes(value.Get)).ToArray();

        Assert.True(PlainText.IsSafe(clean));
        Assert.Equal(-1, clean.AsSpan().IndexOf("  "u8));
        Assert.Equal(clean.Length, clean.AsSpan().Trim((byte)' ').Length);
        Assert.Equal(-1, clean.AsSpan().IndexOfAny((byte)';', (byte)'\n', (byte)'\r'));
        Assert.Equal(clean, text.Clean(clean).ToArray());
    }

    [Theory]
    [InlineData("Alva", true)]
    [InlineData("-", false)]
    [InlineData("+46 70", false)]
    [InlineData("Al\0va", false)]
    [InlineData("Al\u0085va", false)]
    [InlineData("Al\u200bva", false)]
    [InlineData("two\nlines", true)]
    [InlineData("A=1", true)]
    public void What_cannot_be_seen_or_would_be_calculated_does_not_leave(string value, bool isSafe) =>
        Assert.Equal(isSafe, PlainText.IsSafe(Encoding.UTF8.GetBytes(value)));

    [Theory]
    [InlineData("Lærer", "Teacher")]
    [InlineData("TEACHER", "Teacher")]
    [InlineData("Rektor", "Leader")]
    [InlineData("Kurator", "Counsellor")]
    [InlineData("Lärarassistent", "Other")]
    [InlineData("", "Other")]
    public void Only_known_words_for_duties_give_more_than_other_staff_have(string role, string kind) => Assert.Equal(kind, $"{StaffKinds.Of(role)}");
}
