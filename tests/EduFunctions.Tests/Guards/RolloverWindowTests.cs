using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

[Trait(Level.Name, Level.Fast)]
public sealed class RolloverWindowTests
{
    [Theory]
    [InlineData("06-10", "08-31", "2026-06-09", false)]
    [InlineData("06-10", "08-31", "2026-06-10", true)]
    [InlineData("06-10", "08-31", "2026-07-15", true)]
    [InlineData("06-10", "08-31", "2026-08-31", true)]
    [InlineData("06-10", "08-31", "2026-09-01", false)]
    [InlineData("06-10", "06-10", "2026-06-10", true)]
    [InlineData("12-20", "01-07", "2026-12-19", false)]
    [InlineData("12-20", "01-07", "2026-12-31", true)]
    [InlineData("12-20", "01-07", "2027-01-07", true)]
    [InlineData("12-20", "01-07", "2027-01-08", false)]
    public void Both_days_are_in_it_and_the_turn_of_the_year_may_be(string from, string to, string day, bool isIn) =>
        Assert.Equal(isIn, new RolloverWindow { From = from, To = to }.Contains(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
}
