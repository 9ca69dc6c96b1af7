using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace EduFunctions.Pipeline.Watching;

/// <summary>
/// Keeps which alarms of a tenant stand (<c>state/{tenant}/alarms.json</c>) and tells each receiver once. Whoever could not be told is tried again
/// by the next watch. Nobody waits for an alarm, and none makes anything fail.
/// </summary>
public sealed class AlarmBoard(
    BlobStorage blobs, IEnumerable<IAlarmChannel> channels, Discretion discretion, RunSchools schools, PipelineOptions options, CallLimits limits, TimeProvider time,
    ILogger<AlarmBoard> log)
{
    private readonly ResiliencePipeline _tries = new ResiliencePipelineBuilder()
        .AddTimeout(limits.Alarm)
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = options.FirstPause, BackoffType = DelayBackoffType.Exponential })
        .Build();

    /// <summary>One more alarm.</summary>
    public Task RaiseAsync(Tenant tenant, Alarm alarm, CancellationToken ct) =>
        ChangeAsync(tenant, standing => [.. standing, .. Opened(tenant, standing, [alarm])], ct);

    /// <summary>These are all there are: others are over, which whoever was told of them is told, too, and will be told again when they come back.</summary>
    /// <param name="alarms">What stands now.</param>
    /// <param name="isKept">Which of the others nothing is known about.</param>
    public Task SettleAsync(Tenant tenant, IReadOnlyList<Alarm> alarms, Func<Alarm, bool> isKept, CancellationToken ct) => ChangeAsync(
        tenant,
        standing =>
        [
            .. standing.Select(open => open.IsOver || isKept(open.Alarm) || alarms.Any(alarm => IsSame(tenant, open, alarm)) ? open : Ended(open, alarms)).OfType<OpenAlarm>(),
            .. Opened(tenant, standing, alarms),
        ],
        ct);

    private async Task ChangeAsync(Tenant tenant, Func<IReadOnlyList<OpenAlarm>, IReadOnlyList<OpenAlarm>> change, CancellationToken ct)
    {
        try
        {
            await using var lease = await Lease.TakeAsync(blobs, $"{tenant.Id}/alarms.turn", options.LeasePatience, time, ct);
            if (lease is null)
            {
                return;
            }

            var before = await ReadAsync(tenant.Id, ct);
            var after = change(before);
            if (!after.SequenceEqual(before))
            {
                // On record before anybody is told: whatever happens then, the watch goes on from here.
                await WriteAsync(tenant.Id, after, ct);
            }

            await TellAsync(tenant, after, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("{Tenant}: alarms could not be kept ({Problem}); the next watch tries again", tenant.Id, e.GetType().Name);
        }
    }

    private async Task TellAsync(Tenant tenant, IReadOnlyList<OpenAlarm> standing, CancellationToken ct)
    {
        var receivers = channels.SelectMany(channel => channel.Receivers(tenant.Alarms)).ToList();
        for (var i = 0; i < standing.Count; i++)
        {
            foreach (var receiver in receivers.Where(receiver => standing[i].IsOwedTo(receiver.Name)))
            {
                if (await TryTellAsync(tenant, standing[i], receiver, ct))
                {
                    standing = [.. standing.Select((open, at) => at == i ? open.AfterTelling(receiver.Name) : open)];
                    await WriteAsync(tenant.Id, [.. standing.Where(open => !open.IsOver || receivers.Any(owed => open.IsOwedTo(owed.Name)))], ct);
                }
            }
        }
    }

    /// <summary>Null where nobody was told, and where something else of the kind stands: people would take its end for the end of both.</summary>
    private static OpenAlarm? Ended(OpenAlarm open, IReadOnlyList<Alarm> alarms) =>
        open.Told.Count == 0 || alarms.Any(alarm => alarm.Kind == open.Alarm.Kind) ? null : open with { IsOver = true };

    private async Task<bool> TryTellAsync(Tenant tenant, OpenAlarm open, AlarmReceiver receiver, CancellationToken ct)
    {
        var alarm = open.Alarm;
        var problem = (Exception?)null;
        try
        {
            // Scanned as it goes out: in another language it has other words.
            var message = AlarmMessage.Of(tenant, alarm, open.IsOver, options.PublicAddress, await SchoolsAsync(tenant.Id, alarm, ct));
            message = message with { Text = discretion.Tell(tenant.Id, message.Text) };
            await _tries.ExecuteAsync(async stop => await receiver.SendAsync(message, stop), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            problem = e;
            log.LogWarning("{Tenant}: {Receiver} could not be told of an alarm ({Problem}); the next watch tries again", tenant.Id, receiver.Name, e.GetType().Name);
        }

        PipelineMetrics.Alarms.Add(
            1, new("tenant", tenant.Id), new("kind", alarm.Kind.ToString().ToLowerInvariant()), new("outcome", problem is null ? "told" : "failed"));
        return problem is null;
    }

    /// <summary>Only as it goes out: what is kept of an alarm names nobody, and no school may be called after somebody.</summary>
    private async Task<NamedSchools> SchoolsAsync(string tenant, Alarm alarm, CancellationToken ct) =>
        alarm.HeldFeeds is { } feeds
            ? (await schools.OfAsync(tenant, alarm.Subject, feeds, ct)).Without(name => Impersonal.Of(name) != name)
            : NamedSchools.None;

    private IEnumerable<OpenAlarm> Opened(Tenant tenant, IReadOnlyList<OpenAlarm> standing, IEnumerable<Alarm> alarms) => alarms
        .Where(alarm => tenant.Alarms.Wants(alarm.Kind) && !standing.Any(open => IsSame(tenant, open, alarm)))
        .Select(alarm => Plain(tenant.Id, alarm))
        .Select(alarm => new OpenAlarm(alarm, alarm.Cause, time.GetUtcNow(), []));

    private bool IsSame(Tenant tenant, OpenAlarm open, Alarm alarm) => !open.IsOver && open.Cause == Plain(tenant.Id, alarm).Cause;

    /// <summary>What is written to people names nobody.</summary>
    private Alarm Plain(string tenant, Alarm alarm) => alarm with { Text = Impersonal.Of(discretion.Tell(tenant, alarm.Text), alarm.Known) };

    /// <summary>When the blob cannot be read, everything that stands is told once more.</summary>
    private async Task<IReadOnlyList<OpenAlarm>> ReadAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is { } blob
            ? StoredJson.TryParse<IReadOnlyList<OpenAlarm>>(blob.Content) ?? []
            : [];

    private Task WriteAsync(string tenant, IReadOnlyList<OpenAlarm> standing, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, Name(tenant), JsonSerializer.SerializeToUtf8Bytes(standing, Serialization.Indented), ct);

    private static string Name(string tenant) => $"{tenant}/alarms.json";
}
