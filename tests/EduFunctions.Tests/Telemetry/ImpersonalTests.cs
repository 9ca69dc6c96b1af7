using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Telemetry;

[Trait(Level.Name, Level.Fast)]
public sealed class ImpersonalTests
{
    [Theory]
    [InlineData("GET /people/4e029f67-638e-514f-814b-095d3e88a048 failed", "GET /people/(removed) failed")]
    [InlineData("user vilda.berg@elev.example is unknown", "user (removed) is unknown")]
    [InlineData("row 7: 20130101-9801", "row 7: (removed)")]
    [InlineData("row 7: 130101-9801, 1301019801", "row 7: (removed), (removed)")]
    [InlineData("CPR 6101139980", "CPR (removed)")]
    [InlineData("Run 20260901T193000Z-0a1b: 3 of 1200 pupils", "Run 20260901T193000Z-0a1b: 3 of 1200 pupils")]
    [InlineData("approve 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "approve 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("approve 9f86d081884c7d659a2fe-20130101-9801", "approve 9f86d081884c7d659a2fe-(removed)")]
    [InlineData(
        "approve abcdef1301019801abcdef20130101980122345678901cdefabcdefabcdefabc", "approve abcdef1301019801abcdef20130101980122345678901cdefabcdefabcdefabc")]
    public void What_may_stand_for_a_person_is_taken_out_and_nothing_else(string text, string expected) => Assert.Equal(expected, Impersonal.Of(text));

    [Theory]
    [InlineData("4e029f67-638e-514f-814b-095d3e88a048")]
    [InlineData("1301019801")]
    public void A_schools_id_stays_and_a_persons_does_not(string school) =>
        Assert.Equal($"school {school}, (removed)", Impersonal.Of($"school {school}, 5f029f67-638e-514f-814b-095d3e88a048", [school]));
}
