using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Acts;

/// <summary>Whatever somebody does by a command stands with name and reason in the sealed record, and is shown where runs and incidents are.</summary>
[Collection(CommandTests.Name)]
public sealed class WhoDidWhatTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_act_is_on_record_with_who_and_why_and_verify_is_good_afterwards()
    {
        await using var town = await HeldAsync();
        var (run, plan) = ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);
        var approved = await CommandAsync(town, "approve", "--run", run, "--plan", plan, "--as", "olle", "--reason", "the school\nis smaller now");
        var again = await CommandAsync(town, "approve", "--run", run, "--plan", plan, "--as", "olle", "--reason", "once more");
        await CommandAsync(town, "explain", "--person", Ids.Of("berget1"), "--as", "vera", "--reason", "a parent has called");
        await CommandAsync(town, "explain", "--person", "no id", "--as", "vera");
        await CommandAsync(town, "resend", "--run", run, "--force", "--dry-run", "--as", "olle");
        await CommandAsync(town, "rebaseline", "--feed", "apple", "--as", "olle", "--reason", "the state was lost");
        await CommandAsync(town, "purge", "--person", Ids.Of("berget39"), "--as", "dora", "--reason", "asked for by the person");
        await CommandAsync(town, "replay", "--run", run, "--out", "replayed", "--as", "dora");
        town.File["name"] = "Provstad kommun";
        await town.SyncAsync("--dry-run", "--as", "ines", "--reason", "a new name");
        var incident = await CommandAsync(town, "incident", "--person", Ids.Of("berget1"), "--out", "incident", "--as", "dora", "--reason", "asked for by the authority");

        var acts = JsonNode.Parse((await CommandAsync(town, "acts", "--questions", "--json")).Output)!.AsArray();
        var plain = await CommandAsync(town, "acts");
        var shown = await CommandAsync(town, "runs");
        var verified = await CommandAsync(town, "verify");

        Assert.Equal((0, 0, 0), (approved.ExitCode, again.ExitCode, incident.ExitCode));
        Assert.Equal(
            [
                "incident dora asked for by the authority", "sync ines a new name", "tenantFile ines a new name", "download dora ", "purge dora asked for by the person",
                "resend olle ", "lookUp vera a parent has called", "approve olle the school is smaller now",
            ],
            acts.Select(act => $"{act!["kind"]} {act["by"]} {act["reason"]}"));
        Assert.Equal([plan], acts[^1]!["what"]!.AsArray().Select(hash => (string)hash!));
        Assert.Equal([Ids.Of("berget1")], acts[^2]!["people"]!.AsArray().Select(id => (string)id!));
        Assert.Contains("dora incident: asked for by the authority", plain.Output);
        Assert.DoesNotContain(Ids.Of("berget1"), plain.Output);
        Assert.Contains("olle approve", shown.Output);
        Assert.DoesNotContain("lookUp", shown.Output);
        Assert.Equal((0, ""), (verified.ExitCode, verified.ExitCode == 0 ? "" : verified.Output));
        AssertTold(town, plan);
    }

    [Fact]
    public async Task An_act_that_is_changed_or_taken_away_is_noticed()
    {
        await using var town = await HeldAsync();
        await CommandAsync(town, "explain", "--person", Ids.Of("berget1"), "--as", "vera");
        await CommandAsync(town, "explain", "--person", Ids.Of("berget2"), "--as", "vera");
        var acts = await town.BlobsAsync("state", ".json") is var all ? all.Where(name => name.Contains("/acts/", StringComparison.Ordinal)).ToList() : [];
        var changed = town.Container("state").GetBlobClient(acts[0]);
        var text = (await changed.DownloadContentAsync()).Value.Content.ToString();
        await changed.UploadAsync(BinaryData.FromString(text.Replace("vera", "nils", StringComparison.Ordinal)), overwrite: true);
        await town.Container("state").DeleteBlobAsync(acts[1]);

        var verified = await CommandAsync(town, "verify");

        Assert.Equal(1, verified.ExitCode);
        Assert.Contains($"state/{acts[0]} was changed", verified.Output);
        Assert.Contains($"state/{acts[1]} is gone", verified.Output);
    }

    [Fact]
    public async Task A_tenant_that_wants_reasons_gets_them()
    {
        await using var town = await HeldAsync("required");
        var (run, plan) = ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);

        var refused = new[]
        {
            await CommandAsync(town, "approve", "--run", run, "--plan", plan, "--reason", "  "),
            await CommandAsync(town, "refuse", "--run", run, "--plan", plan),
            await CommandAsync(town, "rebaseline", "--feed", "apple"),
            await CommandAsync(town, "purge", "--person", Ids.Of("berget1")),
            await town.SyncAsync("--accept-shrink"),
        };
        var asked = await CommandAsync(town, "explain", "--person", Ids.Of("berget1"));
        var approved = await CommandAsync(town, "approve", "--run", run, "--plan", plan, "--reason", "a school was closed");

        Assert.All(refused, ended => Assert.Contains("a reason has to be given", ended.Errors));
        Assert.Equal([3, 3, 3, 2, 2], refused.Select(ended => ended.ExitCode));
        Assert.Equal((0, 0), (asked.ExitCode, approved.ExitCode));
    }

    private static void AssertTold(Town town, string plan)
    {
        var folder = Path.Combine(town.Folder, "incident");
        var told = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.Contains("LookUp | vera | a parent has called", told);
        Assert.Contains($"Approve | olle | the school is smaller now", told);
        Assert.Contains("| olle, who approved it at ", told);
        Assert.Contains(plan, told);
        Assert.DoesNotContain("dora | asked for by the person", told);
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(folder, "proofs", "state", town.Id, "acts")), file => file.Contains("_LookUp_", StringComparison.Ordinal));
    }

    private static Task<Ended> CommandAsync(Town town, string command, params IEnumerable<string> options) => town.CommandAsync([command, "--tenant", town.Id, .. options]);

    private async Task<Town> HeldAsync(string reasons = "asked")
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        var town = await Town.StartAsync(azurite, school);
        town.File["reasons"] = reasons;
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40);
        Assert.Equal(3, await town.PassAsync());
        return town;
    }
}
