using System.Globalization;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>
/// Random registers over six nights in which everything goes wrong that may. A naive oracle of its own knows who must not be seen; every byte that
/// leaves, or is kept for people to read, is searched for every value that person ever had. More seeds: <c>EDUFUNCTIONS_MEMORY_SEEDS=first-last</c>.
/// </summary>
[Collection(TargetTests.Name)]
public sealed class MemoryPropertyTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int NightsOfSeed = 6;

    // The second has a guardian at Learn under an id that no roster has any more; in the third Learn takes a person's deletion and not the memberships'.
    public static TheoryData<int> Seeds => [1, 2074, 2218, 3];

    public static TheoryData<int> SeedsInMemory
    {
        get
        {
            if (Environment.GetEnvironmentVariable("EDUFUNCTIONS_MEMORY_SEEDS") is not { } seeds)
            {
                return [4, 5, 6, 7];
            }

            var range = seeds.Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return [.. Enumerable.Range(range[0], range[1] - range[0] + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Nobody_who_is_protected_is_seen(int seed) => PlayAsync(azurite, seed);

    [Theory]
    [MemberData(nameof(SeedsInMemory))]
    public async Task Nobody_who_is_protected_is_seen_in_memory(int seed)
    {
        using var ground = new InMemoryGround();
        await PlayAsync(ground, seed);
    }

    private async Task PlayAsync(INightGround ground, int seed)
    {
        var random = new Random(seed);
        var register = new RandomRegister(random);
        var oracle = new MemoryOracle(register);
        await using var nights = await TargetNights.StartAsync(ground);
        nights.Overrides["guard"] = System.Text.Json.Nodes.JsonNode.Parse("""{"maxRemovedPercent":100,"maxChangedPercent":100,"maxRekeyedPercent":100,"maxUnprotected":100}""");
        var runs = new List<string>();
        for (var night = 0; night < NightsOfSeed; night++)
        {
            register.Change();
            var mishap = night == 0 ? "none" : Mishaps[random.Next(Mishaps.Length)];
            var sent = await NightAsync(ground, nights, register, mishap, runs);
            runs.Add(sent.Night.Run.Run);
            var isPulled = mishap != "resend" && sent.Night.Run.Counts is not null;
            oracle.See(isPulled, isKept: mishap != "dry", isBroken: mishap == "pull");
            Tell($"seed {seed} night {night}: {mishap}", sent, oracle);
            await AssertUnseenAsync(sent, oracle);
            if (mishap == "targets")
            {
                nights.Learn.Habits.Fault = (_, _) => null;
                await AssertUnseenAsync(await nights.RunAsync(nights.Next(register.Write()).RequeueAsync(sent.Night.Run.Run)), oracle);
            }
        }

        nights.Learn.Habits.Fault = (_, _) => null;
        await nights.NextAsync(register.Write());
        oracle.See(isPulled: true, isKept: true);
        var last = await nights.NextAsync(register.Write());
        oracle.See(isPulled: true, isKept: true);
        Tell($"seed {seed} at last", last, oracle);
        await AssertUnseenAsync(last, oracle);
        var replayed = string.Concat((await nights.Next(register.Write()).ReplayAsync(runs[0])).Values);
        Assert.All(oracle.Protected().SelectMany(human => human.Values), value => Assert.DoesNotContain(value, replayed, StringComparison.OrdinalIgnoreCase));
        nights.AssertGone([.. oracle.Hidden().SelectMany(human => human.Labels)]);
        if (last.Night.Run.State == RunState.Delivered)
        {
            Assert.All(oracle.Seen(), human => Assert.Contains(Ids.Of(human.Records[0]), nights.Learn.State.Enabled("person")));
        }
    }

    private static readonly string[] Mishaps = ["none", "none", "targets", "pull", "baseline", "dry", "resend", "memory"];

    private async Task<SentNight> NightAsync(INightGround ground, TargetNights nights, RandomRegister register, string mishap, List<string> runs)
    {
        var next = nights.Next(register.Write());
        nights.Learn.Habits.Fault = (_, _) => mishap == "targets" ? LearnFault.ServerError : null;
        switch (mishap)
        {
            case "targets":
                next.Setting($"Secrets:{TenantJson.DropBoxSecret}", "changed");
                break;
            case "pull":
                // Not before whoever is marked tonight has been handed out.
                var pulled = await nights.CountStoredAsync("groups") + 1;
                next.Behaving(habits => habits.Fault = page => page.Collection == "duties"
                    && Waiting.For(async () => await nights.HasStoredAsync("persons", pulled) && await nights.HasStoredAsync("groups", pulled))
                        ? new Fault.Status(403)
                        : null);
                break;
            case "baseline":
                await ground.Blobs.DeleteAsync("state", $"{nights.Tenant}/feeds/apple/delivered.json", CancellationToken.None);
                await ground.Blobs.DeleteAsync("rosters", $"{nights.Tenant}/{runs[^1]}/roster.bin", CancellationToken.None);
                break;
            case "memory":
                await ground.Blobs.WriteAsync("state", $"{nights.Tenant}/memory.bin", "damaged"u8.ToArray(), CancellationToken.None);
                break;
            case "dry":
                next.Dry();
                break;
            case "resend":
                return await nights.RunAsync(next.ResendAsync(runs[0]));
        }

        return await nights.RunAsync(next);
    }

    private void Tell(string when, SentNight sent, MemoryOracle oracle) => output.WriteLine(
        $"{when}, {sent.Night.Run.State} {sent.Night.Run.StateReason}, {string.Join(", ", sent.Night.Run.Feeds.Select(feed => $"{feed.Name} {feed.State} {feed.Reason}"))}; "
        + $"hidden {string.Join(' ', oracle.Hidden().Select(human => human.Number))}");

    private static async Task AssertUnseenAsync(SentNight sent, MemoryOracle oracle)
    {
        foreach (var human in oracle.Hidden())
        {
            foreach (var label in human.Labels)
            {
                await sent.AssertUntoldAsync(label, [.. human.Values]);
            }
        }
    }
}
