using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Part of the storage is lost, put back from a backup or damaged: whoever is protected leaves every target by whatever is left, and one feed's loss is its own.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LostStateTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    /// <summary>All that tells of the night in which somebody was marked is as it was before, but for its roster and its pull.</summary>
    [Theory]
    [InlineData("state runs")]
    [InlineData("state")]
    [InlineData("runs")]
    [InlineData("state rosters")]
    public async Task Who_was_marked_in_a_night_of_which_not_all_is_left_is_remembered(string containers)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        var then = nights.Save();
        await nights.DeliverAsync(MemoryTown.Make().Marking("bo"));
        nights.PutBack(containers, then);

        await nights.NextAsync(MemoryTown.Make());

        nights.Targets.AssertGone("bo");
        nights.Targets.AssertThere("alva", "cleo");
    }

    [Fact]
    public async Task A_memory_that_was_made_anew_once_is_believed_from_then_on()
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        var then = nights.Save();
        await nights.DeliverAsync(MemoryTown.Make().Marking("bo"));
        nights.PutBack("state runs", then);

        var first = await nights.NextAsync(MemoryTown.Make().Marking("bo"));
        var second = await nights.NextAsync(MemoryTown.Make().Marking("bo"));

        Assert.Contains(first.Findings, finding => finding.Code == FindingCodes.MemoryLost);
        Assert.DoesNotContain(second.Findings, finding => finding.Code == FindingCodes.MemoryLost);
        nights.Targets.AssertGone("bo");
    }

    [Theory]
    [InlineData("state", true)]
    [InlineData("rosters snapshots", true)]
    [InlineData("feeds", true)]
    [InlineData("runs feeds rosters snapshots", false)]
    public async Task Who_becomes_protected_leaves_targets_of_which_not_all_is_known(string containers, bool isEmpty)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        var then = nights.Save();
        await nights.DeliverAsync(MemoryTown.Make().Without("cleo"));
        nights.PutBack(containers, isEmpty ? null : then);

        await nights.NextAsync(MemoryTown.Make("newcomer").Without("cleo").Marking("alva"));
        nights.Targets.AssertGone("alva", "gunhild");

        await nights.NextAsync(MemoryTown.Make("newcomer").Without("cleo").Marking("alva"));
        nights.Targets.AssertGone("alva", "gunhild");
        nights.Targets.AssertThere("bo");
    }

    [Fact]
    public async Task Where_nothing_says_who_is_in_a_target_the_run_does()
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        nights.PutBack("rosters snapshots feeds", null);

        var run = await nights.NextAsync(MemoryTown.Make().Marking("alva"));

        Assert.Equal(RunState.Held, run.State);
        Assert.Contains("Nothing that is left says who is in the target", run.StateReason);
        Assert.DoesNotContain(Ids.Of("alva"), nights.Targets.Learn.State.Enabled("person"));
    }

    public static TheoryData<string, string, string> OwnTroubles
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (feed, file) in new[] { (LossyNights.Learn, "held.json"), (LossyNights.Unikum, "held.json"), (LossyNights.Apple, "delivered.json"), (LossyNights.Learn, "delivered.json") })
            {
                foreach (var mishap in new[] { "gone", "cut", "2", "25", "60", "97" })
                {
                    all.Add(feed, file, mishap);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(OwnTroubles))]
    public async Task One_feeds_damaged_state_holds_that_feed_alone(string feed, string file, string mishap)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        nights.Damage(nights.State(feed, file), mishap);

        var run = await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"));

        Assert.True(run.State == RunState.Held, $"{run.State}: {run.StateReason}");
        Assert.Equal([feed], run.Feeds.Where(each => each.State == ReceiptState.Held).Select(each => each.Name));
        Assert.All(run.Feeds.Where(each => each.Name != feed), each => Assert.True(each.State is ReceiptState.Sent or ReceiptState.Processed, $"{each.Name}: {each.State}"));
        Assert.Contains(nights.State(feed, file), run.StateReason);
        Assert.Contains($"rebaseline --tenant {nights.Tenant} --feed {feed}", run.StateReason);
        nights.Targets.AssertGone("alva", "gunhild");
    }

    [Fact]
    public async Task What_was_delivered_last_and_is_lost_is_told_with_blob_remedy_and_plan_the_first_night()
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        nights.Damage(nights.State(LossyNights.Apple, "delivered.json"), "gone");

        var run = await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"));

        var apple = run.Feeds.Single(feed => feed.Name == LossyNights.Apple);
        Assert.Contains(apple.Notices!, notice => notice.Code == NoticeCode.BaselineBlobs);
        Assert.Contains($"approve {apple.Plan!.Hash} if it is right", run.StateReason);
        Assert.Contains("Who is protected was taken out of the target all the same.", run.StateReason);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("2")]
    [InlineData("25")]
    [InlineData("60")]
    public async Task A_pull_of_last_night_that_cannot_be_read_keeps_nobody_protected_in(string mishap)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        nights.Damage($"state/{nights.Tenant}/pull.json", mishap);

        var run = await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"), acceptsShrink: false);

        Assert.Equal(RunState.Held, run.State);
        Assert.Contains($"state/{nights.Tenant}/pull.json", run.StateReason);
        Assert.Contains("--accept-shrink", run.StateReason);
        nights.Targets.AssertGone("alva", "gunhild");

        await nights.DeliverAsync(MemoryTown.Make("newcomer").Marking("alva"));
        nights.Targets.AssertThere("newcomer");
        Assert.Equal(RunState.Delivered, (await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"), acceptsShrink: false)).State);
    }

    [Fact]
    public async Task Another_tenants_roster_in_place_of_ones_own_is_made_anew()
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await using var others = await LossyNights.StartAsync(_ground);
        var own = await nights.DeliverAsync(MemoryTown.Make());
        var other = await others.DeliverAsync(MemoryTown.Make("stranger").Without("bo"));
        nights.Exchange($"rosters/{nights.Tenant}/{own.Run}/roster.bin", $"rosters/{others.Tenant}/{other.Run}/roster.bin");

        await nights.DeliverAsync(MemoryTown.Make("newcomer"));

        nights.Targets.AssertGone("stranger");
        nights.Targets.AssertThere("alva", "bo", "newcomer");
    }

    [Fact]
    public async Task An_older_roster_in_place_of_the_last_is_made_anew()
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        var first = await nights.DeliverAsync(MemoryTown.Make("dora"));
        var second = await nights.DeliverAsync(MemoryTown.Make());
        nights.Exchange($"rosters/{nights.Tenant}/{second.Run}/roster.bin", $"rosters/{nights.Tenant}/{first.Run}/roster.bin");
        nights.Exchange(
            $"rosters/{nights.Tenant}/{second.Run}/{LossyNights.Apple}/planned-selection.bin", $"rosters/{nights.Tenant}/{first.Run}/{LossyNights.Apple}/planned-selection.bin");

        var third = await nights.DeliverAsync(MemoryTown.Make());

        Assert.All(third.Feeds, feed => Assert.Equal((0, 0), (feed.Plan!.Added, feed.Plan.Removed)));
    }

    [Theory]
    [InlineData(LossyNights.Learn, "person.txt")]
    [InlineData(LossyNights.Unikum, "relations.held.txt")]
    [InlineData(LossyNights.Unikum, "relations.held.txt held.json")]
    public async Task After_a_rebaseline_whoever_has_left_or_is_protected_goes(string feed, string files)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        var first = await nights.DeliverAsync(MemoryTown.Make("dora"));
        foreach (var blob in files.Split(' ').Select(file => Place(file)))
        {
            nights.Damage(blob, "gone");
        }

        var held = await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        var shown = await nights.Targets.Next(MemoryTown.Make().Data).RebaselineAsync(feed, isDryRun: true);
        var done = await nights.Targets.Next(MemoryTown.Make().Data).RebaselineAsync(feed, isDryRun: false);
        await nights.DeliverAsync(MemoryTown.Make().Marking("alva"));

        Assert.Equal(RunState.Held, held.State);
        Assert.Null(done.Refusal);
        Assert.Equal(shown.Known, done.Known);
        Assert.NotEmpty(done.Missing);
        nights.Targets.AssertGone("alva", "gunhild", "dora");
        nights.Targets.AssertThere("bo", "cleo");

        string Place(string file) => file.Contains(".held.", StringComparison.Ordinal) ? nights.State(feed, $"{first.Run}/{file}")
            : file == "held.json" ? nights.State(feed, file)
            : $"feeds/{nights.Tenant}/{first.Run}/{feed}/{file}";
    }

    /// <summary>Files that a damaged record would name are all that says what the target has.</summary>
    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    public async Task Nothing_that_tells_what_a_target_has_grows_old_while_its_record_is_lost(string mishap)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        var first = await nights.DeliverAsync(MemoryTown.Make());
        nights.Damage(nights.State(LossyNights.Unikum, "held.json"), mishap);
        nights.Targets.Skip(TimeSpan.FromDays(400));

        var run = await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"));

        Assert.True(run.State == RunState.Held, $"{run.State}: {run.StateReason}");
        Assert.True(nights.Has(nights.State(LossyNights.Unikum, $"{first.Run}/relations.held.txt")));
        nights.Targets.AssertGone("alva", "gunhild");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    public async Task A_sealed_chain_that_is_not_the_one_of_last_night_is_told_once(string mishap)
    {
        await using var nights = await LossyNights.StartAsync(_ground);
        await nights.DeliverAsync(MemoryTown.Make());
        nights.Damage($"state/{nights.Tenant}/seal.jsonl", mishap);

        var second = await nights.DeliverAsync(MemoryTown.Make("newcomer"));
        var third = await nights.DeliverAsync(MemoryTown.Make("newcomer"));

        Assert.Equal(NoticeCode.SealsLost, Assert.Single(second.Notices!).Code);
        Assert.Null(third.Notices);
    }
}
