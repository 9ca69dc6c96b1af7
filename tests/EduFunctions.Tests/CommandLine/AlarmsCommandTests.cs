using System.Text.Json.Nodes;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Whether alarms arrive is seen before the first night that needs one.</summary>
[Collection(CommandTests.Name)]
public sealed class AlarmsCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Each_channel_gets_a_trial_and_one_that_does_not_is_told_without_its_address()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        await using var town = await TownAsync("chat", "gone");
        town.Environment["Secrets__chat"] = chat.Address;
        town.Environment["Secrets__gone"] = $"{chat.Address}-no-more";

        var ended = await LocalHostProcess.RunAsync(town.Environment, town.Folder, "alarms", "test", Path.Combine("tenants", $"{town.Id}.json"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("$.alarms.webhooks[0]: told", ended.Output);
        Assert.Contains("$.alarms.webhooks[1]: it answered 404", ended.Output);
        Assert.Contains("a trial", Assert.Single(chat.Received).GetRawText());
        Assert.DoesNotContain("no-more", ended.Output + ended.Errors);
    }

    [Fact]
    public async Task A_tenant_that_tells_nobody_is_told_so()
    {
        await using var town = await TownAsync();

        var ended = await LocalHostProcess.RunAsync(town.Environment, town.Folder, "alarms", "test", Path.Combine("tenants", $"{town.Id}.json"));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("names neither a webhook nor a mailbox", ended.Errors);
    }

    private async Task<Town> TownAsync(params string[] channels)
    {
        var town = await Town.StartAsync(azurite);
        town.File["alarms"] = new JsonObject
        {
            ["webhooks"] = new JsonArray([.. channels.Select(name => new JsonObject { ["format"] = "teams", ["url"] = new JsonObject { ["secret"] = name } })]),
        };
        town.WriteFile();
        return town;
    }
}
