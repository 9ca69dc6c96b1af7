using EduFunctions.Pipeline.Languages;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Languages;

[Trait(Level.Name, Level.Fast)]
public sealed class AcceptedLanguageTests
{
    [Theory]
    [InlineData("sv-SE,sv;q=0.9,en;q=0.8", "sv")]
    [InlineData("da", "da")]
    [InlineData("DA-dk", "da")]
    [InlineData("en-GB;q=0.7, da;q=0.8, sv;q=0.1", "da")]
    [InlineData("sv;q=0.5,da;q=0.5", "sv")]
    [InlineData("fr,de;q=0.9", "en")]
    [InlineData("fr, sv;q=0.1", "sv")]
    [InlineData("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7", "en")]
    [InlineData("sv;q=0", "en")]
    [InlineData("sv;q=much, da;q=0.2", "da")]
    [InlineData("*", "en")]
    [InlineData(";;,,q=1", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void The_browsers_best_that_we_have(string? header, string code) => Assert.Equal(code, AcceptedLanguage.Of(header).Code);
}
