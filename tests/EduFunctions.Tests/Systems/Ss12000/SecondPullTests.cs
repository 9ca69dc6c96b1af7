using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A pull is compared with the one before by what that one has kept for it; where that is not to be had, by all its pages.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SecondPullTests : IDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly InMemoryGround _ground;
    private string _first = "";

    public SecondPullTests() => _ground = new InMemoryGround((key, carryOut, _) =>
    {
        _asked.Enqueue(key);
        return Task.FromResult(carryOut());
    });

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Where_nothing_is_lost_no_page_of_the_pull_before_is_read()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        Assert.Equal(RunState.Delivered, (await NextAsync(nights, _ => { })).Run.State);

        Assert.NotEmpty(Read("marks"));
        Assert.Empty(Read(Collections.All));
    }

    [Fact]
    public async Task Where_a_row_may_have_lost_something_the_page_is_read_on_which_it_stood()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await NextAsync(nights, group => group["groupMemberships"] = null);

        Assert.Contains(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Equal([0], Read("groups"));
        Assert.Empty(Read([.. Collections.All.Except(["groups"])]));
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"version\":2,\"data\":[],\"rows\":{},\"missing\":{}}")]
    public async Task Where_what_was_kept_is_lost_damaged_or_of_a_later_release_all_pages_are_read(string? marks)
    {
        await using var nights = await TwoNights.BeginAsync(_ground);
        var name = Assert.Single(await StoredAsync(), name => name.Contains("/marks/", StringComparison.Ordinal));
        await _ground.Blobs.DeleteAsync(Containers.Snapshots, name, CancellationToken.None);
        if (marks is not null)
        {
            await _ground.Blobs.WriteAsync(Containers.Snapshots, name, Encoding.UTF8.GetBytes(marks), CancellationToken.None);
        }

        var night = await NextAsync(nights, group => group["groupMemberships"] = null);

        Assert.Contains(night.Run.Findings, finding => finding.Code == "value.notUnderstood");
        Assert.Contains(2, Read("persons"));
        nights.AssertNobodyLeft();
    }

    private async Task<NightResult> NextAsync(TwoNights nights, Action<JsonObject> change)
    {
        _first = (await StoredAsync())[0].Split('/')[1];
        _asked.Clear();
        var town = TwoNights.Town();
        change(town.Data["groups"][0]);
        return await nights.NextAsync(_ => { }, town);
    }

    private async Task<List<string>> StoredAsync() =>
        await _ground.Blobs.ListAsync(Containers.Snapshots, "", CancellationToken.None).Select(blob => blob.Name).ToListAsync();

    /// <summary>The numbers of the first night's pages that were read in the second, in order.</summary>
    private List<int> Read(params IReadOnlyList<string> collections) =>
    [
        .. _asked.Select(key => key.Split(' ', '/')).Where(key => key is ["GET", "snapshots", _, var run, var collection, ..] && run == _first && collections.Contains(collection))
            .Select(key => int.Parse(key[5][..6], CultureInfo.InvariantCulture)).Distinct().Order(),
    ];
}
