using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

[Collection(LearnTests.Name)]
public sealed class BlackboardDeliveryTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Every_file_is_worked_through_before_the_next_is_posted(int spaces, bool namesMachine)
    {
        await using var learn = await LearnServer.StartAsync();
        (learn.Habits.IdlePolls, learn.Habits.RowsPerPoll) = (4, 1);
        (learn.Habits.SpacesAfterUploaded, learn.Habits.NamesMachine) = (spaces, namesMachine);

        var night = await new LearnNights(azurite, learn).NextAsync(School());

        var receipt = await night.ReceiptAsync();
        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(ReceiptState.Processed, receipt.State);
        Assert.Equal(
            ["post person/store", "done person/store", "post course/store", "done course/store", "post membership/store", "done membership/store"],
            learn.Events);
        Assert.Equal(learn.Posts.Select(post => post.Uid), receipt.Progress.Select(file => file.Reference));
        Assert.Equal(string.Join(", ", learn.Posts.Select(post => post.Uid)), receipt.Reference);
        Assert.Equal((7, 7, 0), (receipt.Counts["rows"], receipt.Counts["completed"], receipt.Counts["errors"]));
        Assert.All(learn.Posts, post => Assert.StartsWith("text/plain", post.ContentType, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Learn_with_a_root_of_its_own_is_trusted_by_that_root_alone()
    {
        await using var learn = await LearnServer.StartAsync();
        var (authority, stranger) = (new TestAuthority("Nordhamn"), new TestAuthority("Elsewhere"));
        using var loopback = authority.IssueServer();
        await using var front = TlsFront.Start(loopback, clients: null, new Uri(learn.BaseUrl));
        var nights = new LearnNights(azurite, learn);

        var refused = await Trusting(stranger).RunAsync();
        var delivered = await Trusting(authority).RunAsync();

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.Contains("its certificate comes from an issuer that is not trusted", refused.Run.StateReason);
        Assert.True(delivered.Run.State == RunState.Delivered, delivered.Run.StateReason);
        Assert.Equal(3, learn.Posts.Count);

        Night Trusting(TestAuthority root) => nights.Next(School())
            .WithDelivery("baseUrl", front.Address + new Uri(learn.BaseUrl).AbsolutePath).WithDelivery("trustedRoots", new JsonObject { ["secret"] = "roots" })
            .Setting("Secrets:roots", root.RootPem);
    }

    [Fact]
    public async Task What_is_posted_is_what_is_stored()
    {
        await using var learn = await LearnServer.StartAsync();

        var night = await new LearnNights(azurite, learn).NextAsync(School());

        foreach (var post in learn.Posts)
        {
            Assert.Equal(await night.FileAsync($"{post.Kind}.txt"), post.Text);
        }
    }

    [Fact]
    public async Task A_file_that_never_ends_is_unknown_after_its_time_and_nothing_that_needs_it_is_posted()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        learn.Habits.RowsPerPoll = 0;

        var night = await nights.NextAsync(School());

        Assert.Equal(["person/store", "course/store"], nights.Posts());
        Assert.Equal(RunState.DeliveredWithErrors, night.Run.State);
        Assert.Equal(ReceiptState.Unknown, night.Run.Feeds[0].State);
        Assert.Contains("within 30 minutes", night.Run.StateReason);
        Assert.Contains("membership.txt was not posted, because course.txt", night.Run.StateReason);
        Assert.InRange(nights.Time.Skipped, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(70));
    }

    [Fact]
    public async Task Rows_with_errors_are_counted_and_what_was_gone_is_said_again()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await nights.NextAsync(School("cleo"));
        learn.State.InstitutionRoles.Remove("FACULTY");

        var withError = await nights.NextAsync(School());
        learn.State.InstitutionRoles.Add("FACULTY");
        var after = await nights.NextAsync(School());
        var quiet = await nights.NextAsync(School());

        var receipt = await withError.ReceiptAsync();
        Assert.Equal(RunState.DeliveredWithErrors, withError.Run.State);
        Assert.Equal((ReceiptState.ProcessedWithErrors, 1), (receipt.Progress[0].State, receipt.Progress[0].Errors));
        Assert.Contains(receipt.Progress[0].Reference!, withError.Run.StateReason);
        Assert.Contains("disabled", await after.FileAsync("person.txt"));
        Assert.DoesNotContain("disabled", await quiet.FileAsync("person.txt"));
    }

    [Fact]
    public async Task A_count_that_has_come_to_rest_is_the_end_but_confirms_nothing()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.CountsFailedRows = false;
        learn.State.InstitutionRoles.Remove("FACULTY");

        var night = await new LearnNights(azurite, learn).NextAsync(School());

        Assert.Equal(ReceiptState.ProcessedWithErrors, (await night.ReceiptAsync()).State);
        Assert.Contains("done membership/store", learn.Events);
    }

    [Theory]
    [InlineData(LearnFault.StackTrace, "does not say that the file was uploaded")]
    [InlineData(LearnFault.ServerError, "answered 500")]
    public async Task An_answer_without_success_fails_and_is_not_repeated(LearnFault fault, string reason)
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.Fault = (kind, _) => kind == "person" ? fault : null;
        var nights = new LearnNights(azurite, learn);

        var night = await nights.NextAsync(School());

        Assert.Equal(["person/store", "course/store"], nights.Posts());
        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains(reason, night.Run.StateReason);
        Assert.DoesNotContain("NullPointer", string.Join('\n', night.LogLines) + night.Run.StateReason);
    }

    [Fact]
    public async Task An_inactive_integration_takes_nothing_and_is_named()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Integrations[0].State = IntegrationState.Inactive;

        var night = await new LearnNights(azurite, learn).NextAsync(School());

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("integration is active", night.Run.StateReason);
        Assert.Empty(learn.State.Records("person"));
    }

    [Fact]
    public async Task A_busy_Learn_is_tried_again()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.Fault = (kind, _) => kind == "course" && learn.Posts.Count == 1 ? LearnFault.Busy : null;
        var nights = new LearnNights(azurite, learn);

        var night = await nights.NextAsync(School());

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(["person/store", "course/store", "course/store", "membership/store"], nights.Posts());
        nights.AssertHolds("course", "7a");
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_post_is_unknown_and_the_file_is_not_posted_again()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.Fault = (kind, _) => kind == "person" ? LearnFault.HangUpAfterTaking : null;
        var nights = new LearnNights(azurite, learn);

        var first = await nights.NextAsync(School("cleo"));
        learn.WorkThrough();
        learn.Habits.Fault = (_, _) => null;
        await nights.NextAsync(School());

        Assert.Equal(ReceiptState.Unknown, first.Run.Feeds[0].State);
        Assert.Equal(["person/store", "course/store", "person/store", "course/store", "membership/store"], nights.Posts());
        Assert.Equal("disabled", nights.Person("cleo").RowStatus);
    }

    [Theory]
    [InlineData("delivery.password", "401", "test-learn")]
    [InlineData("delivery.baseUrl", "404", "delivery.baseUrl")]
    public async Task A_wrong_login_or_address_is_named_and_leaves_nothing_behind(string wrong, string status, string named)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        var night = nights.Next(School());
        night = wrong == "delivery.password"
            ? night.Setting("Secrets:test-learn", "wrong-password")
            : night.WithDelivery("baseUrl", $"{learn.BaseUrl}/course");

        var refused = await night.RunAsync();

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.Contains(status, refused.Run.StateReason);
        Assert.Contains(named, refused.Run.StateReason);
        Assert.Empty((await refused.ReceiptAsync()).Progress);
        Assert.Empty(learn.Posts);
        Assert.DoesNotContain("wrong-password", string.Join('\n', refused.LogLines) + refused.Run.StateReason);
    }

    [Fact]
    public async Task An_object_may_have_an_integration_of_its_own()
    {
        await using var learn = await LearnServer.StartAsync(
            new LearnIntegration(), new LearnIntegration { Name = "Courses", Username = "courses", Password = "courses-password" });
        var nights = new LearnNights(azurite, learn);

        await nights.Next(School())
            .Setting("Secrets:test-courses", "courses-password")
            .WithDelivery("objects", JsonNode.Parse("""{ "course": { "username": "courses", "password": { "secret": "test-courses" } } }"""))
            .RunAsync();

        Assert.Equal(("Nightly", "Courses"), (nights.Person("alva").Owner, nights.Record("course", "7a").Owner));
    }

    [Fact]
    public async Task Nobody_listening_is_an_error_and_nothing_counts_as_posted()
    {
        var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        var night = nights.Next(School());
        await learn.DisposeAsync();

        var failed = await night.RunAsync();

        Assert.Equal(RunState.Failed, failed.Run.State);
        Assert.Contains("cannot be reached", failed.Run.StateReason);
        Assert.Empty((await failed.ReceiptAsync()).Progress);
    }

    private static SchoolBuilder School(params string[] further)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var pupil in (string[])["alva", "bo", .. further])
        {
            school.Student(pupil, "north");
        }

        school.Employee("hugo");
        school.Duty("hugo's", "hugo", "north");
        school.Group("7a", "north", "Klass", ["alva", "bo", .. further]);
        school.Activity("maths", "north", "7a", null, "hugo's");
        return school;
    }
}
