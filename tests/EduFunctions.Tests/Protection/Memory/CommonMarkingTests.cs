using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Ss12000;
using Xunit;
using static EduFunctions.Tests.Protection.Memory.CommonMarkingNights;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Markings that nobody can read and that too many bear say nothing of any of them; what is known, says so in words or is remembered protects in the same night.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class CommonMarkingTests
{
    private const int Everybody = 42;

    /// <summary>By a known marking, and by words that say so.</summary>
    private static readonly (string Label, string Marking)[] Hidden = [("north-7-1", "Sekretessmarkering"), ("south-8-3", "SKYDDAD")];

    private static readonly string[] HiddenIds = [.. Hidden.Select(hidden => Ids.Of(hidden.Label))];

    [Theory]
    [InlineData("\"None\"", "another text")]
    [InlineData("\"Nej\"", "another text")]
    [InlineData("\"Sekretess: nej\"", "another text")]
    [InlineData("\"\"", "an empty text")]
    [InlineData("\"2026-11-01\"", "a date")]
    [InlineData("false", "false")]
    [InlineData("0", "a number")]
    [InlineData("[\"Ingen\"]", "a list")]
    [InlineData("{\"code\":0,\"text\":\"Ingen\"}", "an object")]
    public async Task What_all_bear_takes_nobody_out_and_what_can_be_read_does(string marking, string kind)
    {
        await using var nights = await BeginAsync(PlainTown.Make());

        var odd = await nights.NextAsync(Hide(MarkAll(PlainTown.Make(), marking)));

        AssertHeld(odd, $"{Everybody - Hidden.Length} of {Everybody} persons have a securityMarking that is not understood: {kind} (limit: 5 %, or half).");
        Assert.EndsWith("Who is protected was taken out of the targets all the same.", odd.StateReason);
        nights.AssertGone(HiddenIds);
        await nights.AssertRememberedAsync(HiddenIds);

        // The night after all is as it was.
        AssertDelivered(await nights.NextAsync(Hide(PlainTown.Make())));
        nights.AssertGone(HiddenIds);
        await nights.AssertRememberedAsync(HiddenIds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Markings_on_references_are_judged_by_persons_alike(bool isOnMembership)
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        var town = Hide(PlainTown.Make());
        foreach (var row in town.Data[Collections.Groups].SelectMany(group => group["groupMemberships"]!.AsArray()))
        {
            (isOnMembership ? row : row!["person"])!["securityMarking"] = "None";
        }

        AssertHeld(await nights.NextAsync(town), "30 of 30 persons have a groups.securityMarking that is not understood");
        nights.AssertGone(HiddenIds);
        await nights.AssertRememberedAsync(HiddenIds);
    }

    [Fact]
    public async Task Whoever_bears_one_elsewhere_beside_it_is_protected_by_that()
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        var town = MarkAll(PlainTown.Make(), "\"None\"");
        town.Data[Collections.Groups][0]["groupMemberships"]![1]!["securityMarking"] = "Kod 6";

        AssertHeld(await nights.NextAsync(town), $"{Everybody} of {Everybody} persons");
        nights.AssertGone(Ids.Of("north-7-2"));
        await nights.AssertRememberedAsync(Ids.Of("north-7-2"));
    }

    [Fact]
    public async Task A_few_are_protected_as_ever()
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        string[] few = [.. Enumerable.Range(1, 5).Select(number => $"north-8-{number}"), .. Enumerable.Range(1, 4).Select(number => $"north-9-{number}")];
        var town = PlainTown.Make();
        foreach (var label in few)
        {
            // However often the same nine are named.
            town.MarkingAs(label, "None");
            town.Data[Collections.Groups].SelectMany(group => group["groupMemberships"]!.AsArray()).Single(row => (string?)row!["person"]!["id"] == Ids.Of(label))!["securityMarking"] = "None";
        }

        AssertDelivered(await nights.NextAsync(town));
        nights.AssertGone([.. few.Select(Ids.Of), Ids.Of("north-8-guardian"), Ids.Of("north-9-guardian")]);
        await nights.AssertRememberedAsync(few.Select(Ids.Of));
    }

    [Theory]
    [InlineData("INGEN")]
    [InlineData("ingen")]
    [InlineData(" Ingen\u00a0")]
    public async Task None_in_another_spelling_protects_nobody_and_takes_nobody_back(string spelling)
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        AssertDelivered(await nights.NextAsync(PlainTown.Make().Marking("south-9-4")));
        for (var night = 0; night < 3; night++)
        {
            var run = await nights.NextAsync(MarkAll(PlainTown.Make(), JsonValue.Create(spelling).ToJsonString()));

            AssertDelivered(run);
            Assert.Equal(Everybody, run.Findings.Single(finding => finding.Code == "value.asText").Count);
            nights.AssertGone(Ids.Of("south-9-4"));
            await nights.AssertRememberedAsync(Ids.Of("south-9-4"));
        }

        AssertDelivered(await nights.NextAsync(PlainTown.Make()));
        nights.AssertGone(Ids.Of("south-9-4"));
        AssertDelivered(await nights.NextAsync(PlainTown.Make()));
        nights.AssertGone();
        await nights.AssertRememberedAsync();
    }

    [Fact]
    public async Task A_pull_that_is_held_for_it_takes_nobody_back()
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        AssertDelivered(await nights.NextAsync(PlainTown.Make().Marking("south-9-4")));
        AssertDelivered(await nights.NextAsync(PlainTown.Make()));

        AssertHeld(await nights.NextAsync(MarkAll(PlainTown.Make(), "\"None\"").MarkingAs("south-9-4", "Ingen")), "that is not understood");

        nights.AssertGone(Ids.Of("south-9-4"));
        await nights.AssertRememberedAsync(Ids.Of("south-9-4"));
        AssertDelivered(await nights.NextAsync(PlainTown.Make()));
        nights.AssertGone();
    }

    [Fact]
    public async Task Who_is_marked_in_a_pull_whose_dates_are_not_understood_leaves_in_that_night()
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        var town = PlainTown.Make().Marking("south-9-4");
        foreach (var enrolment in town.Data[Collections.Persons].SelectMany(person => person["enrolments"]?.AsArray() ?? []))
        {
            enrolment!["startDate"] = "soon";
        }

        AssertHeld(await nights.NextAsync(town), "enrolments.startDate of persons are not dates");
        nights.AssertGone(Ids.Of("south-9-4"));
        await nights.AssertRememberedAsync(Ids.Of("south-9-4"));
    }

    [Fact]
    public async Task After_everybody_was_marked_the_mended_register_brings_them_back()
    {
        await using var nights = await BeginAsync(PlainTown.Make());
        var marked = await nights.NextAsync(MarkAll(PlainTown.Make(), "\"Sekretessmarkering\""));
        AssertHeld(marked, $"All {Everybody} persons fail the rule person.protected");

        // Classes without anybody wait, and that is all that does.
        var first = await nights.NextAsync(PlainTown.Make());
        var second = await nights.NextAsync(PlainTown.Make());

        Assert.DoesNotContain("fail the rule", $"{first.StateReason} {second.StateReason}");
        Assert.All(first.Feeds, feed => Assert.DoesNotContain(feed.Holds, hold => hold.Code == HoldCode.Unprotected));
        Assert.All(second.Feeds, feed => Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Unprotected, Count: Everybody }));
        await ApproveAsync(nights, second);
        await nights.AssertRememberedAsync();

        // So many who come at once wait for an operator as well.
        var third = await nights.NextAsync(PlainTown.Make());
        Assert.All(third.Feeds, feed => Assert.DoesNotContain(feed.Holds, hold => hold.Code == HoldCode.Unprotected));
        await ApproveAsync(nights, third);

        nights.AssertGone();
    }

    [Fact]
    public async Task Pulls_of_changes_add_up()
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Change(register, "north", 7, "None");
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        Assert.False(register.HasLearn("north-7-1"));
        Change(register, "south", 8, "Nej");
        register.Change("persons", "south-9-4", person => person["securityMarking"] = "Sekretessmarkering");
        AssertHeld((await register.ChangesAsync()).Run, $"10 of {Everybody} persons have a securityMarking that is not understood");

        Assert.True(register.HasLearn("south-8-1") && register.HasLearn("south-8-guardian"));
        Assert.False(register.HasLearn("south-9-4"));
        Change(register, "north", 7, "Ingen");
        Change(register, "south", 8, "Ingen");
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Assert.True(register.HasLearn("south-8-1"));
        Assert.False(register.HasLearn("south-9-4"));
    }

    private static async Task ApproveAsync(CommonMarkingNights nights, RunRecord held)
    {
        var (approved, refusal) = await nights.Targets.Next(PlainTown.Make().Data).ApproveAllAsync(held.Run);
        Assert.Null(refusal);
        await nights.Targets.RunAsync(Task.FromResult(approved));
    }

    private static void Change(ChangingRegister register, string unit, int year, string marking)
    {
        for (var number = 1; number <= 5; number++)
        {
            register.Change("persons", $"{unit}-{year}-{number}", person => person["securityMarking"] = marking);
        }
    }

    private static SchoolBuilder MarkAll(SchoolBuilder town, string marking)
    {
        foreach (var person in town.Data[Collections.Persons])
        {
            person["securityMarking"] = JsonNode.Parse(marking);
        }

        return town;
    }

    private static SchoolBuilder Hide(SchoolBuilder town)
    {
        foreach (var (label, marking) in Hidden)
        {
            town.MarkingAs(label, marking);
        }

        return town;
    }
}
