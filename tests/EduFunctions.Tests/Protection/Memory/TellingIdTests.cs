using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A guardian whose id or login is made of the pupil's name leaves by the key alone when the pupil becomes protected, and keeps nobody in or out.</summary>
[Collection(TargetTests.Name)]
public sealed class TellingIdTests(AzuriteFixture azurite)
{
    private const string Id = "zqalva.zqberglund.mamma";

    /// <param name="hasAnother">Whether she also answers for somebody who is not protected, so that she would stay.</param>
    [Theory]
    [InlineData("id", true)]
    [InlineData("id", false)]
    [InlineData("login", true)]
    public async Task Whose_id_or_login_names_a_protected_pupil_leaves_by_the_key(string where, bool hasAnother)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(Town(where, hasAnother, isMarked: false));
        var guardian = where == "id" ? Id : Ids.Of("gunhild");
        Assert.True(first.Night.Run.State == RunState.Delivered, first.Night.Run.StateReason);
        Assert.Contains(guardian, nights.Learn.State.Enabled("person"));

        var second = await nights.NextAsync(Town(where, hasAnother, isMarked: true));
        var third = await nights.NextAsync(Town(where, hasAnother, isMarked: true));

        foreach (var night in new[] { second, third })
        {
            Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
            await night.AssertUntoldAsync("alva", "zqalva zqberglund", "|zqberglund", "zqberglund@", "Gunhild");
        }

        Assert.DoesNotContain(guardian, nights.Learn.State.Enabled("person"));
        Assert.DoesNotContain(nights.Unikum.State.Relations, relation => relation.Subject == guardian || relation.Target == guardian);
        nights.AssertThere("bo");
        foreach (var (place, text) in await second.TextsAsync())
        {
            Assert.True(!text.Contains("zqberglund", StringComparison.OrdinalIgnoreCase) || SentNight.MayHoldIds(place), place);
        }
    }

    private static ISchoolData Town(string where, bool hasAnother, bool isMarked)
    {
        var school = MemoryTown.Make();
        var alva = school.Person("alva");
        (alva["givenName"], alva["familyName"]) = ("Zqalva", "Zqberglund");
        if (hasAnother)
        {
            school.Responsible("bo", "gunhild");
        }

        if (where == "login")
        {
            school.Person("gunhild")["eduPersonPrincipalNames"] = new JsonArray($"{Id}@id.example");
        }

        var data = isMarked ? school.Marking("alva").Data : school.Data;
        return where == "id" ? new RawSchool(data, Ids.Of("gunhild"), Id) : data;
    }
}
