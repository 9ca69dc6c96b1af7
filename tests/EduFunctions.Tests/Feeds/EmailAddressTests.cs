using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
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
    [InlineData("\"anna\"@skola.example")]
    [InlineData("anna\\@skola.example")]
    public void All_else_is_none(string text) => Assert.False(EmailAddress.Is(Encoding.UTF8.GetBytes(text)));

    /// <summary>Without what would be taken out of it, it could be another's.</summary>
    [Theory]
    [InlineData("\"ensam\"@skola.example")]
    [InlineData("ens*am@skola.example")]
    [InlineData("ens|am@skola.example")]
    public void An_address_or_login_that_would_be_changed_is_none(string text)
    {
        var (value, learn) = (Encoding.UTF8.GetBytes(text), new CleanText((byte)'"', (byte)'*', (byte)'|'));

        Assert.True(learn.CleanAddress(value).IsEmpty);
        Assert.True(learn.CleanEmail(value).IsEmpty);
        Assert.Equal("ensam@skola.example", Encoding.UTF8.GetString(learn.CleanEmail(" ensam@skola.example "u8)));
    }

    [Theory]
    [InlineData("\"ensam\"@skola.example")]
    [InlineData("ens\\am@skola.example")]
    public void Apple_gets_no_changed_address_either(string text) => Assert.True(AppleText.Address(Encoding.UTF8.GetBytes(text)).IsEmpty);
}
