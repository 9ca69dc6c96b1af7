using System.Text;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What the commands print, the API answers and the queues carry, of the world in which protected persons leave traces.</summary>
[Collection(ProtectedTests.Name)]
public sealed class ToldTests(AzuriteFixture azurite)
{
    private readonly MarkedSchool _marked = new();

    [Fact]
    public async Task Commands_print_nothing_of_them_but_the_id_that_was_asked_for()
    {
        await using var town = await TownAsync();
        town.Environment["Logging__LogLevel__Default"] = "Trace";

        var folder = town.File["feeds"]![0]!["delivery"]!["directory"]!.DeepClone();
        town.File["feeds"]![0]!["delivery"]!["directory"] = "nowhere";
        var refused = await town.SyncAsync();
        town.File["feeds"]![0]!["delivery"]!["directory"] = folder;
        var sync = await town.SyncAsync();
        var run = (string)town.Run["run"]!;
        var explain = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("hidden"));
        var replay = await town.CommandAsync("replay", "--tenant", town.Id, "--run", run, "--out", "replayed");
        town.DropBox.Received.ToList().ForEach(file => AssertNone("what was sent", File.ReadAllBytes(file.LocalFile)));

        Assert.Equal((0, 0, 0, 1), (sync.ExitCode, explain.ExitCode, replay.ExitCode, refused.ExitCode));
        foreach (var (what, ended) in new[] { ("sync", sync), ("replay", replay), ("a failed sync", refused) })
        {
            AssertNone(what, Encoding.UTF8.GetBytes(ended.Output + ended.Errors));
        }

        Assert.Contains("person.protected", explain.Output);
        AssertNone("explain", Encoding.UTF8.GetBytes(explain.Output.Replace(Ids.Of("hidden"), "", StringComparison.Ordinal) + explain.Errors));
        foreach (var file in Directory.GetFiles(town.Folder, "*", SearchOption.AllDirectories))
        {
            AssertNone(file, await File.ReadAllBytesAsync(file));
        }
    }

    [Fact]
    public async Task The_API_answers_and_the_queues_carry_nothing_of_them()
    {
        await using var town = await TownAsync();
        await town.PassAsync();
        await using var serving = await Serving.Serving.StartAsync(town);

        var answers = new StringBuilder();
        foreach (var path in new[] { "tenants", $"tenants/{town.Id}/runs", $"tenants/{town.Id}/runs/{town.Run["run"]}", $"tenants/{town.Id}/people/{Ids.Of("alva")}" })
        {
            answers.AppendLine(await serving.Http.GetStringAsync($"/api/{path}"));
        }

        var queues = MessageQueues.Open(town.Storage);
        var poison = $$"""{"tenant":"{{town.Id}}","run":"{{town.Run["run"]}}"}""";
        await queues.Poison("export").SendMessageAsync(poison);
        AssertNone("the API", Encoding.UTF8.GetBytes(answers.ToString()));
        AssertNone("the people call", Encoding.UTF8.GetBytes(
            (await serving.Http.GetStringAsync($"/api/tenants/{town.Id}/people/{Ids.Of("hidden")}")).Replace(Ids.Of("hidden"), "", StringComparison.Ordinal)));
        while ((await town.BlobsAsync("state", "-export.json")).Count == 0)
        {
            await Task.Delay(100);
        }

        await new Traces(_marked).AssertNoneAsync(azurite.Blobs, town.Id, Ids.Of("hidden"));
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.StartAsync(azurite, _marked.School.Data);
        town.Register.Habits.Unlisted = _marked.Unlisted;
        return town;
    }

    private void AssertNone(string where, byte[] content) => new Traces(_marked).AssertNone(where, content, mayHoldIds: false);
}
