using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What went wrong elsewhere, by name, and what becomes of it here.</summary>
[Collection(AzuriteTests.Name)]
public sealed class IncidentTests(AzuriteFixture azurite)
{
    /// <summary>Elsewhere a file that broke off in the middle disabled half a university's accounts. Here they stay, the newcomer comes, and the run waits.</summary>
    [Fact]
    public async Task A_truncated_file_with_half_the_users()
    {
        var town = GuardTown.Of(("berget", 40));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Losing("berget", 20, 40).Joining("berget", "newcomer")).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(ReceiptState.Sent, second.Run.Feeds[0].State);
        Assert.Single(second.Received);
        var zip = await second.AppleAsync();
        Assert.Equal(41, zip.Rows("students.csv").Count);
        Assert.Contains(Ids.Of("newcomer"), zip.Column("students.csv", "person_id"));
        Assert.Equal((await first.AppleAsync()).Files["rosters.csv"], zip.Files["rosters.csv"]);
        Assert.Equal((await first.AppleAsync()).Files["classes.csv"], zip.Files["classes.csv"]);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20, Of: 40, School: not null });
        Assert.Contains("20 of 40 students", second.Run.StateReason);
    }

    /// <summary>Elsewhere guards compare counts, so the same number of people under other ids passes and everybody gets a second account. Here neither ids nor accounts move.</summary>
    [Fact]
    public async Task A_same_size_swap_of_ids()
    {
        var first = await azurite.Night(GuardTown.Of(("berget", 30))).RunAsync();

        var second = await azurite.Night(GuardTown.WithIdsOf("new-", ("berget", 30))).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await second.AppleAsync()).Files["students.csv"]);
        Assert.Equal((await first.AppleAsync()).Files["rosters.csv"], (await second.AppleAsync()).Files["rosters.csv"]);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.IdsChanged, Kind: RowKind.Students, Count: 30 });
        var pairs = (await second.PlanAsync()).Plan.Pairs;
        Assert.Equal(
            Enumerable.Range(0, 30).Select(number => new IdPair(RowKind.Students, Ids.Of($"berget{number}"), Ids.Of($"new-berget{number}"))).OrderBy(pair => pair.Before),
            pairs.OrderBy(pair => pair.Before));
    }

    /// <summary>Elsewhere a header in another case emptied a column, and with it the accounts. Here it is that header.</summary>
    [Theory]
    [InlineData("givenName", "GivenName")]
    [InlineData("emails", "Emails")]
    public async Task A_header_in_another_case_changes_nothing(string name, string other)
    {
        var town = GuardTown.Of(("berget", 30));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Edit(Collections.Persons, _ => true, person => GuardTown.Rename(person, name, other)))
            .As(first.Run.Tenant).RunAsync();

        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (second.Run.State, second.Run.Feeds[0].State));
    }

    /// <summary>Whoever loses the name stays as delivered.</summary>
    [Fact]
    public async Task A_header_by_another_name_that_empties_the_names()
    {
        var town = GuardTown.Of(("berget", 30));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Edit(Collections.Persons, _ => true, person => GuardTown.Rename(person, "givenName", "forename")))
            .As(first.Run.Tenant).RunAsync();

        Assert.Contains(second.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (second.Run.State, second.Run.Feeds[0].State));
    }

    /// <summary>The same with a column that may be empty: nobody is removed, everybody would change.</summary>
    [Fact]
    public async Task A_header_by_another_name_that_empties_the_addresses()
    {
        var town = GuardTown.Of(("berget", 30));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Edit(Collections.Persons, _ => true, person => GuardTown.Rename(person, "emails", "mailboxes")))
            .As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Changes, Kind: RowKind.Students, Count: 30, Of: 30 });
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await second.AppleAsync()).Files["students.csv"]);
    }

    /// <summary>Elsewhere a directory that answered with an error was read as "everybody is gone": 512 accounts were disabled.</summary>
    [Fact]
    public async Task An_error_read_as_removed()
    {
        var schools = Enumerable.Range(0, 8).Select(number => ($"school{number}-", 64)).ToArray();
        var town = GuardTown.Of(schools);
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Edit(
            Collections.Persons, person => person["enrolments"] is not null, person => person["enrolments"]!.AsArray().Clear())).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 512, Of: 512, School: null });
        Assert.Equal(512, (await second.AppleAsync()).Rows("students.csv").Count);
    }

    /// <summary>Elsewhere a lost cache is a first run, and the first run is free. Here nothing is sent until somebody says so.</summary>
    [Theory]
    [InlineData("delivered.json", "gone")]
    [InlineData("delivered.json", "garbage")]
    [InlineData("selection", "gone")]
    [InlineData("selection", "garbage")]
    [InlineData("roster", "cut")]
    public async Task A_lost_baseline(string blob, string mishap)
    {
        var town = GuardTown.Of(("berget", 30));
        var first = await azurite.Night(town).RunAsync();
        await azurite.DamageAsync(first.Run, blob, mishap);

        // What can be read, or made anew from the snapshot, is not lost.
        await azurite.DamageAsync(first.Run, "snapshot", "gone");
        if (blob == "selection")
        {
            await azurite.DamageAsync(first.Run, "roster", "gone");
        }

        var second = await azurite.Night(town.Next().Losing("berget", 15, 30)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(ReceiptState.Held, second.Run.Feeds[0].State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold.Code == HoldCode.BaselineLost);

        // What is lost is the record of the last delivery alone: its receipt and roster still say what the target has.
        var plan = second.Run.Feeds[0].Plan!;
        Assert.Equal(blob == "delivered.json", plan is { Added: 0, Removed: > 15 });
        Assert.Empty(second.Received);
        var (approved, refusal) = await azurite.Night(town).As(first.Run.Tenant).ApproveAsync(second.Run.Run, second.Run.Feeds[0].Plan!.Hash);
        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, approved.Run.State);
        Assert.Single(approved.Received);
    }

    /// <summary>Elsewhere a page of 30 rows was taken for the whole answer, and the rest was lost in silence.</summary>
    [Fact]
    public async Task A_page_of_30_rows_taken_for_all()
    {
        var town = GuardTown.Of(("berget", 50));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Losing("berget", 29, 50)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(50, (await second.AppleAsync()).Rows("students.csv").Count);
    }

    /// <summary>Elsewhere "force" lets through whatever comes next. Here an approval is good for the plan that was looked at, and for no other.</summary>
    [Fact]
    public async Task An_approval_given_for_another_plan()
    {
        var town = GuardTown.Of(("berget", 40));
        var first = await azurite.Night(town).RunAsync();
        var second = await azurite.Night(town.Next().Losing("berget", 25, 40)).As(first.Run.Tenant).RunAsync();
        var seen = second.Run.Feeds[0].Plan!.Hash;
        var third = await azurite.Night(town.Next().Losing("berget", 5, 40)).AcceptingShrink().As(first.Run.Tenant).RunAsync();

        var (ofThird, wrongPlan) = await azurite.Night(town).As(first.Run.Tenant).ApproveAsync(third.Run.Run, seen);
        var (ofSecond, void_) = await azurite.Night(town).As(first.Run.Tenant).ApproveAsync(second.Run.Run, seen);

        Assert.Contains($"holds no plan {seen}", wrongPlan);
        Assert.Contains($"Run {third.Run.Run} is newer", void_);
        Assert.Empty(ofThird.Received.Concat(ofSecond.Received));
        Assert.Equal([RunState.Held, RunState.Held], [ofThird.Run.State, ofSecond.Run.State]);
    }

    /// <summary>Elsewhere whatever is held is held, the address of a pupil in hiding too. Here who becomes protected leaves the same night.</summary>
    [Fact]
    public async Task A_protected_pupil_in_mid_year_while_the_run_is_held()
    {
        var town = GuardTown.Of(("berget", 40));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Losing("berget", 20, 40)
            .Editing("berget3", pupil => pupil["securityMarking"] = "Skyddad folkbokföring")).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        var zip = await second.AppleAsync();
        Assert.Equal(39, zip.Rows("students.csv").Count);
        Assert.All(zip.Files.Values, file => Assert.DoesNotContain(Ids.Of("berget3"), file));
        var shown = System.Text.Json.JsonSerializer.Serialize(second.Run) + System.Text.Json.JsonSerializer.Serialize(await second.PlanAsync());
        Assert.DoesNotContain(Ids.Of("berget3"), shown);
        Assert.Contains((await second.PlanAsync()).Plan.Totals, rows => rows is { Kind: RowKind.Students, Removed: 21 });
    }

    /// <summary>Elsewhere a share alone decides, and a quarter of a small school is an alarm every other week. Here three of twelve go.</summary>
    [Fact]
    public async Task A_small_school_of_12_losing_3()
    {
        var town = GuardTown.Of(("berget", 12), ("dalen", 100));
        var first = await azurite.Night(town).RunAsync();

        var second = await azurite.Night(town.Next().Losing("berget", 9, 12)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(109, (await second.AppleAsync()).Rows("students.csv").Count);
        Assert.Equal((0, 3 + 3), (second.Run.Feeds[0].Plan!.Added, second.Run.Feeds[0].Plan!.Removed));
    }

    /// <summary>The same in every school at once is no small matter: all schools together have a limit too.</summary>
    [Fact]
    public async Task Many_small_schools_losing_3_each()
    {
        var schools = Enumerable.Range(0, 5).Select(number => ($"school{number}-", 12)).ToArray();
        var town = GuardTown.Of(schools);
        var first = await azurite.Night(town).RunAsync();

        var next = schools.Aggregate(town.Next(), (edited, school) => edited.Losing(school.Item1, 9, 12));
        var second = await azurite.Night(next).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(60, (await second.AppleAsync()).Rows("students.csv").Count);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Kind: RowKind.Students, School: null, Count: 15, Of: 60 });
    }
}
