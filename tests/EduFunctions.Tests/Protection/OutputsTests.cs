using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protocols.Blobs;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Somebody who was delivered one night and is protected the next: all that anybody is given or shown from then on is searched.</summary>
[Collection(ProtectedTests.Name)]
public sealed class OutputsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly MarkedSchool _marked = new();
    private readonly List<(string Where, byte[] Content)> _outputs = [];
    private PutReceiver _receiver = null!;
    private WebhookReceiver _chat = null!;
    private BlobContainerClient _container = null!;
    private Town _town = null!;

    public async Task InitializeAsync()
    {
        (_receiver, _chat) = (await PutReceiver.StartAsync(), await WebhookReceiver.StartAsync());
        _container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient($"in-{Guid.NewGuid():n}");
        await _container.CreateAsync();
        _town = await Town.StartAsync(azurite, _marked.School.Data);
        _town.Register.Habits.Unlisted = _marked.Unlisted;
        Furnish();
    }

    public async Task DisposeAsync()
    {
        await _town.DisposeAsync();
        await _receiver.DisposeAsync();
        await _chat.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_is_given_to_anybody_after_the_marking_tells_of_them()
    {
        Show("Ingen", endDate: null);
        await _town.PassAsync();
        CollectDeliveries();
        Assert.All(_outputs, output => Assert.ThrowsAny<Exception>(() => AssertNone(output.Where, output.Content)));
        Assert.Equal(3, _outputs.Select(output => output.Where.Split(' ')[0]).Distinct().Count());
        Directory.Delete(Path.Combine(_town.Folder, "out"), recursive: true);
        _outputs.Clear();

        Show("Sekretessmarkering", endDate: null);
        var sync = await _town.SyncAsync();
        CollectDeliveries();
        Collect("sync", sync);
        var run = (string)_town.Run["run"]!;
        await CollectPagesAsync(run);

        // From the next pull on the register says nothing of protection: it is remembered.
        Show("Ingen", endDate: "2026-02-30");
        await CollectCommandsAsync(run);

        Assert.Equal("held", (string?)_town.Run["state"]);
        Assert.Contains(_outputs, output => output.Where == "held" && Encoding.UTF8.GetString(output.Content).Contains(_town.Id, StringComparison.Ordinal));
        Assert.All(_outputs, output => AssertNone(output.Where, output.Content));
    }

    /// <summary>Three ways to deliver, somebody to be alarmed, and a guard that holds whoever else leaves.</summary>
    private void Furnish()
    {
        var file = _town.File;
        file["feeds"]!.AsArray().Add(Feed("oneRosterCsv", [], new()
        {
            ["type"] = "https",
            ["url"] = _receiver.Address,
            ["headers"] = new JsonObject { ["Authorization"] = new JsonObject { ["secret"] = "put" } },
        }));
        file["feeds"]!.AsArray().Add(Feed("schoolDataSync", new() { ["zip"] = false }, new() { ["type"] = "blob", ["sas"] = new JsonObject { ["secret"] = "sas" } }));
        file["alarms"] = new JsonObject { ["webhooks"] = new JsonArray(new JsonObject { ["format"] = "teams", ["url"] = new JsonObject { ["secret"] = "chat" } }) };
        file["guard"] = new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 };
        var signed = BlobDeliveryTests.Signed(_container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write);
        foreach (var (secret, value) in new[] { ("put", PutReceiver.Token), ("sas", signed.ToString()), ("chat", _chat.Address) })
        {
            _town.Environment[$"Secrets__{secret}"] = value;
        }
    }

    private static JsonObject Feed(string type, JsonObject settings, JsonObject delivery)
    {
        var feed = TenantJson.FeedOf(type, settings);
        feed["delivery"] = delivery;
        return feed;
    }

    /// <summary>A school, a kind of group and a class are called by the name; on the night of the marking somebody else leaves.</summary>
    private void Show(string marking, string? endDate)
    {
        var person = _marked.Person("hidden");
        person["securityMarking"] = marking;
        person["addresses"]![0]!.AsObject().Remove("country");
        person["enrolments"]![0]!.AsObject().Remove("endDate");
        if (endDate is not null)
        {
            person["enrolments"]![0]!["endDate"] = endDate;
        }

        var name = $"Stöd {MarkedSchool.Given("hidden")} {MarkedSchool.Family("hidden")}";
        _marked.School.Data[Collections.Organisations][0]["displayName"] = name;
        (_marked.School.Data[Collections.Groups][0]["displayName"], _marked.School.Data[Collections.Groups][1]["groupType"]) = (name, name);
        if (marking != "Ingen")
        {
            _marked.Person("cia")["enrolments"] = new JsonArray();
        }
    }

    private void CollectDeliveries()
    {
        _outputs.AddRange(_town.DropBox.Received.TakeLast(1).Select(file => ($"sftp {file.Path}", File.ReadAllBytes(file.LocalFile))));
        _outputs.AddRange(_receiver.Files.Select(file => ($"https {file.Key}", file.Value)));
        _outputs.AddRange(_container.GetBlobs().Where(blob => blob.Name is "users.csv" or "classes.csv")
            .Select(blob => ($"blob {blob.Name}", _container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToArray())));
    }

    private async Task CollectPagesAsync(string run)
    {
        await using var serving = await Serving.Serving.StartAsync(_town);
        var plans = _town.Run["feeds"]!.AsArray().Select(feed => $"/api/tenants/{_town.Id}/runs/{run}/plans/{feed!["name"]}");
        foreach (var page in (string[])["/", $"/tenants/{_town.Id}", $"/tenants/{_town.Id}/runs/{run}", .. plans])
        {
            _outputs.Add((page, await serving.Http.GetByteArrayAsync(page)));
        }

        _outputs.Add(("the host's log", Encoding.UTF8.GetBytes(serving.Errors)));
        _outputs.AddRange(_chat.Received.Select(post => ("an alarm", Encoding.UTF8.GetBytes(post.GetRawText()))));
        Assert.NotEmpty(_chat.Received);
    }

    private async Task CollectCommandsAsync(string run)
    {
        Collect("held", await _town.CommandAsync("held"));
        Collect("plan", await _town.CommandAsync("plan", "--tenant", _town.Id, "--run", run));
        Collect("replay", await _town.CommandAsync("replay", "--tenant", _town.Id, "--run", run, "--out", "replayed"));
        Collect("incident", await _town.CommandAsync("incident", "--tenant", _town.Id, "--person", Ids.Of("hidden"), "--out", "incident"));
        Collect("survey", await _town.CommandAsync("survey", "--tenant", $"tenants/{_town.Id}.json", "--date", "2026-09-02", "--out", "surveyed"));
        foreach (var folder in (string[])["out", "replayed", "incident", "surveyed"])
        {
            var files = Directory.GetFiles(Path.Combine(_town.Folder, folder), "*", SearchOption.AllDirectories);
            Assert.NotEmpty(files);
            _outputs.AddRange(files.Select(file => (Path.GetRelativePath(_town.Folder, file), File.ReadAllBytes(file))));
        }
    }

    private void Collect(string command, Ended ended)
    {
        Assert.True(ended.ExitCode is 0 or 3, $"{command} ended with {ended.ExitCode}: {ended.Errors}");
        _outputs.Add((command, Encoding.UTF8.GetBytes(ended.Output + ended.Errors)));
    }

    /// <summary>An incident is asked for by an id, and says of whom it is.</summary>
    private void AssertNone(string where, byte[] content)
    {
        var isAsked = where.StartsWith("incident", StringComparison.Ordinal);
        var text = isAsked ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace(Ids.Of("hidden"), "", StringComparison.Ordinal)) : content;
        new Traces(_marked).AssertNone(where, text, mayHoldIds: false);
    }
}
