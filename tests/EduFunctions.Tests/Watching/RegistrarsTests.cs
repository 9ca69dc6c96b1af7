using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Mail;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>Whom the watch writes what is to be corrected, and when. It takes every tenant there is, so these tests have a storage of their own.</summary>
public sealed class RegistrarsTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 20, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Each_school_is_told_its_own_when_it_has_changed_and_when_nothing_is_left()
    {
        await using var mail = await MailServer.StartAsync();
        var town = new AlarmTown(own, null, _time) { Mail = mail };
        var wanted = Wanted("onChange");

        await NightAsync(town, wanted, "nameless");
        await NightAsync(town, wanted, "nameless");
        await NightAsync(town, wanted, "nameless", "faceless");
        await NightAsync(town, wanted);
        await NightAsync(town, wanted);

        var mails = await ReadAsync(mail);
        Assert.Equal(
            ["skola@kommun.example Berget: 2", "skola@kommun.example Berget: 4", $"skola@kommun.example {Ids.Of("berget")}: 0"],
            mails.Where(one => one.To.ToString() == "skola@kommun.example").Select(Heading));
        Assert.Equal(3, mails.Count(one => one.To.ToString() == "alla@kommun.example"));
        Assert.All(mails, one => Assert.DoesNotContain("Provhed", one.ToString()));
        Assert.All(mails, one => Assert.Single(one.Attachments));
    }

    [Fact]
    public async Task Weekly_is_once_a_week_as_long_as_there_is_something()
    {
        await using var mail = await MailServer.StartAsync();
        var town = new AlarmTown(own, null, _time) { Mail = mail };
        var wanted = Wanted("weekly");
        wanted.Remove("all");

        for (var night = 0; night < 9; night++)
        {
            await NightAsync(town, wanted, "nameless");
        }

        Assert.Equal(2, mail.Received.Count);
    }

    [Fact]
    public async Task Who_could_not_be_told_is_told_by_the_next_watch()
    {
        var dead = await MailServer.StartAsync();
        var town = new AlarmTown(own, null, _time) { Mail = dead };
        await NightAsync(town, Wanted("onChange"), "nameless", () => dead.DisposeAsync());
        await using var mail = await MailServer.StartAsync();

        await With(new AlarmTown(own, null, _time) { Mail = mail, Id = town.Id }, Wanted("onChange"), "nameless").WatchAsync();

        Assert.Equal(2, mail.Received.Count);
    }

    private static string Heading(MimeMessage mail) => $"{mail.To} {mail.Subject!.Replace("EduFunctions: ", "", StringComparison.Ordinal).Split(" to correct")[0]}";

    private static async Task<List<MimeMessage>> ReadAsync(MailServer server)
    {
        var mails = new List<MimeMessage>();
        foreach (var received in server.Received)
        {
            mails.Add(await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(received.Content))));
        }

        return mails;
    }

    private static JsonObject Wanted(string when) => new()
    {
        ["when"] = when,
        ["all"] = new JsonArray("alla@kommun.example"),
        ["schools"] = new JsonObject { [Ids.Of("berget")] = new JsonArray("skola@kommun.example") },
    };

    private Task NightAsync(AlarmTown town, JsonObject wanted, params string[] nameless) => NightAsync(town, wanted, nameless, () => ValueTask.CompletedTask);

    private Task NightAsync(AlarmTown town, JsonObject wanted, string nameless, Func<ValueTask> between) => NightAsync(town, wanted, [nameless], between);

    private async Task NightAsync(AlarmTown town, JsonObject wanted, string[] nameless, Func<ValueTask> between)
    {
        await With(town, wanted, nameless).RunAsync();
        await between();
        await With(town, wanted, nameless).WatchAsync();
        _time.Advance(TimeSpan.FromDays(1));
    }

    private static Night With(AlarmTown town, JsonObject wanted, params string[] nameless)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen");
        school.Student("vilda", "berget");
        school.Student("noor", "dalen");
        foreach (var label in nameless)
        {
            school.Student(label, "berget")["familyName"] = "";
        }

        return town.Night(school.Data).With("registrars", wanted.DeepClone());
    }
}
