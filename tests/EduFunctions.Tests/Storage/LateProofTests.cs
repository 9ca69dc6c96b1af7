using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>A host that stands still in the midst of asking whether it may goes by no answer that may be over.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LateProofTests
{
    private const string Turn = "nordhamn/feeds/apple.turn";
    private const string Active = "nordhamn/active.json";

    private static readonly TimeSpan LongerThanLease = Lease.Length + TimeSpan.FromSeconds(5);

    private static readonly RunRecord Run = new()
    {
        Tenant = "nordhamn",
        Run = "20260901T180000Z-0000",
        Number = 1,
        Trigger = RunTrigger.OnDemand,
        Date = Night.Today,
        State = RunState.Exporting,
        Started = DateTimeOffset.UnixEpoch,
        Configuration = "",
        Feeds = [],
    };

    private readonly StillTime _time = new();
    private readonly InMemoryAccount _account;
    private readonly List<string> _asked = [];

    public LateProofTests() => _account = new InMemoryAccount(_time);

    [Fact]
    public async Task What_another_host_has_done_meanwhile_ends_the_work()
    {
        var fence = await FenceAsync(async _ =>
        {
            _time.Now += LongerThanLease;
            await (await TakeAsync(Blobs())).DisposeAsync();
        });

        await Assert.ThrowsAsync<FencedOffException>(() => fence.ProveAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Where_nobody_came_the_question_is_asked_once_more()
    {
        var fence = await FenceAsync(time =>
        {
            _time.Now += time == 1 ? LongerThanLease : TimeSpan.Zero;
            return Task.CompletedTask;
        });

        await fence.ProveAsync(CancellationToken.None);

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_storage_that_never_answers_in_time_is_left_for_later()
    {
        var fence = await FenceAsync(_ =>
        {
            _time.Now += LongerThanLease;
            return Task.CompletedTask;
        });

        var late = await Assert.ThrowsAsync<RefusedBlobException>(() => fence.ProveAsync(CancellationToken.None));

        Assert.False(late.IsLasting);
        Assert.Contains($"state/{Turn}", late.Message, StringComparison.Ordinal);
    }

    /// <param name="meanwhile">What happens while the host asks which run is the latest, for the first time and further times.</param>
    private async Task<RunFence> FenceAsync(Func<int, Task> meanwhile)
    {
        var active = Encoding.UTF8.GetBytes($$"""{"run":"{{Run.Run}}","number":{{Run.Number}}}""");
        _account.TryWrite($"{Containers.State}/{Active}", active, new Dictionary<string, string>(), null, ifNone: false);
        var blobs = Blobs(async (key, carryOut) =>
        {
            if (key.StartsWith($"GET {Containers.State}/{Active}", StringComparison.Ordinal))
            {
                _asked.Add(key);
                await meanwhile(_asked.Count);
            }

            return carryOut();
        });
        return new RunFence(new RunStore(blobs, new Discretion(), _time), Run, await TakeAsync(Blobs()));
    }

    private async Task<Lease> TakeAsync(BlobStorage blobs) => (await Lease.TakeAsync(blobs, Turn, TimeSpan.Zero, _time, CancellationToken.None))!;

    private BlobStorage Blobs(Func<string, Func<HttpResponseMessage>, Task<HttpResponseMessage>>? carrying = null) =>
        new(new InMemoryStorage(_account, carrying: carrying is null ? null : (key, carryOut, _) => carrying(key, carryOut)).Open());
}
