using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Whatever happens to the pages of a world on their way, the bytes of the feed stay the same.</summary>
[Collection(SourceTests.Name)]
public sealed class PullPropertyTests(AzuriteFixture azurite)
{
    private static readonly Fault[] Faults =
    [
        new Fault.CutMidBody(), new Fault.TruncatedJson(), new Fault.Garbage(), new Fault.Gone(), new Fault.Unauthorized(),
        new Fault.Status(503), new Fault.Status(429), new Fault.SourceUnavailable(200),
    ];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task Cut_repeated_reordered_and_stopped_at_any_page_the_feed_is_the_same(int seed)
    {
        var random = new Random(seed);
        var world = WithoutRepetitions(new SchoolWorld(new WorldOptions { Today = Night.Today, Seed = seed, Persons = 400 }));
        var undisturbed = await azurite.Night(world).Dry().RunAsync();

        var disturbed = await azurite.Night(new ShuffledSchoolData(world, seed))
            .With("source.pageSize", random.Next(20, 150))
            .Setting("Pipeline:SliceLength", "00:00:00.001")
            .Behaving(habits => habits.Fault = page => page.Attempt == 1 && Draw(seed, page) is < 0.3 and var drawn ? Pick(drawn) : null)
            .Dry().RunAsync();

        Assert.True(disturbed.Run.State == RunState.DryRun, disturbed.Run.StateReason);
        Assert.Equal(undisturbed.Run.Feeds[0].Files, disturbed.Run.Feeds[0].Files);
        Assert.Equal(undisturbed.Run.Counts, disturbed.Run.Counts);
        Assert.Equal(undisturbed.Run.Exclusions, disturbed.Run.Exclusions);
    }

    private static Fault Pick(double drawn) => Faults[(int)(drawn / 0.3 * Faults.Length)];

    /// <summary>A number from 0 to 1 that depends on nothing but the seed and the page.</summary>
    private static double Draw(int seed, PageRequest page)
    {
        var draw = new Random(seed + (31 * page.Page) + page.Collection.Sum(letter => letter));
        return draw.NextDouble();
    }

    /// <summary>Of two rows with one id the later counts, so their order is no accident; these worlds have none.</summary>
    private static EditedSchoolData WithoutRepetitions(SchoolWorld world)
    {
        var edited = new EditedSchoolData(world);
        foreach (var collection in Collections.All)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            edited.Remove(collection, row => !seen.Add((string)row["id"]!));
        }

        return edited;
    }
}
