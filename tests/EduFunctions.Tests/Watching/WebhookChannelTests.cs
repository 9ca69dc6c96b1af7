using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>Slack refuses a header of more than 150 characters, and a section of more than 3,000.</summary>
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

    private static async Task<IEnumerable<string?>> TellAsync(AlarmMessage message)
    {
        await using var chat = await WebhookReceiver.StartAsync();
        using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var settings = new AlarmSettings { Webhooks = [new WebhookSettings { Format = "slack", Url = new Secret("chat", chat.Address) }] };

        await new WebhookChannel(services.GetRequiredService<IHttpClientFactory>()).Receivers(settings).Single().SendAsync(message, CancellationToken.None);

        return Assert.Single(chat.Received).GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("text").GetProperty("text").GetString());
    }
}
