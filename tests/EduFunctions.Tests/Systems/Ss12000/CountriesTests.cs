using System.Text;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Abroad is who is registered in a country that is another one; a text that is none is not understood.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class CountriesTests
{
    [Theory]
    [InlineData("Sverige")]
    [InlineData("SVERIGE.")]
    [InlineData(" sweden ")]
    [InlineData("se")]
    [InlineData("SWE")]
    [InlineData("Sve")]
    [InlineData("S")]
    [InlineData("752")]
    [InlineData("Konungariket Sverige")]
    [InlineData("Sverige (SE)")]
    public void Sweden_is_written_in_many_ways(string country) => Assert.True(Of(country));

    [Theory]
    [InlineData("NO")]
    [InlineData("nor")]
    [InlineData("578")]
    [InlineData("Norge")]
    [InlineData("Norway")]
    [InlineData("NORGE (NO)")]
    [InlineData("Danmark")]
    [InlineData("Österrike")]
    [InlineData("ÖSTERRIKE")]
    [InlineData("Åland")]
    [InlineData("USA")]
    [InlineData("England")]
    [InlineData("Storbritannien")]
    [InlineData("Nederländerna")]
    [InlineData("Syrien")]
    [InlineData("Ryssland")]
    [InlineData("Kosovo")]
    [InlineData("Namibia")]
    [InlineData("004")]
    public void Another_country_is_abroad(string country) => Assert.False(Of(country));

    [Theory]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("Okänd")]
    [InlineData("Okänt land")]
    [InlineData("N/A")]
    [InlineData("NA")]
    [InlineData("null")]
    [InlineData("x")]
    [InlineData("ZZ")]
    [InlineData("SV")]
    [InlineData("sv")]
    [InlineData("BD")]
    [InlineData("CO")]
    [InlineData("BO")]
    [InlineData("TV")]
    [InlineData("No")]
    [InlineData("no")]
    [InlineData("is")]
    [InlineData("XX")]
    [InlineData("Stockholm")]
    [InlineData("Sverige, Norge")]
    [InlineData("(SE)")]
    [InlineData("En text som är längre än något land, och die trotzdem niemand als eines liest")]
    public void What_is_no_country_is_not_understood(string country) => Assert.Null(Of(country));

    private static bool? Of(string country) => Countries.IsSweden(Encoding.UTF8.GetBytes(country));
}
