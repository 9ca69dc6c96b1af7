using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

[Trait(Level.Name, Level.Fast)]
public sealed class WorkSlotsTests
{
    [Fact]
    public async Task Slots_are_given_to_tenants_in_turn_however_much_one_of_them_wants()
    {
        var slots = new WorkSlots(1, TimeProvider.System);
        var order = new List<string>();
        var held = await slots.TakeAsync("a", default);
        var waiting = new[] { "a", "a", "a", "b", "c", "b" }.Select(WorkAsync).ToList();

        held.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["b", "c", "a", "b", "a", "a"], order);

        async Task WorkAsync(string tenant)
        {
            using var slot = await slots.TakeAsync(tenant, default);
            order.Add(tenant);
        }
    }

    [Fact]
    public async Task Who_waits_for_somebody_else_lends_the_slot_and_has_it_again_at_once()
    {
        var slots = new WorkSlots(1, TimeProvider.System);
        var answer = new TaskCompletionSource<int>();
        using var slow = await slots.TakeAsync("slow", default);
        var waiting = slow.RunAsync(() => WorkSlot.WaitAsync(() => answer.Task));

        using (await slots.TakeAsync("quick", default))
        {
            Assert.Equal(1, slots.Lent);
            answer.SetResult(5);
            Assert.Equal(5, await waiting);
        }

        Assert.Equal(0, slots.Lent);
        var next = slots.TakeAsync("next", default);
        Assert.False(next.IsCompleted);
        slow.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Who_no_longer_wants_a_slot_keeps_none()
    {
        var slots = new WorkSlots(1, TimeProvider.System);
        var held = await slots.TakeAsync("a", default);
        using var impatient = new CancellationTokenSource();
        var waiting = slots.TakeAsync("b", impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();

        (await slots.TakeAsync("c", default)).Dispose();
    }
}
