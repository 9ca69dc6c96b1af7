using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Any value of any page, made into anything else: nobody leaves who was not said to leave, nothing falls over, and no message holds a value.</summary>
[Collection(SourceTests.Name)]
public sealed class MisreadFuzzTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    /// <summary>How many; <c>EDUFUNCTIONS_FUZZ</c> asks for more, <c>EDUFUNCTIONS_FUZZ_SEED</c> for certain ones.</summary>
    internal static int Count { get; } = Number("EDUFUNCTIONS_FUZZ", 300);

    internal static int Seed { get; } = Number("EDUFUNCTIONS_FUZZ_SEED", Random.Shared.Next(1_000_000_000));

    [Fact]
    public async Task No_single_value_makes_anybody_leave()
    {
        var pages = PagesOf(Town());
        var before = await RosterAsync(pages);
        var (everything, held) = (NightInMemory.Everything(before), 0);
        output.WriteLine($"seed {Seed}, {Count} mutations, {everything.Count} facts");

        for (var number = 0; number < Count; number++)
        {
            var random = new Random(Seed + number);
            var collection = pages.Keys.ElementAt(random.Next(pages.Count));
            var mutation = JsonMutation.Of(pages[collection], random);
            var mutated = new Dictionary<string, byte[]>(pages) { [collection] = mutation.Body };
            if (await TryAsync(mutated, collection, $"seed {Seed + number}: {mutation.What} of {collection}") is not { } now)
            {
                held++;
            }
            else if (!mutation.IsSaying)
            {
                var left = everything.Except(NightInMemory.Everything(NightInMemory.After(before, now))).ToList();
                Assert.True(left.Count == 0, $"seed {Seed + number}: {mutation.What} of {collection}: {string.Join(", ", left.Take(5))} left");
            }
        }

        output.WriteLine($"{held} held");
    }

    [Fact]
    public async Task Nor_does_it_at_a_target()
    {
        await using var nights = await TwoNights.BeginAsync(azurite, Town());
        for (var number = 0; number < Math.Min(12, Count); number++)
        {
            var random = new Random(Seed - 1 - number);
            var collection = Collections.All[random.Next(Collections.All.Count)];
            var what = "";

            var night = await nights.NextAsync(
                habits => habits.Rewrite = (request, body) =>
                {
                    if (request.Collection != collection || request is not { Page: 0 })
                    {
                        return body;
                    }

                    var mutation = Enumerable.Range(0, 100).Select(at => JsonMutation.Of(body, new Random(random.Next() + at))).First(mutation => !mutation.IsSaying);
                    what = $"seed {Seed}, {number}: {mutation.What} of {collection}";
                    return mutation.Body;
                },
                Town());

            Assert.True(night.Run.State is RunState.Delivered or RunState.Held, $"{what}: {night.Run.State}, {night.Run.StateReason}");
            Assert.DoesNotContain("Provhed", night.Run.StateReason ?? "");
            nights.AssertNobodyLeft();
        }
    }

    private static async Task<Roster?> TryAsync(Dictionary<string, byte[]> pages, string collection, string what)
    {
        try
        {
            var page = PageBody.Parse(pages[collection], new CollectionIds());
            return page is { Error: null, Next: null, IsBare: false } ? await RosterAsync(await WithLostAsync(pages)) : null;
        }
        catch (Exception e) when (e is PageFailedException or RunHeldException)
        {
            Assert.False(new[] { "Provhed", "Elev", "example", "Provgatan" }.Any(e.Message.Contains), $"{what}: {e.Message}");
            return null;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException(what, e);
        }
    }

    private static Task<Roster> RosterAsync(IReadOnlyDictionary<string, byte[]> pages) =>
        NightInMemory.RosterAsync(pages, "json.gz", Ss12000Rules.Book, Ss12000Reader.ReadAsync);

    /// <summary>The pages with what a pull notes beside them.</summary>
    private static async Task<Dictionary<string, byte[]>> WithLostAsync(Dictionary<string, byte[]> pages)
    {
        var (ids, earlier) = (IdsOf(pages), PagesOf(Town()));
        var lost = await LostAsync(pages, ids, earlier);
        var marked = await LostAsync(pages, ids, new(earlier) { [SnapshotManifest.Marks] = PullMarks.Page(IdsOf(earlier), Collections.All)! });
        Assert.Equal(lost.Select(part => part.ToString()).Order(), marked.Select(part => part.ToString()).Order());
        return new(pages) { [SnapshotManifest.LostReferences] = LostParts.Page(lost) };
    }

    private static async Task<IReadOnlyList<LostPart>> LostAsync(Dictionary<string, byte[]> pages, PullIds ids, Dictionary<string, byte[]> earlier)
    {
        var (now, before) = (NightInMemory.SnapshotOf(pages, "json.gz"), NightInMemory.SnapshotOf(earlier, "json.gz"));
        return await new EarlierRows(now, before, ids, Collections.All, gone: null, Ss12000Reader.Over(now.Manifest.Started, 14)).FindAsync(CancellationToken.None);
    }

    private static PullIds IdsOf(Dictionary<string, byte[]> pages)
    {
        var ids = new PullIds();
        foreach (var (collection, body) in pages)
        {
            PageBody.Parse(body, ids[collection]);
        }

        return ids;
    }

    private static SchoolBuilder Town()
    {
        var town = TwoNights.Town();
        foreach (var enrolment in town.Data["persons"].SelectMany(person => person["enrolments"]?.AsArray() ?? []))
        {
            enrolment!["cancelled"] = false;
            enrolment["endDate"] = town.Day(200);
        }

        return town;
    }

    private static Dictionary<string, byte[]> PagesOf(SchoolBuilder town) => Collections.All.ToDictionary(
        collection => collection,
        collection => Encoding.UTF8.GetBytes(new JsonObject
        {
            ["data"] = new JsonArray([.. town.Data[collection].Select(row => row.DeepClone())]),
            ["pageToken"] = null,
        }.ToJsonString()));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
