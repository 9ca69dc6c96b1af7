using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

[Trait(Harness.Level.Name, Harness.Level.Fast)]
public sealed class StoppedHostTests
{
    /// <summary>Between the question whether it may and the file that it brings a host may stand still for an hour, while another one brings the next night's.</summary>
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(3600, 2, false)]
    public async Task A_host_that_stood_still_while_a_file_was_put_on_record_asks_once_more(int seconds, int asked, bool isBrought)
    {
        var (time, asks, brought) = (new FakeTimeProvider(), 0, false);
        var progress = new DeliveryProgress([], _ =>
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        })
        {
            Time = time,
            Prove = () => ++asks == 1 ? Task.CompletedTask : throw new FencedOffException("Another run has begun."),
        };

        var put = progress.PutAsync("asm.zip", time.GetUtcNow(), () => Task.FromResult(brought = true));

        Assert.Equal(isBrought, await Record.ExceptionAsync(() => put) is null);
        Assert.Equal((asked, isBrought), (asks, brought));
    }
}
