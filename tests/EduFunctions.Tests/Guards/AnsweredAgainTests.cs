using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>An operator's answer counts until it was carried out: given again it is, and where it cannot be, it says why.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AnsweredAgainTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 21)]
    public async Task An_answer_whose_delivery_failed_is_given_again_and_carried_out_once(bool isRefusal, int students)
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(Half().Joining("berget", "stranger")).As(first.Run.Tenant).RunAsync();

        var (failed, _) = await AnswerAsync(Again(held).Setting($"Secrets:{TenantJson.DropBoxSecret}", "wrong"), held, isRefusal);
        var (again, obstacle) = await AnswerAsync(Again(held), held, isRefusal);
        var (third, _) = await AnswerAsync(Again(held), held, isRefusal);

        Assert.Equal((RunState.Failed, ReceiptState.Failed), (failed.Run.State, failed.Run.Feeds[0].State));
        Assert.Null(obstacle);
        Assert.Equal((RunState.Delivered, ReceiptState.Sent), (again.Run.State, again.Run.Feeds[0].State));
        Assert.Single(again.Received);
        Assert.Equal(students, (await again.AppleAsync()).Rows("students.csv").Count);
        Assert.Empty(third.Received);
        var next = await azurite.Night(isRefusal ? _town : Half().Joining("berget", "stranger")).As(held.Run.Tenant).RunAsync();
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (next.Run.State, next.Run.Feeds[0].State));
    }

    /// <summary>Each of them takes the run up: it is carried out once, and does not stand in the way of the next night.</summary>
    [Fact]
    public async Task Answers_of_one_moment_are_one_answer()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(Half().Joining("berget", "stranger")).As(first.Run.Tenant).RunAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AnswerAsync(Again(held), held, isRefusal: true))));
        var next = await azurite.Night(_town).As(held.Run.Tenant).RunAsync().WaitAsync(TimeSpan.FromMinutes(2));

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.Contains(answers, answer => answer.Night.Run.State == RunState.Delivered);
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (next.Run.State, next.Run.Feeds[0].State));
    }

    /// <summary>Who answered at the same moment may take the run up when the other has delivered already: nothing is in doubt for it.</summary>
    [Fact]
    public async Task What_was_delivered_is_not_in_doubt_for_a_number_that_came_after_it()
    {
        var first = await azurite.Night(_town).RunAsync();
        var runs = new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System);
        var taken = await runs.ReopenAsync(first.Run.Tenant, first.Run.Run, run => run with { Reason = "asked once more" }, CancellationToken.None);

        var next = await azurite.Night(_town).As(first.Run.Tenant).RunAsync();

        Assert.Equal((RunState.Delivered, first.Run.Number + 1), (taken!.State, taken.Number));
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (next.Run.State, next.Run.Feeds[0].State));
    }

    /// <summary>Each try has a number of the run's own, and none of them is a run that got lost.</summary>
    [Fact]
    public async Task What_the_run_had_delivered_is_not_in_doubt_after_answers_that_failed()
    {
        var town = GuardTown.Of(("berget", 40), ("dalen", 20));
        var (tenant, half) = ($"t{Guid.NewGuid():n}", town.Next().Losing("berget", 20, 40));
        await Night(town).RunAsync();
        var held = await Night(half).RunAsync();
        for (var tries = 0; tries < 2; tries++)
        {
            await Night(half).Setting($"Secrets:{TenantJson.DropBoxSecret}", "wrong").ApproveAsync(held.Run.Run, Hash(held));
        }

        await Night(half).ApproveAsync(held.Run.Run, Hash(held));
        var next = await Night(half).RunAsync();

        Assert.Equal([ReceiptState.SkippedUnchanged, ReceiptState.SkippedUnchanged], next.Run.Feeds.Select(feed => feed.State));

        Night Night(ISchoolData school)
        {
            var night = azurite.Night(school).As(tenant);
            return night.With("feeds", Both(night));
        }
    }

    [Fact]
    public async Task What_was_half_sent_is_taken_back()
    {
        await using var learn = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var first = await azurite.Night(_town).To(learn, [], time).RunAsync();
        learn.Habits.Fault = (kind, _) => kind == "membership" ? LearnFault.ServerError : null;
        var half = await azurite.Night(WithStranger()).To(learn, [], time).As(first.Run.Tenant).RunAsync();
        learn.Habits.Fault = (_, _) => null;
        Assert.Contains(Ids.Of("stranger"), learn.State.Enabled("person"));

        var (_, obstacle) = await azurite.Night(_town).To(learn, [], time).As(first.Run.Tenant).RefuseAsync(half.Run.Run, Hash(half));

        Assert.Equal(ReceiptState.Failed, half.Run.Feeds[0].State);
        Assert.Null(obstacle);
        Assert.DoesNotContain(Ids.Of("stranger"), learn.State.Enabled("person"));
        Assert.Equal(41, learn.State.Enabled("person").Count);
    }

    [Fact]
    public async Task A_plan_of_a_feed_that_has_another_name_now_is_refused_with_the_reason()
    {
        var held = await HeldAsync();

        var (after, obstacle) = await Again(held).WithFeed("name", "asm").ApproveAsync(held.Run.Run, Hash(held));

        Assert.Contains("Feed apple is no longer in the tenant file", obstacle);
        AssertUntouched(held, after);
    }

    [Fact]
    public async Task A_plan_for_another_address_is_refused_with_the_reason()
    {
        var held = await HeldAsync();

        var (after, obstacle) = await Again(held).WithDelivery("directory", "dropbox/new").ApproveAsync(held.Run.Run, Hash(held));

        Assert.Contains("/dropbox/new now, and its plan is for sftp://", obstacle);
        AssertUntouched(held, after);
    }

    private static void AssertUntouched(NightResult held, NightResult after)
    {
        Assert.Equal((held.Run.State, held.Run.Feeds[0].State, null), (after.Run.State, after.Run.Feeds[0].State, after.Run.Feeds[0].Approval));
        Assert.Empty(after.Received);
    }

    private async Task<NightResult> HeldAsync()
    {
        var first = await azurite.Night(_town).RunAsync();
        return await azurite.Night(Half()).As(first.Run.Tenant).RunAsync();
    }

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    /// <summary>Somebody who is also in a class, so that something is left to send when the person has arrived.</summary>
    private EditedSchoolData WithStranger() => Half().Joining("berget", "stranger").Edit(
        Collections.Groups, _ => true, group => group["groupMemberships"]!.AsArray().Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference("stranger") }));

    private Night Again(NightResult held) => azurite.Night(_town).As(held.Run.Tenant);

    private static Task<(NightResult Night, string? Refusal)> AnswerAsync(Night night, NightResult held, bool isRefusal) =>
        isRefusal ? night.RefuseAsync(held.Run.Run, Hash(held)) : night.ApproveAsync(held.Run.Run, Hash(held));

    /// <summary>The second has one school, in which nothing changes.</summary>
    private static JsonArray Both(Night night)
    {
        var (held, other) = (night.Feeds[0]!.DeepClone(), night.Feeds[0]!.DeepClone());
        (other["name"], other["delivery"]!["directory"], other["schools"]) = ("other", "dropbox/other", new JsonArray(Ids.Of("dalen")));
        return [held, other];
    }

    private static string Hash(NightResult night) => night.Run.Feeds[0].Plan!.Hash;
}
