using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>An operator's word: for this plan, for two days, and once.</summary>
[Collection(AzuriteTests.Name)]
public sealed class ApprovalTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Fact]
    public async Task What_was_held_goes_out_and_is_what_the_next_night_is_compared_with()
    {
        var held = await HeldAsync();

        var (approved, refusal) = await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, approved.Run.State);
        Assert.Empty(approved.Run.Feeds[0].Holds);
        Assert.Equal(Hash(held), approved.Run.Feeds[0].Approval?.Plan);
        Assert.Single(approved.Received);
        Assert.Equal(20, (await approved.AppleAsync()).Rows("students.csv").Count);
        var next = await azurite.Night(Half()).As(held.Run.Tenant).RunAsync();
        Assert.Equal(ReceiptState.SkippedUnchanged, next.Run.Feeds[0].State);
        Assert.Equal(0, next.Run.Feeds[0].Plan!.Removed);
    }

    [Fact]
    public async Task What_was_delivered_before_the_approval_is_kept_beside_it()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(Half().Joining("berget", "newcomer")).As(first.Run.Tenant).RunAsync();
        var sent = (await held.AppleAsync()).Bytes;

        await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        var aside = $"{held.Run.Tenant}/{held.Run.Run}/apple/held";
        Assert.Equal(sent, (await azurite.Blobs.ReadAsync("feeds", $"{aside}/asm.zip", CancellationToken.None))!.Content);
        Assert.NotNull(await azurite.Blobs.ReadAsync("feeds", $"{aside}/receipt.json", CancellationToken.None));
    }

    [Fact]
    public async Task Given_twice_it_sends_once()
    {
        var held = await HeldAsync(always: true);

        var (first, _) = await Again(held, always: true).ApproveAsync(held.Run.Run, Hash(held));
        var (second, refusal) = await Again(held, always: true).ApproveAsync(held.Run.Run, Hash(held));

        Assert.Null(refusal);
        Assert.Single(first.Received);
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task When_its_message_is_lost_it_is_given_again_and_when_it_comes_twice_it_sends_once()
    {
        var held = await HeldAsync(always: true);
        await Again(held, always: true).ApproveAsync(held.Run.Run, Hash(held), (_, _) => Task.CompletedTask);

        var (approved, _) = await Again(held, always: true).ApproveAsync(held.Run.Run, Hash(held), async (pipeline, next) =>
        {
            var message = Assert.Single(next.Export);
            await pipeline.ExportAsync(message, CancellationToken.None);
            await pipeline.ExportAsync(message, CancellationToken.None);
        });

        Assert.Equal(RunState.Delivered, approved.Run.State);
        Assert.Single(approved.Received);
    }

    /// <summary>After an update, say: three feeds of a tenant are three plans and one question.</summary>
    [Fact]
    public async Task Every_plan_of_a_run_is_let_through_by_one_decision_and_said_twice_nothing_happens()
    {
        var held = await HeldTwiceAsync();
        Assert.Equal(2, held.Run.Feeds.Count(feed => feed.Holds.Count > 0));

        var (approved, refusal) = await TwoFeeds(_town).As(held.Run.Tenant).ApproveAllAsync(held.Run.Run);
        var (again, refusedAgain) = await TwoFeeds(_town).As(held.Run.Tenant).ApproveAllAsync(held.Run.Run);

        Assert.Equal((null, null), (refusal, refusedAgain));
        Assert.Equal(RunState.Delivered, approved.Run.State);
        Assert.Equal(held.Run.Number + 1, approved.Run.Number);
        Assert.Equal(held.Run.Feeds.Select(feed => feed.Plan!.Hash), approved.Run.Feeds.Select(feed => feed.Approval!.Plan));
        Assert.Single(approved.Run.Feeds.Select(feed => (feed.Approval!.At, feed.Approval.By)).Distinct());
        Assert.Equal((2, 0), (approved.Received.Count, again.Received.Count));
    }

    [Fact]
    public async Task When_some_of_its_messages_are_lost_a_decision_is_given_again_and_sends_what_is_missing()
    {
        var held = await HeldTwiceAsync();
        var (half, _) = await TwoFeeds(_town).As(held.Run.Tenant).ApproveAllAsync(held.Run.Run, (pipeline, next) => pipeline.ExportAsync(next.Export[0], CancellationToken.None));

        var (whole, refusal) = await TwoFeeds(_town).As(held.Run.Tenant).ApproveAllAsync(held.Run.Run);

        Assert.Equal((RunState.Exporting, 1), (half.Run.State, half.Received.Count));
        Assert.Null(refusal);
        Assert.Equal((RunState.Delivered, 1), (whole.Run.State, whole.Received.Count));
    }

    [Fact]
    public async Task A_run_that_holds_nothing_has_nothing_to_be_decided()
    {
        var first = await azurite.Night(_town).RunAsync();

        var (_, refusal) = await azurite.Night(_town).As(first.Run.Tenant).ApproveAllAsync(first.Run.Run);

        Assert.Contains("holds no plan", refusal);
    }

    [Fact]
    public async Task After_its_time_it_does_not_count()
    {
        var held = await HeldAsync();

        var (late, refusal) = await Again(held).Setting("Pipeline:ApprovalLifetime", "00:00:00").ApproveAsync(held.Run.Run, Hash(held));

        Assert.Contains("so it is void", refusal);
        Assert.Equal(RunState.Held, late.Run.State);
        Assert.Empty(late.Received);
    }

    [Fact]
    public async Task When_the_tenant_file_has_changed_the_plan_is_another_and_nothing_is_sent()
    {
        var held = await HeldAsync();

        var (changed, _) = await Again(held).WithApple("emailRequired", true).With("guard.maxRemovedPercent", 20).ApproveAsync(held.Run.Run, Hash(held));

        Assert.Equal(RunState.Held, changed.Run.State);
        Assert.Contains("no longer what would be done", changed.Run.StateReason);
        Assert.Empty(changed.Received);
        var next = await azurite.Night(Half()).As(held.Run.Tenant).RunAsync();
        Assert.Equal(20 + 20, next.Run.Feeds[0].Plan!.Removed);
    }

    [Fact]
    public async Task A_later_run_that_comes_between_approval_and_message_keeps_it_from_being_sent()
    {
        var held = await HeldAsync();
        var tenant = held.Run.Tenant;

        var (voided, _) = await Again(held).ApproveAsync(held.Run.Run, Hash(held), async (pipeline, next) =>
        {
            var later = held.Run with { Run = held.Run.Run[..^4] + "ffff", Number = held.Run.Number + 2, State = RunState.Held };
            await new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System).SaveAsync(later, CancellationToken.None);
            await pipeline.ExportAsync(Assert.Single(next.Export), CancellationToken.None);
        });

        Assert.Equal(RunState.Held, voided.Run.State);
        Assert.Contains("is newer", voided.Run.StateReason);
        Assert.Empty(voided.Received);
        Assert.Equal(40, (await voided.AppleAsync()).Rows("students.csv").Count);
    }

    [Fact]
    public async Task A_dry_run_has_nothing_to_release()
    {
        var first = await azurite.Night(_town).RunAsync();
        var dry = await azurite.Night(Half()).As(first.Run.Tenant).Dry().RunAsync();

        var (_, refusal) = await azurite.Night(_town).As(first.Run.Tenant).ApproveAsync(dry.Run.Run, Hash(dry));

        Assert.Equal(RunState.Held, dry.Run.State);
        Assert.Contains("is a dry run", refusal);
    }

    [Fact]
    public async Task Changed_ids_take_the_place_of_the_old_ones_once_approved()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(GuardTown.WithIdsOf("new-", ("berget", 40))).As(first.Run.Tenant).RunAsync();

        var (approved, _) = await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        var students = (await approved.AppleAsync()).Column("students.csv", "person_id");
        Assert.Equal(Enumerable.Range(0, 40).Select(number => Ids.Of($"new-berget{number}")).Order(StringComparer.Ordinal), students);
    }

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    private async Task<NightResult> HeldAsync(bool always = false)
    {
        var first = await azurite.Night(_town).WithApple("always", always).RunAsync();
        var held = await azurite.Night(Half()).WithApple("always", always).As(first.Run.Tenant).RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        return held;
    }

    private Night TwoFeeds(ISchoolData town)
    {
        var night = azurite.Night(town);
        night.AddFeed("second");
        return night;
    }

    private async Task<NightResult> HeldTwiceAsync()
    {
        var first = await TwoFeeds(_town).RunAsync();
        return await TwoFeeds(Half()).As(first.Run.Tenant).RunAsync();
    }

    private Night Again(NightResult held, bool always = false) => azurite.Night(_town).WithApple("always", always).As(held.Run.Tenant);

    private static string Hash(NightResult night) => night.Run.Feeds[0].Plan!.Hash;
}
