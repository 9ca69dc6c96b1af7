using System.Diagnostics;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Sftp;

/// <summary>Servers that accept and then say nothing, at whatever point: the delivery ends, names the server, and may be tried again.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class DeadServerTests
{
    private static readonly CallLimits Short = new()
    {
        Connect = TimeSpan.FromSeconds(5),
        Idle = TimeSpan.FromSeconds(3),
        Answer = TimeSpan.FromSeconds(3),
    };

    [Fact]
    public async Task One_that_never_says_a_word_is_given_up()
    {
        await using var nowhere = FlakyRoad.Dead();
        using var files = Files();

        var problem = await EndedAsync(Short, files, Settings(nowhere.Port, ["SHA256:any"]));

        Assert.Contains($"127.0.0.1:{nowhere.Port}", problem.Message);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("subsystem")]
    [InlineData("realpath")]
    public async Task One_that_lets_the_user_in_and_then_says_nothing_is_tried_again(string question)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { SilentAt = question });
        using var files = Files();

        var problem = await EndedAsync(Short, files, Settings(dropBox.Port, dropBox.HostKeyFingerprints));

        Assert.Contains($"127.0.0.1:{dropBox.Port} let user", problem.Message);
        Assert.Contains("spoke no SFTP in time", problem.Message);
    }

    [Fact]
    public async Task One_that_stops_in_the_midst_of_a_file_is_given_up()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { MaxBytesPerSecond = 200_000 });
        await using var road = FlakyRoad.To(dropBox.Port);
        using var files = Files();
        var sending = EndedAsync(Short, files, Settings(road.Port, dropBox.HostKeyFingerprints));
        await OpenedAsync(dropBox);

        road.State = RoadState.Hanging;
        var problem = await sending;

        Assert.Contains("acknowledged nothing of the file", problem.Message);
        Assert.Empty(dropBox.Received);
    }

    [Fact]
    public async Task One_that_takes_the_file_and_never_confirms_it_is_given_up()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { CloseDelay = TimeSpan.FromMinutes(5) });
        using var files = Files();

        var problem = await EndedAsync(Short, files, Settings(dropBox.Port, dropBox.HostKeyFingerprints));

        Assert.Contains($"127.0.0.1:{dropBox.Port}", problem.Message);
    }

    [Fact]
    public async Task A_slow_one_that_moves_has_all_the_time_it_needs()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { MaxBytesPerSecond = 300_000 });
        using var files = Files();

        var result = await SendAsync(new CallLimits { Idle = TimeSpan.FromSeconds(6), Answer = TimeSpan.FromSeconds(20) }, files, Settings(dropBox.Port, dropBox.HostKeyFingerprints));

        Assert.Equal(ReceiptState.Sent, result.State);
    }

    [Fact]
    public async Task A_file_whose_sending_is_stopped_is_not_closed_as_if_it_were_whole()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { MaxBytesPerSecond = 200_000 });
        using var files = Files();
        using var stop = new CancellationTokenSource();
        var sending = SendAsync(Short, files, Settings(dropBox.Port, dropBox.HostKeyFingerprints), stop: stop.Token);
        await OpenedAsync(dropBox);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await GoneAsync(dropBox);
        Assert.Empty(dropBox.Received);
    }

    [Fact]
    public async Task A_host_that_was_overtaken_in_mid_file_does_not_close_it()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions());
        using var files = Files();
        var proofs = 0;
        var progress = new DeliveryProgress([], _ => Task.CompletedTask)
        {
            Prove = () => ++proofs > 5 ? throw new FencedOffException("Overtaken.") : Task.CompletedTask,
        };

        await Assert.ThrowsAsync<FencedOffException>(() => SendAsync(Short, files, Settings(dropBox.Port, dropBox.HostKeyFingerprints), progress, new SlowClock()));

        await GoneAsync(dropBox);
        Assert.Contains(dropBox.Events, happened => happened.Event == "open");
        Assert.Empty(dropBox.Received);
    }

    private static async Task OpenedAsync(DropBox dropBox)
    {
        while (dropBox.Events.All(happened => happened.Event != "open"))
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Until the server has heard all that is said to it.</summary>
    private static async Task GoneAsync(DropBox dropBox)
    {
        for (var tries = 0; tries < 500 && dropBox.Events.All(happened => happened.Event != "gone"); tries++)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<Exception> EndedAsync(CallLimits limits, FeedFiles files, SftpSettings settings)
    {
        var began = Stopwatch.GetTimestamp();
        var problem = await Record.ExceptionAsync(() => SendAsync(limits, files, settings));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.NotNull(problem);
        Assert.IsNotType<DeliveryRefusedException>(problem);
        return problem;
    }

    private static Task<DeliveryResult> SendAsync(
        CallLimits limits, FeedFiles files, SftpSettings settings, DeliveryProgress? progress = null, TimeProvider? time = null, CancellationToken stop = default) =>
        new SftpDelivery(limits, time ?? TimeProvider.System).SendAsync(
            files,
            new FeedSetup { Name = "apple", Type = "appleSchoolManager", Delivery = settings },
            progress ?? new DeliveryProgress([], _ => Task.CompletedTask),
            stop);

    private static FeedFiles Files()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var files = new FeedFiles();
        files.Create("asm.zip").Write(content);
        return files;
    }

    private static SftpSettings Settings(int port, IReadOnlyList<string> hostKeys) => new()
    {
        Type = "sftp",
        Host = "127.0.0.1",
        Port = port,
        Username = new DropBoxOptions().Username,
        Password = new Secret("password", "drop-box-password"),
        HostKeys = hostKeys,
        Directory = "dropbox",
    };

    /// <summary>As for a process that stands still again and again.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency * 60;
    }
}
