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

    private static EditedSchoolData Rekeyed() => GuardTown.WithIdsOf("new-", ("berget", 12)).Next()
        .Edit(Collections.Persons, Ids.Of("berget-teacher"), row => row["id"] = Ids.Of("new-berget-teacher"))
        .Edit(Collections.Duties, Ids.Of("berget-duty"), row => row["person"]!["id"] = Ids.Of("new-berget-teacher"));

    private static Dictionary<string, int> Numbers(LearnServer learn) => learn.State.Records("person").ToDictionary(row => row["user_id"], row => row.Number);

    private Night Make(LearnServer learn, int day, ISchoolData town) => new Night(_ground, town).As(_tenant).On(Night.Today.AddDays(day)).To(learn, [], _time);
}
