using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Nights of a town in which somebody marks everybody in a way of its own; who is at Learn afterwards, and who is remembered.</summary>
internal sealed class CommonMarkingNights : IAsyncDisposable
{
    private readonly InMemoryGround _ground;
    private readonly HashSet<string> _before = [];

    private CommonMarkingNights(InMemoryGround ground, TargetNights targets) => (_ground, Targets) = (ground, targets);

    public TargetNights Targets { get; }

    private IEnumerable<string> Enabled => Targets.Learn.State.Enabled("person");

    /// <param name="first">The good night before.</param>
    public static async Task<CommonMarkingNights> BeginAsync(Func<TargetNights, Night> first)
    {
        var ground = new InMemoryGround();
        var nights = new CommonMarkingNights(ground, await TargetNights.StartAsync(ground));
        AssertDelivered(await nights.RunAsync(first));
        nights._before.UnionWith(nights.Enabled);
        Assert.True(nights._before.Count > 5);
        return nights;
    }

    public static Task<CommonMarkingNights> BeginAsync(SchoolBuilder town) => BeginAsync(targets => targets.Next(town.Data, acceptsShrink: false));

    public Task<RunRecord> NextAsync(SchoolBuilder town) => RunAsync(targets => targets.Next(town.Data, acceptsShrink: false));

    public async Task<RunRecord> RunAsync(Func<TargetNights, Night> night) => (await Targets.RunAsync(night(Targets))).Night.Run;

    /// <summary>Nobody but these has left Learn, and nobody has come.</summary>
    public void AssertGone(params IEnumerable<string> ids) => Assert.Equal(ids.Order(), _before.Except(Enabled).Order());

    public async Task AssertRememberedAsync(params IEnumerable<string> ids) =>
        Assert.Equal(ids.Order(), ((await _ground.Blobs.Memories().FindAsync(Targets.Tenant, CancellationToken.None)).Memory?.People ?? []).Select(person => $"{person.Id}").Order());

    public static void AssertDelivered(RunRecord run) => Assert.True(run.State == RunState.Delivered, $"{run.State}: {run.StateReason}");

    public static void AssertHeld(RunRecord run, string reason) =>
        Assert.True(run.State == RunState.Held && run.StateReason!.Contains(reason, StringComparison.Ordinal), $"{run.State}: {run.StateReason}");

    public async ValueTask DisposeAsync()
    {
        await Targets.DisposeAsync();
        _ground.Dispose();
    }
}
