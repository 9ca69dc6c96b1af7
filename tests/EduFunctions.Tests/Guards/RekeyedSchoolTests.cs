using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A school whose ids have all changed is asked about as one: also the few of a kind that alone would be below the limits.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RekeyedSchoolTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Pupils_and_their_teacher_are_renamed_together_and_the_plan_says_so()
    {
        await using var learn = await LearnServer.StartAsync();
        await Make(learn, 1, GuardTown.Of(("berget", 12))).RunAsync();
        var numbers = Numbers(learn);
        var night = Make(learn, 2, Rekeyed());

        var held = await night.RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        var plan = (await held.PlanAsync(TenantJson.LearnFeed)).Plan;
        Assert.Equal(13, plan.Pairs.Count);
        Assert.All(plan.Holds, hold => Assert.Contains(hold.Code, new[] { HoldCode.IdsChanged, HoldCode.Additions, HoldCode.Changes, HoldCode.OtherHalf }));
        Assert.Contains("13 users are renamed: they get their new ids, and keep their courses, grades and files.", plan.WhenApproved);
        Assert.DoesNotContain(plan.WhenApproved, sentence => sentence.Contains("users are disabled", StringComparison.Ordinal));

        await night.ApproveAllAsync(held.Run.Run);
        Assert.Equal(numbers, Numbers(learn));
        Assert.True(learn.State.Find("person", Ids.Of("new-berget-teacher"))!.IsEnabled);
    }

    /// <summary>Who comes with the login and the mail of somebody who has left would else find that one's courses, grades and files.</summary>
    [Theory]
    [InlineData("login")]
    [InlineData("mail")]
    public async Task Nobody_gets_the_account_of_another_whose_login_or_mail_they_have_now(string mark)
    {
        await using var learn = await LearnServer.StartAsync();
        await Make(learn, 1, GuardTown.Of(("berget", 12))).RunAsync();
        var numbers = learn.State.Records("person").ToDictionary(row => row["firstname"], row => row.Number);
        var town = Rekeyed().Editing("new-berget0", row => Replace(row, mark));
        var night = Make(learn, 2, town);

        var held = await night.RunAsync();
        Assert.Equal(12, (await held.PlanAsync(TenantJson.LearnFeed)).Plan.Pairs.Count);
        await night.ApproveAllAsync(held.Run.Run);

        Assert.DoesNotContain(learn.State.Find("person", Ids.Of("new-berget0"))!.Number, numbers.Values);
        Assert.False(learn.State.Find("person", Ids.Of("berget0"))!.IsEnabled);
        Assert.Equal(numbers["berget1"], learn.State.Find("person", Ids.Of("new-berget1"))!.Number);
    }

    private static void Replace(JsonObject pupil, string mark)
    {
        (pupil["givenName"], pupil["familyName"]) = ("Ebba", "Fremling");
        if (mark != "login")
        {
            pupil["eduPersonPrincipalNames"] = new JsonArray("ebba@id.example");
        }

        if (mark != "mail")
        {
            pupil["emails"]![0]!["value"] = "ebba@elev.example";
        }
    }

    private static EditedSchoolData Rekeyed() => GuardTown.WithIdsOf("new-", ("berget", 12)).Next()
        .Edit(Collections.Persons, Ids.Of("berget-teacher"), row => row["id"] = Ids.Of("new-berget-teacher"))
        .Edit(Collections.Duties, Ids.Of("berget-duty"), row => row["person"]!["id"] = Ids.Of("new-berget-teacher"));

    private static Dictionary<string, int> Numbers(LearnServer learn) => learn.State.Records("person").ToDictionary(row => row["user_id"], row => row.Number);

    private Night Make(LearnServer learn, int day, ISchoolData town) => new Night(_ground, town).As(_tenant).On(Night.Today.AddDays(day)).To(learn, [], _time);
}
