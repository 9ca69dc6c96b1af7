using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Feeds;

/// <summary>What people write where an address belongs, and what of it is one.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("anna@skola.example")]
    [InlineData("anna.b-c_d+e'f@elev.skola.example")]
    [InlineData("åsa@skola.example")]
    [InlineData("anna@åsele.example")]
    [InlineData("anna@skola")]
    public void An_address_is_one(string text) => Assert.True(EmailAddress.Is(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("ingen")]
    [InlineData("n/a")]
    [InlineData("@")]
    [InlineData("anna@")]
    [InlineData("@skola.example")]
    [InlineData("anna@skola.")]
    [InlineData("anna@.example")]
    [InlineData("anna@skola..example")]
    [InlineData("anna@b@skola.example")]
    [InlineData("a@skola.example; b@skola.example")]
    [InlineData("a@skola.example,b@skola.example")]
    [InlineData("a@skola.example/b@skola.example")]
    [InlineData("Anna <anna@skola.example>")]
    [InlineData("mailto:anna@skola.example")]
    [InlineData("anna @skola.example")]
    public void All_else_is_none(string text) => Assert.False(EmailAddress.Is(Encoding.UTF8.GetBytes(text)));
}
