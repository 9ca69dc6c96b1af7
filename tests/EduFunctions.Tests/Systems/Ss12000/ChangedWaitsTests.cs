using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What is counted in nights is not counted in hours, and what takes effect at once does so within the hour.</summary>
[Collection(SourceTests.Name)]
public sealed class ChangedWaitsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_marking_takes_effect_at_once_and_is_taken_back_by_nights_alone()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();

        register.Change("persons", "north-7-1", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        ChangingRegister.AssertDelivered(await register.ChangesAsync());
        Assert.False(register.HasLearn("north-7-1"));

        register.Change("persons", "north-7-1", pupil => pupil["securityMarking"] = "Ingen");
        await register.ChangesAsync();
        await register.ChangesAsync();
        await register.ChangesAsync();
        Assert.False(register.HasLearn("north-7-1"));
        await register.NightAsync();
        await register.ChangesAsync();
        Assert.False(register.HasLearn("north-7-1"));
        ChangingRegister.AssertDelivered(await register.NightAsync());

        Assert.True(register.HasLearn("north-7-1"));
    }

    [Fact]
    public async Task A_marking_among_changes_that_are_not_taken_takes_effect_all_the_same()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        await register.NightAsync();
        register.Change("persons", "north-7-1", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        register.Habits.Deletions = [new("persons", Ids.Of("north-7-1"), register.Habits.Clock.GetUtcNow())];

        var held = await register.ChangesAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.False(register.HasLearn("north-7-1"));
        Assert.True(register.HasLearn("north-7-2"));
    }

    [Fact]
    public async Task Who_is_missing_goes_in_the_second_night_however_often_changes_were_pulled()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        void Patient(Night night) => night.With("guard.removeAfterRuns", 2);
        await register.NightAsync(Patient);

        register.Delete("persons", "south-9-5");
        await register.ChangesAsync(Patient);
        await register.ChangesAsync(Patient);
        await register.ChangesAsync(Patient);
        Assert.True(register.HasLearn("south-9-5"));
        await register.NightAsync(Patient);
        await register.ChangesAsync(Patient);
        Assert.True(register.HasLearn("south-9-5"));
        ChangingRegister.AssertDelivered(await register.NightAsync(Patient));

        Assert.False(register.HasLearn("south-9-5"));
    }

    [Fact]
    public async Task A_few_every_hour_are_judged_together_even_without_a_window()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        void Strict(Night night) => night.With("guard", new JsonObject { ["windowDays"] = 0, ["minRemoved"] = 2, ["maxRemovedPercent"] = 5, ["minHalved"] = 0 });
        await register.NightAsync(Strict);

        register.Delete("persons", "south-9-5");
        register.Delete("persons", "south-9-4");
        var first = await register.ChangesAsync(Strict);
        register.Delete("persons", "south-8-5");
        register.Delete("persons", "south-8-4");
        var second = await register.ChangesAsync(Strict);

        ChangingRegister.AssertDelivered(first);
        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Contains(second.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students });
        Assert.Equal((false, true), (register.HasLearn("south-9-5"), register.HasLearn("south-8-5")));
    }

    [Fact]
    public async Task A_hold_of_every_hour_is_told_once()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        await using var register = await ChangingRegister.StartAsync(azurite);
        void Told(Night night) => night.Setting("Secrets:changes-chat", chat.Address).With(
            "alarms.webhooks", new JsonArray(new JsonObject { ["format"] = "teams", ["url"] = new JsonObject { ["secret"] = "changes-chat" } }));
        await register.NightAsync(Told);
        register.Habits.Deletions = null;

        await register.ChangesAsync(Told);
        await register.ChangesAsync(Told);
        await register.ChangesAsync(Told);

        Assert.Single(chat.Received);
    }

    [Fact]
    public async Task The_clock_begins_changes_where_settings_and_file_say_so_and_there_is_something_to_change()
    {
        await using var register = await ChangingRegister.StartAsync(azurite);
        Assert.Equal(0, await TickAsync(register, night => night.Setting("Pipeline:ChangesByTimer", "true")));
        await register.NightAsync();
        register.Change("persons", "north-7-1", pupil => pupil["givenName"] = "Anna");

        Assert.Equal(0, await TickAsync(register, _ => { }));
        Assert.Equal(1, await TickAsync(register, night => night.Setting("Pipeline:ChangesByTimer", "true")));

        Assert.Equal("Anna", register.Given("north-7-1"));
    }

    /// <summary>Lets the clock strike, and carries what it begins for this tenant; how many runs that were.</summary>
    private static Task<int> TickAsync(ChangingRegister register, Action<Night> change)
    {
        register.Time.Skip(TimeSpan.FromHours(1));
        var night = register.Next();
        change(night);
        return night.TickChangesAsync();
    }
}
