using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>The export dies at every single write and is started again: no file is posted twice, nothing before what it needs, nothing forgotten.</summary>
[Collection(LearnTests.Name)]
public sealed class BlackboardKillTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string[]> Needs = new() { ["person"] = [], ["course"] = [], ["membership"] = ["person", "course"] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_step_it_posts_no_file_twice_and_the_next_night_sets_all_right(bool afterWriting)
    {
        var unknown = 0;
        var write = 1;
        while (await DiesAtAsync(write, afterWriting) is { } outcome)
        {
            unknown += outcome == ReceiptState.Unknown ? 1 : 0;
            write++;
        }

        // Six steps of record per file, and what comes before and after.
        Assert.InRange(write, 20, 100);

        // Only between a post and the record of its reference nobody can know: once per file; after writing also when the post was only meant.
        Assert.InRange(unknown, 3, 6);
    }

    /// <returns>What became of the feed; null when the export was over before that write.</returns>
    private async Task<ReceiptState?> DiesAtAsync(int write, bool afterWriting)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        var storage = new DyingStorage(azurite.ConnectionString, afterWriting);
        var died = false;
        var night = await nights.Next(School("alva", "bo"))
            .Registering(services => services.AddSingleton(storage.Blobs))
            .RunAsync(async (pipeline, started) => died = await storage.ExportAsync(pipeline, started, write));

        AssertInOrder(learn);
        if (!died)
        {
            return null;
        }

        learn.WorkThrough();
        await nights.NextAsync(School("alva", "cleo"));
        nights.AssertHolds("person", "alva", "cleo");
        nights.AssertHolds("membership", "7a|alva", "7a|cleo");
        return night.Run.Feeds[0].State;
    }

    private static void AssertInOrder(LearnServer learn)
    {
        var events = learn.Events.ToList();
        Assert.Equal(learn.Posts.Count, learn.Posts.Select(post => post.Kind).Distinct().Count());
        foreach (var post in learn.Posts)
        {
            foreach (var needed in Needs[post.Kind])
            {
                Assert.InRange(events.IndexOf($"done {needed}/store"), 0, events.IndexOf($"post {post}"));
            }
        }
    }

    private static SchoolBuilder School(params string[] pupils)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var pupil in pupils)
        {
            school.Student(pupil, "north");
        }

        school.Group("7a", "north", "Klass", pupils);
        return school;
    }
}
