using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Deliveries;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

[Collection(TargetTests.Name)]
public sealed class UnikumDeliveryTests(AzuriteFixture azurite)
{
    private readonly UnikumNights _nights = new(azurite);

    [Fact]
    public async Task What_a_failed_night_did_not_bring_the_next_one_does()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var changed = UnikumTown.Make().WithClasses();
        changed.Guardian("stig", "bo");
        var failed = await _nights.RunAsync(_nights.Next(changed).Setting($"Secrets:{TenantJson.DropBoxSecret}", "changed by the receiver"));
        Assert.Equal(RunState.Failed, failed.Run.State);
        Assert.Empty(failed.Received);

        changed.Student("ebba", "north");
        changed.Remove(Collections.Persons, "dag");
        var night = await _nights.NextAsync(changed);

        Assert.Equal(RunState.Delivered, night.Run.State);
        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo", "stig bo");
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south", "ebba north");
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b");
        Assert.DoesNotContain(_nights.Receiver.Reports[^1].Warnings, warning => warning.Contains("there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_have_arrived_is_said_once_more()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var changed = UnikumTown.Make().WithClasses();
        changed.Guardian("stig", "bo");
        changed.Remove(Collections.Persons, "dag");

        var unknown = await _nights.Next(changed).Registering(services => LosesAnswers.Register(services, answers: int.MaxValue)).RunAsync();
        Assert.Equal(RunState.Failed, unknown.Run.State);
        _nights.Import(unknown, files: 1);
        await _nights.NextAsync(changed);

        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo", "stig bo");
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b");
        var (first, again) = (_nights.Receiver.Reports[^2], _nights.Receiver.Reports[^1]);
        Assert.Equal((1, 2, 2), (first.Objects, first.Added, first.Removed));
        Assert.Equal((1, 2, 2), (again.Objects, again.Added, again.Removed));
    }

    [Fact]
    public async Task Before_the_layout_is_confirmed_only_a_dry_run_makes_files()
    {
        _nights.Settings["layoutConfirmed"] = false;

        var dry = await _nights.Next(UnikumTown.Make().WithClasses()).Dry().RunAsync();
        var held = await _nights.NextAsync(UnikumTown.Make().WithClasses());

        Assert.Equal((RunState.DryRun, 1), (dry.Run.State, dry.Run.Feeds.Single().Files.Count));
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("layoutConfirmed", held.Run.StateReason);
        Assert.Empty(held.Received);

        _nights.Settings["layoutConfirmed"] = true;
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b", "dag 3b");
    }

    [Fact]
    public async Task Who_becomes_protected_leaves_also_once_a_layout_is_confirmed_no_more()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        _nights.Settings["layoutConfirmed"] = false;
        var school = UnikumTown.Make().WithClasses();
        school.Marking("dag");

        var held = await _nights.NextAsync(school);

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("layoutConfirmed", held.Run.StateReason);
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b");
    }

    [Fact]
    public async Task A_total_says_everything_and_takes_what_is_gone()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var school = UnikumTown.Make().WithClasses();
        school.Remove(Collections.Persons, "dag");

        await _nights.RunAsync(_nights.Next(school).Total());

        var report = _nights.Receiver.Reports[^1];
        Assert.Equal((2 + 2 + 6, 2), (report.Objects, report.Removed));
        Assert.Equal(_nights.State.Relations.Count, report.Added);
        Assert.DoesNotContain(_nights.State.Relations, relation => relation.Subject == Ids.Of("dag"));
    }

    [Fact]
    public async Task A_value_that_is_gone_is_no_change_and_a_new_one_is()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var school = UnikumTown.Make().WithClasses();
        var alva = school.Row(Collections.Persons, "alva");
        alva["emails"] = new JsonArray();

        var without = await _nights.NextAsync(school);
        alva["familyName"] = "Ny";
        await _nights.NextAsync(school);

        Assert.Equal(ReceiptState.SkippedUnchanged, (await without.ReceiptAsync()).State);
        Assert.Equal((1, 0), (_nights.Receiver.Reports[^1].Objects, _nights.Receiver.Reports[^1].Added));
        Assert.Equal("Ny", _nights.State.Find("user", Ids.Of("alva"))![1]);
    }

    [Fact]
    public async Task The_guard_holds_removals_and_lets_the_rest_through()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var school = UnikumTown.Make();
        school.Group("6a", "north", "Klass", "alva");
        school.Guardian("stig", "alva");
        foreach (var child in new[] { "bo", "cleo", "dag" })
        {
            school.Remove(Collections.Persons, child);
        }

        var night = await _nights.RunAsync(_nights.Next(school).With("guard", new JsonObject { ["maxRemovedPercent"] = 10, ["minRemoved"] = 0 }));

        Assert.Equal(RunState.Held, night.Run.State);
        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo", "stig alva");
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south", "dag south");

        var (approved, refusal) = await _nights.Next(school)
            .With("guard", new JsonObject { ["maxRemovedPercent"] = 10, ["minRemoved"] = 0 })
            .ApproveAsync(night.Run.Run, night.Run.Feeds.Single().Plan!.Hash);

        Assert.Null(refusal);
        _nights.Import(approved);
        _nights.AssertRelated("guardian_for", "gun alva", "stig alva");
        _nights.AssertRelated("student_in_school", "alva north");
    }

}
