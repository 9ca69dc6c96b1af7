using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Simulators.Http;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>Answers that stop in their midst, that never end, and that never begin.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LimitedCallsTests
{
    [Fact]
    public async Task An_answer_that_stops_in_its_midst_ends()
    {
        await using var server = await LoopbackServer.StartAsync(http => TrickleAsync(http, TimeSpan.FromMinutes(5)));
        using var client = Client(new CallLimits { Idle = TimeSpan.FromSeconds(2) });

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => client.GetByteArrayAsync(server.Address));

        Assert.Contains("sent nothing for 2 seconds", Whole(problem));
    }

    [Fact]
    public async Task An_answer_that_comes_byte_by_byte_without_end_ends()
    {
        await using var server = await LoopbackServer.StartAsync(http => TrickleAsync(http, TimeSpan.FromMilliseconds(200)));
        using var client = Client(new CallLimits { Idle = TimeSpan.FromSeconds(30), Whole = TimeSpan.FromSeconds(3) });

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => client.GetByteArrayAsync(server.Address));

        Assert.Contains("did not come to the end of its answer within 3 seconds", Whole(problem));
    }

    /// <summary>As with an alarm, which has seconds, or a host that is told to stop.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_patience_is_over_is_kept_by_no_answer_without_end(bool byTimeout)
    {
        await using var server = await LoopbackServer.StartAsync(http => TrickleAsync(http, TimeSpan.FromMilliseconds(50)));
        using var client = Client(new CallLimits());
        using var stop = new CancellationTokenSource(byTimeout ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(2));
        client.Timeout = byTimeout ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(5);

        var asking = client.PostAsync(server.Address, new StringContent("{}"), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task An_answer_is_as_it_was_with_all_its_headers()
    {
        await using var server = await LoopbackServer.StartAsync(http =>
        {
            http.Response.Headers.ContentEncoding = "odd";
            http.Response.Headers["X-More"] = "more";
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync("åäö");
        });
        using var client = Client(new CallLimits());

        using var answer = await client.GetAsync(server.Address);

        Assert.Equal("åäö", await answer.Content.ReadAsStringAsync());
        Assert.Equal("odd", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("more", Assert.Single(answer.Headers.GetValues("X-More")));
    }

    [Fact]
    public async Task Who_waits_for_an_answer_lends_the_slot()
    {
        await using var nowhere = FlakyRoad.Dead();
        using var client = Client(new CallLimits());
        using var given = new CancellationTokenSource();
        var slots = new WorkSlots(1, TimeProvider.System);
        using var slot = await slots.TakeAsync("dead", default);
        var asking = slot.RunAsync(() => client.GetAsync($"http://127.0.0.1:{nowhere.Port}/", given.Token));

        (await slots.TakeAsync("alive", default)).Dispose();

        Assert.False(asking.IsCompleted);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static HttpClient Client(CallLimits limits) => new(new LimitedCalls(limits) { InnerHandler = LimitedCalls.Connections(limits) });

    private static string Whole(Exception e) => $"{e.Message} {e.InnerException?.Message}";

    private static async Task TrickleAsync(HttpContext http, TimeSpan pause)
    {
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync("a");
            await http.Response.Body.FlushAsync();
            await Task.Delay(pause, http.RequestAborted).ContinueWith(_ => { });
        }
    }
}
