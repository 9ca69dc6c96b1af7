using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Blobs and files of one tenant that are cut, or in another encoding: it alone has the trouble, which is named with what to do.</summary>
public sealed class TenantTroubleTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>
{
    [Theory]
    [InlineData("runs", "{0}/{1}.json", 0)]
    [InlineData("state", "{0}/active.json", 1)]
    [InlineData("state", "{0}/pull.json", 3)]
    [InlineData("state", "{0}/watch.json", 0)]
    [InlineData("state", "{0}/alarms.json", 0)]
    public async Task A_blob_that_is_cut_in_half_fails_its_tenant_alone(string container, string name, int exitCode)
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var blob = string.Format(null, name, sick, await NewestAsync(town, sick));
        await CutAsync(town.Container(container).GetBlobClient(blob));

        var ended = await town.SyncAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Errors);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        if (exitCode != 0)
        {
            Assert.Contains($"The blob {container}/{blob} cannot be read: it is cut or damaged.", ended.Output);
        }
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_stands_in_red_in_lists_and_on_pages_of_which_the_others_are_as_ever()
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var run = await NewestAsync(town, sick);
        await CutAsync(town.Container("runs").GetBlobClient($"{sick}/{run}.json"));
        await town.Container("state").GetBlobClient($"{sick}/poison/{run}-export.json").UploadAsync(new BinaryData("{}"));
        await using var serving = await Serving.Serving.StartAsync(town);

        var held = await town.CommandAsync("held");
        Assert.Equal(1, held.ExitCode);
        Assert.Contains($"{sick}: The blob runs/{sick}/{run}.json cannot be read", held.Errors);
        Assert.DoesNotContain("   at ", held.Errors);

        var tenants = (await serving.Http.GetFromJsonAsync<JsonArray>("/api/tenants"))!;
        var page = await serving.Http.GetStringAsync("/");

        var broken = tenants.Single(tenant => (string?)tenant!["tenant"] == sick)!["latestRun"]!;
        Assert.Equal("failed", (string?)broken["state"]);
        Assert.Contains($"runs/{sick}/{run}.json cannot be read", (string?)broken["stateReason"]);
        Assert.Equal("delivered", (string?)tenants.Single(tenant => (string?)tenant!["tenant"] == town.Id)!["latestRun"]!["state"]);
        Assert.Contains($"runs/{sick}/{run}.json cannot be read", page);
        foreach (var path in new[] { $"/api/tenants/{sick}/runs", "/api/poison", $"/tenants/{sick}", $"/tenants/{sick}/runs/{run}" })
        {
            Assert.Contains("cannot be read", await serving.Http.GetStringAsync(path));
        }
    }

    [Fact]
    public async Task The_poison_of_a_run_that_cannot_be_read_is_kept_and_that_of_others_ends_their_runs()
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var run = await NewestAsync(town, sick);
        await CutAsync(town.Container("runs").GetBlobClient($"{sick}/{run}.json"));
        await using var serving = await Serving.Serving.StartAsync(town);
        var poison = EduFunctions.LocalHost.Serving.MessageQueues.Open(town.Storage).Poison("export");

        await poison.SendMessageAsync($$"""{"tenant":"{{sick}}","run":"{{run}}","feed":"apple"}""");
        await poison.SendMessageAsync($$"""{"tenant":"{{town.Id}}","run":"{{await NewestAsync(town, town.Id)}}","feed":"apple"}""");

        await Serving.Serving.UntilAsync(async () => (await town.BlobsAsync("state", "-export-apple.json")).Count == 1);
        Assert.True(await town.Container("state").GetBlobClient($"{sick}/poison/{run}-export-apple.json").ExistsAsync());
        await Serving.Serving.UntilAsync(async () => (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        Assert.Contains($"runs/{sick}/{run}.json cannot be read", serving.Errors);
    }

    [Theory]
    [InlineData("cut", "is no valid JSON")]
    [InlineData("windows-1252", "not UTF-8 but most likely Windows-1252")]
    [InlineData("utf-16", "is text in UTF-16")]
    [InlineData("empty", "$")]
    [InlineData("misspelt", "pageSise")]
    public async Task A_file_that_is_refused_does_not_take_the_place_of_the_last_good_one(string mishap, string fault)
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var path = Path.Combine(town.Folder, "tenants", $"{sick}.json");
        await File.WriteAllBytesAsync(path, Damaged(await File.ReadAllTextAsync(path), mishap));

        var ended = await town.SyncAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"{sick}.json:", ended.Errors);
        Assert.Contains(fault, ended.Errors);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        await using var serving = await Serving.Serving.StartAsync(town);
        var answer = await serving.Http.PostAsync($"/api/tenants/{sick}/sync", null);
        var run = await serving.EndedAsync(answer.Headers.Location!.OriginalString);
        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Contains(fault, (string?)run["tenantFileProblem"]);
        Assert.Contains("file refused", await serving.Http.GetStringAsync("/"));
    }

    /// <summary>What lies in the storage goes on.</summary>
    [Theory]
    [InlineData("dangling", "cannot be read")]
    [InlineData("twin", "Several files give the id")]
    public async Task A_file_that_cannot_be_used_at_all_is_its_tenants_trouble_alone(string mishap, string fault)
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var path = Path.Combine(town.Folder, "tenants", $"{sick}.json");
        if (mishap == "twin")
        {
            File.Copy(path, Path.Combine(town.Folder, "tenants", $"{sick} copy.json"));
        }
        else
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.Combine(town.Folder, "nowhere"));
        }

        var before = await NewestAsync(town, sick);
        var ended = await town.SyncAsync();
        await using var serving = await Serving.Serving.StartAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(fault, ended.Errors);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        Assert.NotEqual(before, await NewestAsync(town, sick));
        Assert.Contains(fault, serving.Errors);
    }

    /// <summary>It goes by what is wanted now or not at all: an earlier file may hand on more, and elsewhere.</summary>
    [Fact]
    public async Task A_file_whose_secret_this_host_lacks_is_not_replaced_by_an_earlier_one()
    {
        await using var town = await TownAsync();
        var sick = await SyncedNeighbourAsync(town);
        var path = Path.Combine(town.Folder, "tenants", $"{sick}.json");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        file["feeds"]![0]!["delivery"]!["directory"] = "dropbox/elsewhere";
        file["feeds"]![0]!["delivery"]!["password"] = new JsonObject { ["secret"] = "nobody-has-it" };
        await File.WriteAllTextAsync(path, file.ToJsonString());

        var ended = await town.SyncAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("nobody-has-it", ended.Errors);
        var record = await town.Container("runs").GetBlobClient($"{sick}/{await NewestAsync(town, sick)}.json").DownloadContentAsync();
        var run = JsonNode.Parse(record.Value.Content.ToString())!;
        Assert.Equal("failed", (string?)run["state"]);
        Assert.Contains("nobody-has-it", (string?)run["stateReason"]);
    }

    [Fact]
    public async Task A_file_with_a_byte_order_mark_is_as_good_as_one_without()
    {
        await using var town = await TownAsync();
        town.WriteFile();
        var path = Path.Combine(town.Folder, "tenants", $"{town.Id}.json");
        await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var ended = await town.CommandAsync("sync", "--tenants", "tenants", "--date", "2026-09-01", "--out", "out");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("delivered", (string?)town.Run["state"]);
    }

    private async Task<Town> TownAsync()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        return await Town.StartAsync(own, school.Data);
    }

    /// <summary>Another tenant of the same folder, which comes before the town's own in every list; both have had a night.</summary>
    private static async Task<string> SyncedNeighbourAsync(Town town)
    {
        var file = town.File.DeepClone();
        var sick = $"a-{town.Id}";
        file["id"] = sick;
        file["name"] = "Åmåla kommun";
        Directory.CreateDirectory(Path.Combine(town.Folder, "tenants"));
        await File.WriteAllTextAsync(
            Path.Combine(town.Folder, "tenants", $"{sick}.json"),
            file.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(0, await town.PassAsync());
        return sick;
    }

    private static byte[] Damaged(string text, string mishap) => mishap switch
    {
        "cut" => Encoding.UTF8.GetBytes(text[..(text.Length / 2)]),
        "windows-1252" => Encoding.Latin1.GetBytes(text),
        "empty" => [],
        "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        _ => Encoding.UTF8.GetBytes(text.Replace("pageSize", "pageSise", StringComparison.Ordinal)),
    };

    private static async Task CutAsync(BlobClient blob)
    {
        if (await blob.ExistsAsync())
        {
            var content = (await blob.DownloadContentAsync()).Value.Content.ToArray();
            await blob.UploadAsync(new BinaryData(content[..(content.Length / 2)]), overwrite: true);
            return;
        }

        // It comes with the first watch.
        await blob.UploadAsync(new BinaryData("{ \"fee"));
    }

    private static async Task<string> NewestAsync(Town town, string tenant)
    {
        var newest = "";
        await foreach (var blob in town.Container("runs").GetBlobsAsync(
            global::Azure.Storage.Blobs.Models.BlobTraits.None, global::Azure.Storage.Blobs.Models.BlobStates.None, $"{tenant}/", default))
        {
            newest = Path.GetFileNameWithoutExtension(blob.Name);
        }

        return newest;
    }
}
