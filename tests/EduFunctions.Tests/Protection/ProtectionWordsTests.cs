using EduFunctions.Pipeline.Sources;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What says that somebody is protected, and what only begins as if it did.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ProtectionWordsTests
{
    [Theory]
    [InlineData("SKYDDAD")]
    [InlineData("Skyddad identitet")]
    [InlineData("sekretessmarkering")]
    [InlineData("SekretessMarkering")]
    [InlineData("Ｓekretess")]
    [InlineData("Skyddad folkbokföring (2026-01-01)")]
    [InlineData("Sekretess 1")]
    [InlineData("Kvarskrivning")]
    [InlineData("Navne- og adressebeskyttelse")]
    [InlineData("Sekretessmarkeringen gäller")]
    public void Words_of_protection_say_so(string text) => Assert.True(ProtectionWords.SayProtected(text));

    [Theory]
    [InlineData("SekretessNej")]
    [InlineData("SEKRETESSNej")]
    [InlineData("sekretessnej")]
    [InlineData("SEKRETESSNEJ")]
    [InlineData("Sekretess (inget)")]
    [InlineData("sekretess: nej")]
    [InlineData("Sekretess=0")]
    [InlineData("sekretess0")]
    [InlineData("Skyddad/ej")]
    [InlineData("Skyddad identitet: N")]
    [InlineData("SkyddadIdentitetFalse")]
    [InlineData("Sekretess utan")]
    [InlineData("Sekretess none")]
    [InlineData("Sekretess upphävd")]
    [InlineData("Skyddas ej")]
    [InlineData("Skyddad folkbokföring - inga")]
    [InlineData("Sekretessmarkering saknas")]
    [InlineData("Ingen sekretess")]
    [InlineData("Kod 6")]
    [InlineData("")]
    public void What_denies_it_in_any_part_or_is_something_else_does_not(string text) => Assert.False(ProtectionWords.SayProtected(text));

    [Theory]
    [InlineData("None", false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("Ej markerad", false)]
    [InlineData("Sekretess: nej", false)]
    [InlineData("Ingen sekretessmarkering", false)]
    [InlineData("EjSkyddad", false)]
    [InlineData("Sekretessmarkering", true)]
    [InlineData("skyddad", true)]
    [InlineData("Hemlig", true)]
    [InlineData("Protected", true)]
    [InlineData("Markerad: skyddad folkbokföring", true)]
    [InlineData("Sekretess, får ej lämnas ut", true)]
    [InlineData("Ingen får veta, skyddad identitet", true)]
    public void A_word_for_no_marking_has_no_word_of_protection_in_it_but_with_a_plain_no(string text, bool mayMean) =>
        Assert.Equal(mayMean, ProtectionWords.MayMeanProtection(text));
}
