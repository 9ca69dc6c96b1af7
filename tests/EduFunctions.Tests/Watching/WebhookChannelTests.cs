using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>Slack refuses a header of more than 150 characters, and a section of more than 3,000; Teams drops a message above 28 KB.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class WebhookChannelTests
{
    [Theory]
    [InlineData(150, 3000, true)]
    [InlineData(151, 3001, false)]
    public async Task A_text_is_as_long_as_Slack_takes_it(int title, int text, bool isWhole)
    {
        var (header, section) = (new string('t', title), new string('x', text));

        var blocks = await TellAsync(new AlarmMessage(header, section, "Look.", []));

        Assert.Equal([isWhole ? header : $"{header[..149]}…", isWhole ? section : $"{section[..2999]}…", "Look.\n"], blocks);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('å')]
    public async Task A_text_is_as_long_as_Teams_takes_it(char letter)
    {
        var told = await SendAsync("teams", new AlarmMessage("Held", new string(letter, 60_000), "Look.", [("Tenant", "nordhamn")]));
        var whole = await SendAsync("teams", new AlarmMessage("Held", new string(letter, 2_000), "Look.", []));

        Assert.InRange(told.GetRawText().Length, 27_000, 28 * 1024);
        Assert.Contains("nordhamn", told.GetRawText());
        Assert.EndsWith("…", Texts(told)[1]);
        Assert.Equal(new string(letter, 2_000), Texts(whole)[1]);
    }

    [Fact]
    public async Task A_link_leads_to_the_page()
    {
        var message = new AlarmMessage("Held", "Look.", "Approve.", [], "https://sync.example/tenants/nordhamn");

        var (teams, slack) = (await SendAsync("teams", message), await SendAsync("slack", message));

        Assert.Equal(message.Link, teams.GetProperty("attachments")[0].GetProperty("content").GetProperty("actions")[0].GetProperty("url").GetString());
        Assert.Equal(message.Link, slack.GetProperty("blocks").EnumerateArray().Last().GetProperty("elements")[0].GetProperty("url").GetString());
    }

    private static List<string> Texts(JsonElement card) =>
        [.. card.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray()
            .Where(block => block.TryGetProperty("inlines", out _)).Select(block => block.GetProperty("inlines")[0].GetProperty("text").GetString()!)];

    private static async Task<IEnumerable<string?>> TellAsync(AlarmMessage message) =>
        (await SendAsync("slack", message)).GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("text").GetProperty("text").GetString());

    private static async Task<JsonElement> SendAsync(string format, AlarmMessage message)
    {
        await using var chat = await WebhookReceiver.StartAsync();
        using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var settings = new AlarmSettings { Webhooks = [new WebhookSettings { Format = format, Url = new Secret("chat", chat.Address) }] };

        await new WebhookChannel(services.GetRequiredService<IHttpClientFactory>()).Receivers(settings).Single().SendAsync(message, CancellationToken.None);

        return Assert.Single(chat.Received);
    }
}
