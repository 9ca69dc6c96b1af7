using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>A tenant's year, night by night: what Learn holds afterwards is the roster, whichever operation brings it there.</summary>
[Collection(LearnTests.Name)]
public sealed class BlackboardYearTests(AzuriteFixture azurite)
{
    private static readonly string[] Everybody = ["alva", "bo", "hugo", "ines", "gun"];

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    [InlineData("refreshByDataSource")]
    public async Task Learn_holds_the_roster_after_every_night(string operation)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = operation, ["observers"] = true } };

        await PassAsync(nights, School());
        nights.AssertHolds("person", Everybody);
        nights.AssertHolds("course", "7a", "7b");
        nights.AssertHolds("membership", "7a|alva", "7a|bo", "7a|hugo", "7b|ines");
        nights.AssertHolds("associateobserver", "gun|alva");

        await PassAsync(nights, School(pupil: "cleo"));
        nights.AssertHolds("person", [.. Everybody, "cleo"]);
        nights.AssertHolds("membership", "7a|alva", "7a|bo", "7a|cleo", "7a|hugo", "7b|ines");

        await PassAsync(nights, School(email: "alva.ny@elev.example"));
        nights.AssertHolds("person", Everybody);
        Assert.Equal("alva.ny@elev.example", nights.Person("alva")["email"]);
        Assert.Equal("Cleo", nights.Person("cleo")["firstname"]);

        await PassAsync(nights, School(pupil: "cleo"));
        nights.AssertHolds("person", [.. Everybody, "cleo"]);

        await PassAsync(nights, School(teacherOf7a: "ines"));
        nights.AssertHolds("membership", "7a|alva", "7a|bo", "7a|ines", "7b|ines");

        await PassAsync(nights, School(guardian: "britta"));
        nights.AssertHolds("person", "alva", "bo", "hugo", "ines", "britta");
        nights.AssertHolds("associateobserver", "britta|alva");
    }

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Who_becomes_protected_leaves_by_the_keys_alone(string operation)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = operation, ["observers"] = true, ["dataSourceKey"] = "SYSTEM" } };
        await PassAsync(nights, School());
        var posted = learn.Posts.Count;

        await PassAsync(nights, School(marking: "Sekretessmarkering"));

        nights.AssertHolds("person", "bo", "hugo", "ines");
        nights.AssertHolds("membership", "7a|bo", "7a|hugo", "7b|ines");
        nights.AssertHolds("associateobserver");
        var deletes = learn.Posts.Skip(posted).Where(post => post.Operation == "delete").ToList();
        Assert.Equal(["associateobserver", "membership", "person"], deletes.Select(post => post.Kind));
        Assert.Equal("external_person_key|data_source_key", deletes[2].Text.Split('\n')[0]);
        Assert.Equal(new[] { "alva", "gun" }.Select(person => $"{Ids.Of(person)}|SYSTEM").Order(), deletes[2].Text.TrimEnd('\n').Split('\n').Skip(1).Order());
        Assert.DoesNotContain(learn.Posts.Skip(posted).Except(deletes), post => Names(post.Text, Ids.Of("alva"), Ids.Of("gun")));
        Assert.DoesNotContain(learn.Posts.Skip(posted), post => Names(post.Text, "Alva", "Gun"));

        static bool Names(string text, params string[] names) => names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Gone_rows_are_sent_once_with_their_last_values_but_the_login()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await PassAsync(nights, School(pupil: "cleo"));

        var leaving = await PassAsync(nights, School());
        var after = await PassAsync(nights, School());

        Assert.Contains($"{Ids.Of("cleo")}|{Ids.Of("cleo")}|Cleo|Provhed|cleo@elev.example|STUDENT|none|Y|disabled\n", await leaving.FileAsync("person.txt"));
        Assert.Contains($"{Ids.Of("7a")}|{Ids.Of("cleo")}|Student|Y|disabled\n", await leaving.FileAsync("membership.txt"));
        Assert.DoesNotContain("disabled", await after.FileAsync("person.txt"));
        Assert.Equal("disabled", nights.Person("cleo").RowStatus);
    }

    [Fact]
    public async Task Delete_sends_only_the_keys_of_who_is_gone()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await PassAsync(nights, School(pupil: "cleo"));
        nights.Settings["operation"] = "delete";
        var posted = learn.Posts.Count;

        var leaving = await PassAsync(nights, School());
        var quiet = await PassAsync(nights, School());
        await PassAsync(nights, School(email: "later"));
        nights.Settings["operations"] = new System.Text.Json.Nodes.JsonObject { ["course"] = "store" };
        var teacherGone = await PassAsync(nights, School(teacherOf7a: "ines"));

        Assert.Equal(["person/delete", "membership/delete", "course/store", "membership/delete"], nights.Posts(posted));
        Assert.Equal($"external_person_key\n{Ids.Of("cleo")}\n", await leaving.FileAsync("person.txt"));
        Assert.Empty(quiet.Run.Feeds[0].Files);
        Assert.Equal($"external_course_key|external_person_key\n{Ids.Of("7a")}|{Ids.Of("hugo")}\n", await teacherGone.FileAsync("membership.txt"));
    }

    [Fact]
    public async Task An_unchanged_refresh_is_skipped_an_unchanged_store_is_not()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = "refresh" } };
        await PassAsync(nights, School());

        var refresh = await PassAsync(nights, School());
        nights.Settings["operation"] = "store";
        await PassAsync(nights, School());
        var store = await PassAsync(nights, School());

        Assert.Equal(ReceiptState.SkippedUnchanged, refresh.Run.Feeds[0].State);
        Assert.Equal(ReceiptState.Processed, store.Run.Feeds[0].State);
        Assert.Equal(9, learn.Posts.Count);
    }

    [Fact]
    public async Task An_object_that_a_refresh_leaves_without_rows_is_emptied_by_delete()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = "refresh", ["observers"] = true } };
        await PassAsync(nights, School());
        nights.Settings["observers"] = false;
        var posted = learn.Posts.Count;

        var held = await nights.NextAsync(School());
        Assert.Equal("observers", Assert.Single(held.Run.Feeds[0].Holds, hold => hold.Code == HoldCode.SettingChanged).Setting);
        Assert.Equal(posted, learn.Posts.Count);
        await nights.Next(School()).ApproveAllAsync(held.Run.Run);
        var quiet = await PassAsync(nights, School());

        nights.AssertHolds("associateobserver");
        nights.AssertHolds("person", "alva", "bo", "hugo", "ines");

        // Before silence disables them, guardians give up their login names.
        Assert.Equal(["person/store", "person/refresh", "course/refresh", "membership/refresh", "associateobserver/delete"], nights.Posts(posted).Take(5));
        Assert.DoesNotContain(quiet.Run.Feeds[0].Files, file => file.Name.Contains("delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_protected_person_is_deleted_night_by_night_until_Learn_confirms_it()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await PassAsync(nights, School());
        learn.Habits.Fault = (kind, operation) => operation == "delete" ? LearnFault.StackTrace : null;
        await nights.NextAsync(School(marking: "Sekretessmarkering"));
        learn.Habits.Fault = (kind, operation) => operation == "store" && kind == "person" ? LearnFault.ServerError : null;

        await nights.NextAsync(School(marking: "Sekretessmarkering"));
        nights.AssertHolds("person", "bo", "hugo", "ines");
        nights.AssertHolds("membership", "7a|bo", "7a|hugo", "7b|ines");
        learn.Habits.Fault = (_, _) => null;
        await PassAsync(nights, School(marking: "Sekretessmarkering"));
        var quiet = await PassAsync(nights, School(marking: "Sekretessmarkering"));

        Assert.DoesNotContain(quiet.Run.Feeds[0].Files, file => file.Name.Contains("delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_operation_forgets_nobody()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn) { Settings = { ["operation"] = "refresh" } };
        await PassAsync(nights, School(pupil: "cleo"));
        nights.Settings["operation"] = "store";

        await PassAsync(nights, School());

        nights.AssertHolds("person", "alva", "bo", "hugo", "ines");
        nights.AssertHolds("membership", "7a|alva", "7a|bo", "7a|hugo", "7b|ines");
    }

    private static async Task<NightResult> PassAsync(LearnNights nights, SchoolBuilder school)
    {
        var night = await nights.NextAsync(school);
        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        return night;
    }

    /// <summary>Two classes; the arguments are what a night changes.</summary>
    private static SchoolBuilder School(
        string? pupil = null, string? email = null, string teacherOf7a = "hugo", string guardian = "gun", string marking = "Ingen")
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        var alva = school.Student("alva", "north");
        alva["securityMarking"] = marking;
        if (email is not null)
        {
            alva["emails"]![0]!["value"] = email;
        }

        school.Student("bo", "north");
        school.Guardian(guardian, "alva");
        foreach (var teacher in new[] { "hugo", "ines" })
        {
            school.Employee(teacher);
            school.Duty($"{teacher}'s", teacher, "north");
        }

        if (pupil is not null)
        {
            school.Student(pupil, "north");
        }

        school.Group("7a", "north", "Klass", [.. new[] { "alva", "bo", pupil }.OfType<string>()]);
        school.Group("7b", "north", "Klass");
        school.Activity("maths", "north", "7a", null, $"{teacherOf7a}'s");
        school.Activity("physics", "north", "7b", null, "ines's");
        return school;
    }
}
