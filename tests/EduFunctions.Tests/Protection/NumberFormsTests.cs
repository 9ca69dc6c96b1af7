using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

[Trait(Level.Name, Level.Fast)]
public sealed class NumberFormsTests
{
    [Theory]
    [InlineData("30 99 88 77")]
    [InlineData("+45 30 99 88 77")]
    [InlineData("0045 30998877")]
    public void A_Danish_number_is_known_with_and_without_its_country(string number) =>
        Assert.Equal(["30998877", "004530998877", "4530998877"], NumberForms.OfPhone(number).Order().OrderBy(form => form.Length != 8));

    [Theory]
    [InlineData("+30 99 88 77")]
    [InlineData("00 30 99 88 77")]
    public void Eight_digits_of_another_country_are_no_Danish_number(string number) =>
        Assert.DoesNotContain("4530998877", NumberForms.OfPhone(number));

    [Theory]
    [InlineData("0871234", true)]
    [InlineData("1234567", true)]
    [InlineData("123456", false)]
    [InlineData("7777777", false)]
    public void Seven_digits_are_somebodys_and_fewer_anybodys(string number, bool isKnown) =>
        Assert.Equal(isKnown, NumberForms.OfPhone(number).Contains(number));

    [Theory]
    [InlineData("1234567", true)]
    [InlineData("123456", false)]
    public void A_civic_number_of_another_form_is_known_from_seven_digits_on(string number, bool isKnown) =>
        Assert.Equal(isKnown ? [number] : [], NumberForms.OfCivicNumber(number));
}
