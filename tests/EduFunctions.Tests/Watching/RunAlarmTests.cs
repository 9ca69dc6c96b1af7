using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Mail;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using MimeKit;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>What people are told of runs. The watch takes every tenant there is, so these tests have a storage of their own.</summary>
public sealed class RunAlarmTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_hold_is_told_at_once_and_not_again_until_all_was_well()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);

        var held = await town.HeldNight().RunAsync();
        Assert.Single(chat.Received);
        await town.HeldNight().RunAsync();
        await town.HeldNight().WatchAsync();
        Assert.Single(chat.Received);
        await town.GoodNight().RunAsync();
        await town.GoodNight().WatchAsync();
        await town.GoodNight().WatchAsync();
        await town.HeldNight().RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Equal(["stopped", "stopped: this is over", "stopped"], chat.Received.Select(Title));
    }

    [Fact]
    public async Task A_hold_with_other_figures_every_night_is_told_once_and_its_hash_can_be_pasted()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);
        await Strict(town, 40).RunAsync();

        var held = await Strict(town, 30).Setting("Pipeline:PublicAddress", "https://sync.example/").RunAsync();
        var next = await Strict(town, 29).Setting("Pipeline:PublicAddress", "https://sync.example/").RunAsync();
        await Strict(town, 29).Setting("Pipeline:PublicAddress", "https://sync.example/").WatchAsync();

        var told = Assert.Single(chat.Received);
        var text = told.GetRawText();
        Assert.Equal((RunState.Held, RunState.Held), (held.Run.State, next.Run.State));
        Assert.NotEqual(held.Run.Feeds[0].Plan!.Hash, next.Run.Feeds[0].Plan!.Hash);
        Assert.Contains($"approve {held.Run.Feeds[0].Plan!.Hash}", text);
        Assert.Contains("students of school Berget would be removed", text);
        Assert.Contains($"https://sync.example/tenants/{held.Run.Tenant}/runs/{held.Run.Run}", text);
        Assert.DoesNotContain("Berget", await StandingAsync(held.Run));
        Assert.Contains(Ids.Of("berget"), await StandingAsync(held.Run));
        Assert.DoesNotContain("(removed)", text);
    }

    [Fact]
    public async Task A_run_that_came_to_nothing_is_told_beside_what_waits_and_ends_none_of_it()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);
        await Strict(town, 40).RunAsync();
        await Strict(town, 30).RunAsync();

        await Strict(town, 30).Setting($"Secrets:{TenantJson.SourceSecret}", "").RunAsync();
        await Strict(town, 30).WatchAsync();

        Assert.Equal(["held", "failed"], chat.Received.Select(Title));
    }

    [Fact]
    public async Task A_pull_that_is_held_with_other_figures_every_night_is_told_once()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);
        await Strict(town, 40).RunAsync();

        var held = await Strict(town, 8).RunAsync();
        var next = await Strict(town, 7).RunAsync();

        Assert.NotEqual(held.Run.StateReason, next.Run.StateReason);
        Assert.Single(chat.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_single_pull_that_breaks_off_is_told_the_same_night(bool isMarked)
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);
        await Strict(town, 20).RunAsync();

        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        Enumerable.Range(0, 20).ToList().ForEach(pupil => school.Student($"pupil{pupil}", "berget")["securityMarking"] = isMarked && pupil == 0 ? "Sekretessmarkering" : "Ingen");
        var held = await town.Night(school.Data)
            .Behaving(habits => habits.Fault = page => page.Collection == Collections.Duties ? new Fault.Status(503) : null).RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Equal(["stopped"], chat.Received.Select(Title));
        Assert.Contains("503", Assert.Single(chat.Received).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A school of so many pupils, of whom few may leave in a night.</summary>
    private static Night Strict(AlarmTown town, int pupils)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        for (var pupil = 0; pupil < pupils; pupil++)
        {
            school.Student($"pupil{pupil}", "berget");
        }

        return town.Night(school.Data).With("guard", new JsonObject { ["maxRemovedPercent"] = 10, ["minRemoved"] = 2 });
    }

    /// <summary>What is kept of the alarms that stand.</summary>
    private async Task<string> StandingAsync(RunRecord run) =>
        Encoding.UTF8.GetString((await own.Blobs.ReadAsync(Containers.State, $"{run.Tenant}/alarms.json", CancellationToken.None))!.Content);

    private static string Title(JsonElement card) => card.GetProperty("attachments")[0].GetProperty("content").GetProperty("body")[0]
        .GetProperty("inlines")[0].GetProperty("text").GetString()!.Split(": ", 2)[1];

    [Fact]
    public async Task Teams_gets_an_adaptive_card()
    {
        await using var chat = await WebhookReceiver.StartAsync();

        var held = await new AlarmTown(own, chat, TimeProvider.System).HeldNight().RunAsync();

        var attachment = Assert.Single(chat.Received).GetProperty("attachments")[0];
        var body = attachment.GetProperty("content").GetProperty("body");
        var facts = body.EnumerateArray().Last().GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("value").GetString());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        Assert.Equal(
            ["Nordhamns kommun: stopped", held.Run.StateReason!],
            body.EnumerateArray().Take(2).Select(block => block.GetProperty("inlines")[0].GetProperty("text").GetString()!));
        Assert.Equal([held.Run.Tenant, held.Run.Run], facts);
    }

    [Fact]
    public async Task Slack_gets_plain_text_and_nothing_to_interpret()
    {
        await using var chat = await WebhookReceiver.StartAsync();

        var held = await new AlarmTown(own, chat, TimeProvider.System) { Format = "slack" }.HeldNight().With("name", "Ås & <b>").RunAsync();

        var message = Assert.Single(chat.Received);
        Assert.Equal("Ås &amp; &lt;b&gt;: stopped", message.GetProperty("text").GetString());
        Assert.All(message.GetProperty("blocks").EnumerateArray(), block => Assert.Equal("plain_text", Text(block).GetProperty("type").GetString()));
        Assert.Equal(held.Run.StateReason, Text(message.GetProperty("blocks")[1]).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Mail_goes_to_everybody_named_through_a_server_that_asks_for_a_login()
    {
        await using var mail = await MailServer.StartAsync();

        var held = await new AlarmTown(own, null, TimeProvider.System) { Mail = mail }.HeldNight().RunAsync();

        var received = Assert.Single(mail.Received);
        Assert.Equal("edufunctions@kommun.example", received.From);
        Assert.Equal(["skola@kommun.example", "it@kommun.example"], received.To);
        Assert.Contains("Subject: EduFunctions: Nordhamns kommun: stopped", received.Content);
        Assert.Contains(held.Run.Run, received.Content);
    }

    [Fact]
    public async Task Mail_is_in_the_tenants_language()
    {
        await using var mail = await MailServer.StartAsync();

        var held = await new AlarmTown(own, null, TimeProvider.System) { Mail = mail }.HeldNight().With("name", "Nordhamn").With("language", "sv").RunAsync();

        using var received = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(mail.Received).Content)));
        Assert.StartsWith("The source handed out", held.Run.StateReason);
        Assert.Equal("EduFunctions: Nordhamn: stoppad", received.Subject);
        Assert.StartsWith("Källsystemet lämnade inte ut", received.TextBody);
        Assert.Contains($"Körning: {held.Run.Run}", received.TextBody);
    }

    [Fact]
    public async Task A_mail_server_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        await using var mail = await MailServer.StartAsync(startTls: true);

        var held = await new AlarmTown(own, null, TimeProvider.System) { Mail = mail, MailSecurity = "startTls" }.HeldNight().RunAsync();

        Assert.Empty(mail.Received);
        Assert.Contains(held.LogLines, line => line.Contains("mail could not be told of an alarm (SslHandshakeException)", StringComparison.Ordinal));
        Assert.DoesNotContain(MailServer.Password, string.Join('\n', held.LogLines));
    }

    [Fact]
    public async Task A_chat_that_does_not_answer_costs_no_run_and_is_told_by_the_next_watch()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        chat.Refusing = 3;
        var town = new AlarmTown(own, chat, TimeProvider.System);

        var held = await town.HeldNight().RunAsync();
        Assert.Equal((RunState.Held, 3), (held.Run.State, chat.Asked));
        Assert.Empty(chat.Received);
        await town.HeldNight().WatchAsync();

        Assert.Single(chat.Received);
        Assert.DoesNotContain("only-the-channel-knows", string.Join('\n', held.LogLines));
    }

    [Fact]
    public async Task A_message_that_failed_for_good_is_told_as_that_and_nothing_else()
    {
        await using var chat = await WebhookReceiver.StartAsync();

        await new AlarmTown(own, chat, TimeProvider.System).GoodNight().RunAsync((pipeline, started) => pipeline.PoisonAsync(
            Queues.Extract, JsonSerializer.Serialize(started.Next.Extract[0], Serialization.Compact), CancellationToken.None));

        Assert.Contains("failed for good", Assert.Single(chat.Received).GetRawText());
    }

    [Fact]
    public async Task Only_what_is_wanted_is_told_and_no_dry_run()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var town = new AlarmTown(own, chat, TimeProvider.System);

        await town.HeldNight().With("alarms.hold", false).RunAsync();
        await town.HeldNight().Dry().RunAsync();
        await town.HeldNight().WatchAsync();

        Assert.Equal(0, chat.Asked);
    }

    [Fact]
    public async Task No_alarm_names_a_protected_person()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        var marked = new MarkedSchool();
        marked.School.Group("named after", "north", "Klass", "alva", "bo")["displayName"] = $"{MarkedSchool.Given("hidden")} {MarkedSchool.Family("hidden")}";

        var night = await new AlarmTown(own, chat, TimeProvider.System).Night(marked.School.Data).Behaving(habits => habits.Unlisted = marked.Unlisted).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        new Traces(marked).AssertNone("the alarm", Assert.Single(chat.Received).GetRawText());
    }

    [Theory]
    [InlineData("""{ "webhooks": [ { "format": "teams", "url": { "secret": "plain" } } ] }""", "$.alarms.webhooks[0].url: must name an https address")]
    [InlineData("""{ "mail": { "host": "mail.example", "security": "none", "from": "a@b.example", "to": ["c@d.example"] } }""", "$.alarms.mail.security: must be")]
    [InlineData("""{ "mail": { "host": "mail.example", "username": "x", "from": "a@b.example", "to": ["c@d.example"] } }""", "$.alarms.mail: takes username and password together")]
    [InlineData("""{ "mail": { "host": "mail.example", "from": "a@b.example", "to": [] } }""", "$.alarms.mail.to: must name somebody")]
    [InlineData("""{ "mail": { "host": "mail.example", "from": "a@b.example", "to": ["nobody"] } }""", "$.alarms.mail.to[0]: must be a mail address")]
    [InlineData("""{ "webhooks": [ { "format": "irc", "url": { "secret": "plain" } } ] }""", "$.alarms.webhooks[0].format")]
    public async Task What_cannot_be_used_is_refused_by_its_path(string alarms, string expected)
    {
        var night = new AlarmTown(own, null, TimeProvider.System).GoodNight().Setting("Secrets:plain", "http://chat.example/hook").With("alarms", JsonNode.Parse(alarms)).Dry();

        var refused = await night.RunAsync();

        Assert.Contains(expected.Split(": ")[0], refused.Run.StateReason);
        Assert.Contains(expected.Split(": ").Last(), refused.Run.StateReason);
    }

    private static JsonElement Text(JsonElement block) => block.GetProperty("text");
}
