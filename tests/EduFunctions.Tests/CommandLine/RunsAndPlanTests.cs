using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>What an operator sees of the nights, and how a plan is let through by as much of its hash as a table shows.</summary>
[Collection(CommandTests.Name)]
public sealed class RunsAndPlanTests(AzuriteFixture azurite)
{
    private static readonly string Yesterday = Night.Today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_held_plan_is_seen_and_released_by_the_beginning_of_its_hash()
    {
        var world = new EditedSchoolData(new SchoolWorld(new WorldOptions { Today = Night.Today, Seed = 5, Persons = 300 }));
        await using var town = await Town.StartAsync(azurite, world);
        // On one page: whoever stands on two keeps others from being removed.
        town.File["source"]!["pageSize"] = 2000;
        town.File["eligibility"] = new JsonObject { ["dateMarginDays"] = 0 };
        await town.PassAsync();
        var before = (string)town.Run["run"]!;
        var pupils = 0;
        world.Edit("persons", person => person["enrolments"] is JsonArray { Count: > 0 } && ++pupils % 2 == 0, person =>
        {
            foreach (var enrolment in person["enrolments"]!.AsArray())
            {
                enrolment!["endDate"] = Yesterday;
            }
        });
        await town.PassAsync();
        var (run, hash) = ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);
        // Runs of one second have names that begin alike.
        var beginning = run[..(run.Zip(before).TakeWhile(pair => pair.First == pair.Second).Count() + 1)];

        var runs = await town.CommandAsync("runs", "--tenant", town.Id);
        var plan = await town.CommandAsync("plan", "--tenant", town.Id);
        var asJson = JsonNode.Parse((await town.CommandAsync("plan", "--tenant", town.Id, "--json")).Output)!;
        var runsAsJson = JsonNode.Parse((await town.CommandAsync("runs", "--tenant", town.Id, "--last", "1", "--json")).Output)!;
        var tooShort = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", hash[..4]);
        var released = await town.CommandAsync("approve", "--tenant", town.Id, "--run", beginning, "--plan", hash[..12].ToUpperInvariant());

        Assert.True(Regex.IsMatch(runs.Output, $"{run} +commandLine +held +0:0[0-9]:[0-9]+ +apple "), runs.Output);
        Assert.Contains("Held: ", plan.Output);
        Assert.Contains($"approve --tenant {town.Id} --run {run} --plan {hash[..12]}", plan.Output);
        Assert.Equal(hash, (string?)asJson[0]!["hash"]);
        Assert.Equal(run, (string?)Assert.Single(runsAsJson.AsArray())!["run"]);
        Assert.Equal(2, tooShort.ExitCode);
        Assert.True(released.ExitCode == 0, released.Errors);
    }

    /// <summary>In a shell that lacks a secret: who tried is on record, nothing of what waits is lost, and nobody is sent to a plan that is not there.</summary>
    [Fact]
    public async Task A_sync_that_cannot_begin_leaves_what_waits_to_be_answered()
    {
        var world = new EditedSchoolData(GuardTown.Of(("berget", 40)));
        await using var town = await Town.StartAsync(azurite, world);
        await town.PassAsync();
        world.Losing("berget", 20, 40);
        await town.PassAsync();
        var (run, hash) = ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);
        town.Environment.Remove("Secrets__educloud", out var secret);
        var refused = await town.SyncAsync("--as", "ines");
        var resent = await town.CommandAsync("resend", "--tenant", town.Id, "--run", run, "--as", "olle");
        town.Environment["Secrets__educloud"] = secret!;

        var (held, acts, plan) = (await town.CommandAsync("held"), await town.CommandAsync("acts", "--tenant", town.Id), await town.CommandAsync("plan", "--tenant", town.Id));
        var released = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", hash[..8]);
        var runs = await town.CommandAsync("runs", "--tenant", town.Id);

        Assert.Equal((2, 2, 0), (refused.ExitCode, resent.ExitCode, released.ExitCode));
        Assert.Contains($"{town.Id} {run} {hash} # apple", held.Output);
        Assert.Matches(@"ines sync [0-9]{8}T.* \(not done: .*Secrets__educloud", acts.Output);
        Assert.Matches($@"olle resend .*{run}.* \(not done: ", acts.Output);
        Assert.Contains($"To let it through: approve --tenant {town.Id} --run {run}", plan.Output);
        Assert.Contains($"{run} apple: approved", released.Output);
        Assert.DoesNotContain("can no longer be answered", runs.Output);
    }

    [Fact]
    public async Task Ids_that_have_changed_are_listed_for_whoever_renames_by_hand()
    {
        var world = new EditedSchoolData(GuardTown.Of(("berget", 8)));
        await using var town = await Town.StartAsync(azurite, world);
        await town.PassAsync();
        foreach (var number in Enumerable.Range(0, 8))
        {
            var (before, now) = (Ids.Of($"berget{number}"), Ids.Of($"new-berget{number}"));
            world.Edit("persons", person => (string?)person["id"] == before, person => person["id"] = now);
            world.Edit(Collections.Groups, Ids.Of("berget-class"), group => group["groupMemberships"]!.AsArray()
                .Where(row => (string?)row!["person"]!["id"] == before).ToList().ForEach(row => row!["person"]!["id"] = now));
        }

        await town.PassAsync();
        var plan = await town.CommandAsync("plan", "--tenant", town.Id, "--pairs");

        Assert.Equal(
            Enumerable.Range(0, 8).Select(number => $"apple,students,{Ids.Of($"berget{number}")},{Ids.Of($"new-berget{number}")}").Order().Prepend("feed,kind,before,now"),
            plan.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()).Skip(1).Order().Prepend("feed,kind,before,now"));
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_a_sentence()
    {
        await using var town = await Town.StartAsync(azurite);

        await town.Container("tenants").UploadBlobAsync($"{town.Id}.json", new BinaryData("{}"));

        var nobody = await town.CommandAsync("acts", "--tenant", "nobody-at-all");
        var mistyped = await town.CommandAsync("freeze", "--tenant", $"{town.Id}x", "--feed", "apple", "--until", "2027-01-01");
        var strange = await town.CommandAsync("verify", "--tenant", "../x");
        var runs = await town.CommandAsync("runs", "--tenant", town.Id);
        var plan = await town.CommandAsync("plan", "--tenant", town.Id);

        Assert.Equal([2, 2, 2, 2, 2], new[] { nobody, mistyped, strange, runs, plan }.Select(ended => ended.ExitCode));
        Assert.Contains("There is no tenant nobody-at-all in this storage: it has", nobody.Errors);
        Assert.Contains($"There is no tenant {town.Id}x in this storage. Did you mean {town.Id}?", mistyped.Errors);
        Assert.Contains("\"../x\" cannot be a tenant's id", strange.Errors);
        Assert.Contains($"There is no run of a tenant {town.Id}", runs.Errors);
        Assert.Contains($"Tenant {town.Id} has no run in this storage", plan.Errors);
    }
}
