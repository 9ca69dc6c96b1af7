using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protocols.Blobs;
using EduFunctions.Tests.Systems.SchoolDataSync;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>Whole nights with both formats, over SFTP, by PUT and into a container.</summary>
[Collection(TargetTests.Name)]
public sealed class FormatNightTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _town = PlainTown.Make();

    [Fact]
    public async Task Both_go_over_SFTP_once_and_again_when_somebody_becomes_protected()
    {
        var first = await Night(Sftp("oneRosterCsv"), Sftp("schoolDataSync")).RunAsync();
        var tenant = first.Run.Tenant;
        var same = await Night(Sftp("oneRosterCsv"), Sftp("schoolDataSync")).As(tenant).RunAsync();
        Protect("north-7-1");
        var without = await Night(Sftp("oneRosterCsv"), Sftp("schoolDataSync")).As(tenant).RunAsync();

        Assert.True(first.Run.State == RunState.Delivered, first.Run.StateReason);
        Assert.Equal(["oneroster.zip", "sds.zip"], Zips(first).Keys.Order());
        Assert.All(same.Run.Feeds, feed => Assert.Equal(ReceiptState.SkippedUnchanged, feed.State));
        Assert.Empty(FormRules.Broken(Zips(without)["oneroster.zip"]));
        Assert.Empty(SdsRules.Broken(Zips(without)["sds.zip"]));
        Assert.All(Zips(first).Values, zip => Assert.Contains(Ids.Of("north-7-1"), Text(zip)));
        Assert.All(Zips(without).Values, zip => Assert.DoesNotContain(Ids.Of("north-7-1"), Text(zip)));
        Assert.All(Zips(without).Values, zip => Assert.Contains(Ids.Of("north-7-2"), Text(zip)));
    }

    [Fact]
    public async Task Who_is_protected_leaves_on_a_night_on_which_nothing_else_may_be_sent()
    {
        var feeds = new[] { Sftp("oneRosterCsv"), Sftp("schoolDataSync"), Sftp("oneRosterCsv", new() { ["mode"] = "delta", ["fileName"] = "changes" }, "changes") };
        var first = await Night(feeds).RunAsync();
        Protect("north-7-1");
        foreach (var feed in feeds)
        {
            feed["freeze"] = new JsonObject { ["until"] = "2027-01-10" };
        }

        var night = await Night(feeds).As(first.Run.Tenant).On("2026-09-02").RunAsync();

        var zips = Zips(night);
        Assert.Equal(3, zips.Count);
        Assert.All(zips.Where(zip => !zip.Key.StartsWith("changes", StringComparison.Ordinal)), zip => Assert.DoesNotContain(Ids.Of("north-7-1"), Text(zip.Value)));
        var changes = FormRules.Files(zips.Single(zip => zip.Key.StartsWith("changes", StringComparison.Ordinal)).Value);
        Assert.All(changes.Where(file => file.Key != "manifest.csv").SelectMany(file => file.Value.Skip(1)), row => Assert.Equal("tobedeleted", row[1]));
        Assert.Equal(Ids.Of("north-7-1"), changes["users.csv"][1][0]);
        Assert.All(zips.Values, zip => Assert.DoesNotContain("north-7-1@", Text(zip)));
    }

    [Fact]
    public async Task Changes_alone_take_out_who_became_protected_without_a_word_about_them()
    {
        var feed = Sftp("oneRosterCsv", new() { ["mode"] = "delta", ["guardians"] = true });
        var first = await Night(feed).RunAsync();
        Protect("north-7-1");

        var night = await Night(feed).As(first.Run.Tenant).On("2026-09-02").RunAsync();

        var receiver = new FormReceiver();
        receiver.Take(Zips(first).Single().Value);
        receiver.Take(Zips(night).Single().Value);
        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.Contains(Ids.Of("north-7-1"), Text(Zips(night).Single().Value));
        Assert.DoesNotContain("north-7-1@", Text(Zips(night).Single().Value));
        Assert.DoesNotContain(Ids.Of("north-7-1"), receiver.Text);
        Assert.Contains(Ids.Of("north-7-2"), receiver.Text);
    }

    [Fact]
    public async Task One_goes_by_PUT_and_one_into_a_container()
    {
        await using var receiver = await PutReceiver.StartAsync();
        receiver.Answering.Enqueue(503);
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient($"in-{Guid.NewGuid():n}");
        await container.CreateAsync();
        var signed = BlobDeliveryTests.Signed(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write).ToString();
        var put = Feed("oneRosterCsv", [], new()
        {
            ["type"] = "https",
            ["url"] = receiver.Address,
            ["headers"] = new JsonObject { ["Authorization"] = new JsonObject { ["secret"] = "test-put" } },
        });
        var blob = Feed("schoolDataSync", new() { ["zip"] = false }, new() { ["type"] = "blob", ["sas"] = new JsonObject { ["secret"] = "test-sas" }, ["directory"] = "north" });

        var night = await Night(put, blob).Setting("Secrets:test-put", PutReceiver.Token).Setting("Secrets:test-sas", signed).RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.All(night.Run.Feeds, feed => Assert.Equal(ReceiptState.Sent, feed.State));
        Assert.Empty(FormRules.Broken(receiver.Files["oneroster.zip"]));
        Assert.Equal(2, receiver.Calls.Count);
        var files = container.GetBlobs().ToDictionary(file => file.Name[6..], file => container.GetBlobClient(file.Name).DownloadContent().Value.Content.ToArray());
        Assert.Equal(7, files.Count);
        Assert.StartsWith("sourcedId,username", Encoding.UTF8.GetString(files["users.csv"]));
        Assert.DoesNotContain("sig=", string.Join('\n', night.LogLines));
        Assert.DoesNotContain(PutReceiver.Token, string.Join('\n', night.LogLines));
        Assert.DoesNotContain("sig=", Encoding.UTF8.GetString(await night.StoredAsync(Pipeline.Storage.Containers.Feeds)));
    }

    private Night Night(params JsonObject[] feeds) => azurite.Night(_town).With("feeds", new JsonArray([.. feeds.Select(feed => feed.DeepClone())]));

    private void Protect(string label) =>
        _town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label))["securityMarking"] = "Sekretessmarkering";

    private static JsonObject Sftp(string type, JsonObject? settings = null, string? name = null)
    {
        var feed = TenantJson.FeedOf(type, settings ?? []);
        feed["name"] = name ?? feed["name"]!.DeepClone();
        feed["delivery"]!["directory"] = TenantJson.FolderOf((string)feed["name"]!);
        return feed;
    }

    private static JsonObject Feed(string type, JsonObject settings, JsonObject delivery)
    {
        var feed = TenantJson.FeedOf(type, settings);
        feed["delivery"] = delivery;
        return feed;
    }

    private static Dictionary<string, byte[]> Zips(NightResult night) => night.Received.ToDictionary(file => Path.GetFileName(file.Path), file => File.ReadAllBytes(file.LocalFile));

    private static string Text(byte[] zip) => string.Join('\n', FormRules.Files(zip).Select(file => string.Join('\n', file.Value.Select(row => string.Join('|', row)))));
}
