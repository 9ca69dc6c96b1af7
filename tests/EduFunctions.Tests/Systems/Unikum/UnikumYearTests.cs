using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>What happens at schools in a year, before and after, as the receiver has it.</summary>
[Collection(TargetTests.Name)]
public sealed class UnikumYearTests(AzuriteFixture azurite)
{
    private readonly UnikumNights _nights = new(azurite);

    [Fact]
    public async Task The_first_night_brings_everything()
    {
        var night = await _nights.NextAsync(UnikumTown.Make().WithClasses());

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Matches(@"^/dropbox/unikumRelations/Nordhamn_\d{8}_\d{4}\.zip$", night.Received.Single().Path);
        _nights.AssertRelated("school_in_org", "north nordhamn", "south nordhamn");
        _nights.AssertRelated("class_in_school", "6a north", "3b south");
        _nights.AssertRelated("staff_in_school", "hugo north", "ines south");
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south", "dag south");
        _nights.AssertRelated("external_user_in_school", "gun north", "gun south");
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b", "dag 3b");
        _nights.AssertRelated("teacher_in_class", "hugo 6a", "ines 3b");
        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo");
        Assert.Equal(7, _nights.State.Objects("user").Count);
        Assert.Empty(_nights.Receiver.Reports.Single().Warnings);
    }

    [Fact]
    public async Task A_night_without_changes_sends_nothing()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());

        var night = await _nights.NextAsync(UnikumTown.Make().WithClasses());

        Assert.Equal(RunState.Delivered, night.Run.State);
        var receipt = await night.ReceiptAsync();
        Assert.Equal((ReceiptState.SkippedUnchanged, 0), (receipt.State, receipt.Files.Count));
        Assert.Empty(night.Received);
    }

    [Fact]
    public async Task At_the_change_of_the_school_year_every_child_changes_class_and_some_change_school()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());

        var school = UnikumTown.Make();
        school.Group("7a", "south", "Klass", "alva", "bo", "cleo");
        school.Group("4b", "south", "Klass", "dag");
        foreach (var child in new[] { "alva", "bo" })
        {
            school.Row(Collections.Persons, child)["enrolments"]![0]!["enroledAt"] = SchoolBuilder.Reference("south");
        }

        await _nights.NextAsync(school);

        _nights.AssertRelated("class_in_school", "7a south", "4b south");
        _nights.AssertRelated("student_in_school", "alva south", "bo south", "cleo south", "dag south");
        _nights.AssertRelated("student_in_class", "alva 7a", "bo 7a", "cleo 7a", "dag 4b");
        _nights.AssertRelated("teacher_in_class");
        _nights.AssertRelated("external_user_in_school", "gun south");
        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo");
        var report = _nights.Receiver.Reports[^1];
        Assert.Empty(report.Warnings);
        Assert.Equal((2, 2 + 2 + 4, 2 + 2 + 1 + 4 + 2), (report.Objects, report.Added, report.Removed));
    }

    [Fact]
    public async Task A_teacher_who_moves_leaves_one_school_for_the_other()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());

        var school = UnikumTown.Make().WithClasses();
        school.Row(Collections.Duties, "hugo's")["dutyAt"] = SchoolBuilder.Reference("south");
        school.Remove(Collections.Activities, "6a's lessons");
        school.Activity("3b's songs", "south", "3b", null, "hugo's");
        await _nights.NextAsync(school);

        _nights.AssertRelated("staff_in_school", "hugo south", "ines south");
        _nights.AssertRelated("teacher_in_class", "hugo 3b", "ines 3b");
        var report = _nights.Receiver.Reports[^1];
        Assert.Equal((0, 2, 2, 0), (report.Objects, report.Added, report.Removed, report.Warnings.Count));
    }

    [Fact]
    public async Task A_new_guardian_comes_with_the_childs_school()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());

        var school = UnikumTown.Make().WithClasses();
        school.Guardian("stig", "bo");
        await _nights.NextAsync(school);

        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo", "stig bo");
        _nights.AssertRelated("external_user_in_school", "gun north", "gun south", "stig north");
        var report = _nights.Receiver.Reports[^1];
        Assert.Equal((1, 2, 0), (report.Objects, report.Added, report.Removed));
    }

    [Fact]
    public async Task A_child_who_becomes_protected_leaves_everything_the_same_night()
    {
        await _nights.NextAsync(UnikumTown.Make().WithClasses());

        var school = UnikumTown.Make().WithClasses();
        school.Row(Collections.Persons, "alva")["securityMarking"] = "Skyddad folkbokföring";
        var night = await _nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.DoesNotContain(_nights.State.Relations, relation => relation.Subject == Ids.Of("alva") || relation.Target == Ids.Of("alva"));
        _nights.AssertRelated("guardian_for", "gun cleo");
        _nights.AssertRelated("student_in_class", "bo 6a", "cleo 3b", "dag 3b");
        var report = _nights.Receiver.Reports[^1];
        Assert.Equal((0, 0, 4), (report.Objects, report.Added, report.Removed));
    }

    [Fact]
    public async Task Mentors_and_administrators_are_related_too()
    {
        _nights.Settings["administrators"] = new JsonArray("Rektor");
        var school = UnikumTown.Make().WithClasses();
        school.Row(Collections.Duties, "hugo's")["assignmentRole"] = new JsonArray(
            new JsonObject { ["group"] = SchoolBuilder.Reference("6a"), ["assignmentRoleType"] = "Mentor" });
        school.Employee("rut");
        school.Duty("rut's", "rut", "north", "Rektor");
        await _nights.NextAsync(school);

        _nights.AssertRelated("mentor_for", "hugo alva", "hugo bo");
        _nights.AssertRelated("administrator_for", "rut north");
    }

    [Fact]
    public async Task A_Unikum_that_was_restored_is_told_once_more_what_is_gone()
    {
        var first = await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var later = UnikumTown.Make();
        later.Group("6a", "north", "Klass", "alva");
        later.Group("3b", "south", "Klass", "cleo", "dag");
        await _nights.NextAsync(later);
        await _nights.NextAsync(later);
        _nights.AssertRelated("student_in_class", "alva 6a", "cleo 3b", "dag 3b");
        _nights.Import(first);
        _nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b", "dag 3b");

        var total = await _nights.RunAsync(_nights.Next(later).Total());

        Assert.Equal(RunState.Delivered, total.Run.State);
        _nights.AssertRelated("student_in_class", "alva 6a", "cleo 3b", "dag 3b");
    }
}
