using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Who answers for a protected pupil and for nobody else any more goes, whatever the guard keeps of other guardians.</summary>
[Collection(TargetTests.Name)]
public sealed class LeavingGuardianTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_guardian_of_a_protected_pupil_goes_with_the_last_other_one_while_guardians_are_held()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Town());
        nights.AssertThere("gunhild");

        var sent = await nights.NextAsync(Town().Without("bo"));

        Assert.Equal(RunState.Held, sent.Night.Run.State);
        Assert.Contains(Ids.Of("gustav"), nights.Learn.State.Enabled("person"));
        await sent.AssertUntoldAsync("gunhild");
        nights.AssertGone("gunhild");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guardian_who_gets_another_id_keeps_the_login(bool isOfLaterNight)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Shared("gunhild"));
        if (isOfLaterNight)
        {
            await nights.NextAsync(Shared("gunhild").Marking("alva"));
            nights.AssertThere("gunhild");
        }

        await nights.NextAsync(Shared("gudrun").Marking("alva"));
        var last = await nights.NextAsync(Shared("gudrun").Marking("alva"));

        Assert.Equal(RunState.Delivered, last.Night.Run.State);
        nights.AssertGone("alva", "gunhild");
        Assert.Contains(Ids.Of("gudrun"), nights.Learn.State.Enabled("person"));
    }

    /// <summary>Alva and Bo have one guardian, by this id.</summary>
    private static SchoolBuilder Shared(string guardian)
    {
        var school = MemoryTown.Make().Without("gunhild");
        school.Person("alva")["responsibles"] = new JsonArray();
        school.Guardian(guardian, "alva");
        school.Responsible("bo", guardian);
        var person = school.Person(guardian);
        (person["givenName"], person["familyName"], person["eduPersonPrincipalNames"]) = ("Gunhild", "Berg", new JsonArray("gunhild@id.example"));
        return school;
    }

    /// <summary>Alva has been protected from the first night on, so that targets know Gunhild by Bo alone. Of the others more than half are Bo's.</summary>
    private static SchoolBuilder Town()
    {
        var school = MemoryTown.Make().Marking("alva");
        school.Responsible("bo", "gunhild");
        foreach (var label in (string[])["gustav", "gudrun", "gerda"])
        {
            school.Guardian(label, "bo");
        }

        school.Guardian("greta", "cleo");
        return school;
    }
}
