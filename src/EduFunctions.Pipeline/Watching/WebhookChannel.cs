using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using OpenTelemetry;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Posts to the channel of a chat system.</summary>
public sealed class WebhookChannel(IHttpClientFactory http) : IAlarmChannel
{
    public const string HttpClientName = "alarms";

    private const int LongestTitle = 150;
    private const int LongestSection = 3000;
    private const int MostTeamsBytes = 28 * 1024;
    private const int BytesPerLetter = 6;

    public IEnumerable<AlarmReceiver> Receivers(AlarmSettings settings) => settings.Webhooks.Select((webhook, at) =>
        new AlarmReceiver($"webhooks[{at}]", (message, ct) => PostAsync(webhook, message, ct), ct => ReachAsync(webhook, ct)));

    /// <summary>Channels listen to POST alone, and each refuses a GET in words of its own: any answer tells of name, way and certificate, and no more.</summary>
    private async Task ReachAsync(WebhookSettings webhook, CancellationToken ct)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        using var client = http.CreateClient(HttpClientName);
        using var answer = await client.GetAsync(webhook.Url.Reveal(), HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private async Task PostAsync(WebhookSettings webhook, AlarmMessage message, CancellationToken ct)
    {
        // The address is a secret, so it is in no trace either.
        using var untraced = SuppressInstrumentationScope.Begin();
        using var client = http.CreateClient(HttpClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url.Reveal())
        {
            Content = new StringContent((webhook.Format == "slack" ? Slack(message) : Teams(message)).ToJsonString(), Encoding.UTF8, "application/json"),
        };

        // Only the status counts, and an answer may have no end.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Teams drops a message above 28 KB. A letter beyond ASCII takes six bytes of it.</summary>
    private static JsonObject Teams(AlarmMessage message)
    {
        var card = Card(message);
        for (int most = message.Text.Length, bytes; (bytes = JsonSerializer.SerializeToUtf8Bytes(card).Length) > MostTeamsBytes && most > 1;)
        {
            most = Math.Max(1, most - 1 - ((bytes - MostTeamsBytes) / BytesPerLetter));
            card = Card(message with { Text = Shortened(message.Text, most) });
        }

        return card;
    }

    /// <summary>An adaptive card, as the Teams workflow "when a webhook request is received" posts it.</summary>
    private static JsonObject Card(AlarmMessage message) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(
                    Paragraph(Shortened(message.Title, LongestTitle), isTitle: true),
                    Paragraph(message.Text),
                    Paragraph(message.Advice),
                    new JsonObject
                    {
                        ["type"] = "FactSet",
                        ["facts"] = new JsonArray([.. message.Facts.Select(fact => new JsonObject { ["title"] = fact.Name, ["value"] = fact.Value })]),
                    }),
                ["actions"] = new JsonArray(message.Link is null ? [] : [new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = OpenPage(message), ["url"] = message.Link }]),
            },
        }),
    };

    /// <summary>Blocks of plain text, in which nothing has to be escaped; the text for notifications is the title.</summary>
    private static JsonObject Slack(AlarmMessage message) => new()
    {
        ["text"] = message.Title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
        ["blocks"] = new JsonArray([
            Block("header", message.Title),
            Block("section", message.Text),
            Block("section", $"{message.Advice}\n{string.Join('\n', message.Facts.Select(fact => $"{fact.Name}: {fact.Value}"))}"),
            .. message.Link is null ? Array.Empty<JsonObject>() : [Button(OpenPage(message), message.Link)]]),
    };

    /// <summary>Text as it is: a text block would read Markdown into it.</summary>
    private static JsonObject Paragraph(string text, bool isTitle = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isTitle)
        {
            (run["size"], run["weight"]) = ("Medium", "Bolder");
        }

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Block(string type, string text) => new()
    {
        ["type"] = type,
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Shortened(text, type == "header" ? LongestTitle : LongestSection) },
    };

    private static string OpenPage(AlarmMessage message) => message.Language["Open the page"];

    private static JsonObject Button(string words, string link) => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray(new JsonObject
        {
            ["type"] = "button",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = words },
            ["url"] = link,
        }),
    };

    /// <summary>What is longer is refused. A letter of two characters is not cut in two.</summary>
    private static string Shortened(string text, int most) =>
        text.Length <= most ? text
        : most > 1 && char.IsHighSurrogate(text[most - 2]) ? $"{text[..(most - 2)]}…"
        : $"{text[..(most - 1)]}…";
}
