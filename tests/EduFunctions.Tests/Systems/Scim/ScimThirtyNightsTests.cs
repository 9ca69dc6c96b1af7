using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>
/// Thirty nights into a server that knows nothing of us, over a road on which one call in seven gets lost in one way or another.
/// More seeds: <c>EDUFUNCTIONS_SCIM_SEEDS=first-last</c>.
/// </summary>
[Collection(TargetTests.Name)]
public sealed class ScimThirtyNightsTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int MassNight = 17;

    private static readonly ScimFault[] Faults =
        [ScimFault.Reset, ScimFault.LostAnswer, ScimFault.TooMany, ScimFault.Busy, ScimFault.Changed, ScimFault.Page, ScimFault.Slow];

    public static TheoryData<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable("EDUFUNCTIONS_SCIM_SEEDS") ?? "1-1").Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return [.. Enumerable.Range(range[0], range[1] - range[0] + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_server_has_what_the_register_says_nobody_is_lost_and_nobody_protected_shows(int seed)
    {
        var (random, exact) = (new Random(seed), 0);
        await using var server = await ScimReceiver.StartAsync();
        server.Fault = _ => random.Next(7) == 0 ? Faults[random.Next(Faults.Length)] : ScimFault.None;
        var nights = new ScimNights(azurite, server);
        nights.Overrides["guard"] = JsonNode.Parse("""{"maxRemovedPercent": 40, "minRemoved": 5, "windowDays": 0}""");
        (nights.Settings["deleteAfterDays"], nights.Delivery["pageSize"]) = (4, 7);
        var town = new RestlessTown(random);
        for (var number = 1; number <= 30; number++)
        {
            var before = (await server.StateAsync()).Journal.Count;
            var night = await nights.NextAsync(town.Write(number == MassNight ? "south" : null));
            var state = await server.StateAsync();
            output.WriteLine($"night {number}: {night.Run.State} {night.Run.StateReason} {night.Run.Feeds[0].Reason}; {state.Journal.Count - before} changes, {state.Users.Count} users");
            if (number == MassNight)
            {
                AssertHeld(night, town, state, state.Journal.Skip(before));
            }
            else if (night.Run.State == RunState.Delivered)
            {
                exact++;
                Assert.Empty(town.Differences(state));
            }

            await AssertUnseenAsync(new SentNight(night, new Dictionary<string, byte[]>(), [], azurite), town, state);
            Assert.Empty(Doubles(state));
            town.Change();
            if (number % 6 == 0)
            {
                town.Hide();
            }
        }

        Assert.True(exact >= 15, $"{exact} nights were delivered whole");
        server.Fault = _ => ScimFault.None;
        Assert.Equal(RunState.Delivered, (await nights.NextAsync(town.Write())).Run.State);
        Assert.Empty(town.Differences(await server.StateAsync()));
    }

    /// <summary>What the guard holds stays as it is: nobody of the school is deleted or inactive.</summary>
    private static void AssertHeld(NightResult night, RestlessTown town, ScimState state, IEnumerable<string> journal)
    {
        Assert.NotEmpty(night.Run.Feeds[0].Holds);
        Assert.Subset(state.Active.ToHashSet(), town.Visible("south").Select(Ids.Of).Where(id => state.Users.Any(user => (string?)user["externalId"] == id)).ToHashSet());
        Assert.All(journal, change => Assert.DoesNotContain(town.Visible("south").Select(Ids.Of), id => change.StartsWith($"deleted Users {id}", StringComparison.Ordinal)));
    }

    /// <summary>Nobody protected is at the server, and what was sent or kept names them by keys alone.</summary>
    private static async Task AssertUnseenAsync(SentNight sent, RestlessTown town, ScimState state)
    {
        foreach (var (where, text) in await sent.TextsAsync())
        {
            var told = where.EndsWith(ScimNights.File, StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Where(line => !IsOfKeys(line))) : text;
            foreach (var label in town.Hidden)
            {
                Assert.DoesNotContain(label, text, StringComparison.OrdinalIgnoreCase);
                Assert.True(where.Contains(".held.", StringComparison.Ordinal) || !told.Contains(Ids.Of(label), StringComparison.Ordinal), $"{where} holds {label}");
            }
        }

        foreach (var label in town.Hidden)
        {
            Assert.DoesNotContain(label, state.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Ids.Of(label), state.Text);
        }
    }

    private static bool IsOfKeys(string line) => line.StartsWith("{\"do\":\"delete\"", StringComparison.Ordinal) || line.StartsWith("{\"do\":\"remove\"", StringComparison.Ordinal);

    private static IEnumerable<string> Doubles(ScimState state) =>
        state.Users.Concat(state.Groups).GroupBy(resource => (string)resource["externalId"]!).Where(same => same.Count() > 1).Select(same => same.Key);
}
