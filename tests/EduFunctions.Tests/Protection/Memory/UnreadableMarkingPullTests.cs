using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Ss12000;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The same of pulls that are not whole: of the first one, of one that breaks off, of changes, and of what is looked up.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnreadableMarkingPullTests
{
    private const int Everybody = 42;

    [Theory]
    [InlineData("persons")]
    [InlineData("activities")]
    public async Task What_has_come_of_a_pull_that_breaks_off_is_counted_alike(string at)
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        var before = register.Enabled();
        MarkAll(register, _ => "None");

        // One page of eight has come, or all of them.
        register.Habits.Fault = page => page.Collection == at && page.Page == (at == "persons" ? 1 : 0) ? new Fault.Status(403) : null;
        Assert.Equal(RunState.Held, (await register.NightAsync()).Run.State);

        Assert.Equal(before, register.Enabled());
        register.Habits.Fault = null;
        await AssertMendedAsync(register, before);
    }

    [Fact]
    public async Task The_first_pull_is_held()
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        MarkAll(register, row => 1000 + row);

        AssertHeld(await register.NightAsync(), $"{Everybody} of {Everybody} persons have a securityMarking that is not understood");

        Assert.Empty(register.Enabled());
        MarkAll(register, _ => "Ingen");
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Assert.Equal(Everybody, register.Enabled().Count(key => key.StartsWith("person ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changes_that_are_held_for_something_else_hide_nobody(bool isBroken)
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        var before = register.Enabled();

        // More than half of the persons, or a few of whom all that came is told before the pull breaks off.
        foreach (var (row, pupil) in Pupils().Take(isBroken ? 8 : 30).Index())
        {
            register.Change("persons", pupil, person => person["securityMarking"] = 1000 + row);
        }

        register.Habits.Fault = page => isBroken && page.Collection == "groups" ? new Fault.Status(403) : null;
        Assert.Equal(RunState.Held, (await register.ChangesAsync()).Run.State);

        register.Habits.Fault = null;
        Assert.Equal(before, register.Enabled());
        await AssertMendedAsync(register, before);
    }

    [Fact]
    public async Task Of_several_spellings_hours_add_up()
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Change(register, Pupils().Take(9), "None");
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        var before = register.Enabled();

        Change(register, Pupils().Skip(9).Take(9), "Nej");

        AssertHeld(await register.ChangesAsync(), $"18 of {Everybody} persons have a securityMarking that is not understood");
        Assert.Equal(before, register.Enabled());
    }

    [Fact]
    public async Task Whoever_is_looked_up_is_counted_too()
    {
        using var ground = new InMemoryGround();
        await using var register = await ChangingRegister.StartAsync(ground);
        var unlisted = new SchoolBuilder(Night.Today);
        foreach (var (guardian, pupil) in Enumerable.Range(1, 4).Select(number => ($"unlisted-{number}", $"north-8-{number}")))
        {
            register.Change(town => town.Responsible(pupil, guardian));
            unlisted.Employee(guardian);
        }

        register.Habits.Unlisted = unlisted.Data;
        ChangingRegister.AssertDelivered(await register.NightAsync());
        var before = register.Enabled();
        Assert.True(register.HasLearn("unlisted-1"));
        Set(unlisted.Data, _ => "None");

        AssertHeld(await register.NightAsync(), "4 of 4 persons have a securityMarking that is not understood");

        Assert.Equal(before, register.Enabled());
        Set(unlisted.Data, _ => "Ingen");
        await AssertMendedAsync(register, before);
    }

    private static async Task AssertMendedAsync(ChangingRegister register, IReadOnlyCollection<string> before)
    {
        MarkAll(register, _ => "Ingen");
        ChangingRegister.AssertDelivered(await register.NightAsync());
        Assert.Equal(before, register.Enabled());
    }

    private static void AssertHeld(NightResult night, string reason) => CommonMarkingNights.AssertHeld(night.Run, reason);

    private static void MarkAll(ChangingRegister register, Func<int, JsonNode> marking) => Set(register.Town.Data, marking);

    private static void Set(JsonSchoolData school, Func<int, JsonNode> marking)
    {
        foreach (var (row, person) in school[Collections.Persons].Index())
        {
            person["securityMarking"] = marking(row);
        }
    }

    private static void Change(ChangingRegister register, IEnumerable<string> pupils, string marking)
    {
        foreach (var pupil in pupils)
        {
            register.Change("persons", pupil, person => person["securityMarking"] = marking);
        }
    }

    private static IEnumerable<string> Pupils() =>
        from unit in new[] { "north", "south" } from year in Enumerable.Range(7, 3) from number in Enumerable.Range(1, 5) select $"{unit}-{year}-{number}";
}
