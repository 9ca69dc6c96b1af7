using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Model;

/// <summary>One human's number and login are the same however they are written, and what stands for none is nobody's.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PersonIdentityTests
{
    [Theory]
    [InlineData("201301099805")]
    [InlineData("1301099805")]
    [InlineData("130109-9805")]
    [InlineData("130109+9805")]
    [InlineData("+20130109-9805")]
    [InlineData("SE20130109-9805")]
    [InlineData("se 1301099805")]
    [InlineData(" 2013 01 09 98 05 ")]
    [InlineData("201301099805.0")]
    [InlineData("201301099805,00")]
    [InlineData("1301099805.0")]
    [InlineData("2.01301099805E+11")]
    [InlineData("2,01301099805e11")]
    [InlineData("\uff12\uff10\uff11\uff13\uff10\uff11\uff10\uff19\uff0d\uff19\uff18\uff10\uff15")]
    [InlineData("20130109\u20119805")]
    [InlineData("20130109\u00a09805\u200b")]
    public void A_civic_number_is_the_same(string written) => Assert.Equal(Number("20130109-9805"), Number(written));

    [Fact]
    public void A_zero_that_a_spreadsheet_took_is_there_again() => Assert.Equal(Number("050309-9805"), Number("503099805"));

    [Theory]
    [InlineData("20130109-9806")]
    [InlineData("2013-01-09")]
    [InlineData("20130109-0000")]
    [InlineData("20130109-XXXX")]
    [InlineData("999999-9999")]
    [InlineData("2.01301E+11")]
    [InlineData("saknas")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("20130109980520130109")]
    public void What_is_another_number_or_none_is_not(string written) => Assert.NotEqual(Number("20130109-9805"), Number(written));

    [Theory]
    [InlineData("ALVA@id.example")]
    [InlineData(" alva@ID.example ")]
    [InlineData("alva@id.example.")]
    [InlineData("mailto:alva@id.example")]
    [InlineData("MAILTO:alva@id.example?subject=x")]
    [InlineData("<alva@id.example>")]
    [InlineData("Alva <alva@id.example>;")]
    [InlineData("al\u200bva@id.example\ufeff")]
    [InlineData("\uff41lva\uff20id.example")]
    [InlineData("\u00a0alva@id.example")]
    public void A_login_is_the_same(string written) => Assert.Equal(Login("alva@id.example"), Login(written));

    [Theory]
    [InlineData("saknas")]
    [InlineData("Saknas@skola.example")]
    [InlineData("OKÄND")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("ej@angiven.se")]
    [InlineData("Ej angivet")]
    [InlineData("noreply@skola.example")]
    [InlineData("no-reply@skola.example")]
    [InlineData("")]
    public void What_stands_for_none_is_nobodys(string written) => Assert.Equal(0UL, Login(written));

    [Theory]
    [InlineData("ej01@id.example")]
    [InlineData("na@id.example")]
    [InlineData("saknasson@id.example")]
    [InlineData("inge@id.example")]
    public void What_only_looks_like_none_is_somebodys(string written) => Assert.NotEqual(0UL, Login(written));

    private static ulong Number(string written) => PersonIdentity.OfCivicNumber(Encoding.UTF8.GetBytes(written));

    private static ulong Login(string written) => PersonIdentity.OfLogin(Encoding.UTF8.GetBytes(written));
}
