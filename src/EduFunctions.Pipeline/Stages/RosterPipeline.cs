using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// The flow: start, extract, transform, export. Each stage takes a message and returns the next ones. Here, once for all hosts, stand the
/// log line of a stage, the lease that keeps two hosts apart, the end of held runs, and what becomes of poison.
/// </summary>
public sealed class RosterPipeline(
    StartStage start,
    ChangesStart changes,
    ExtractStage extract,
    TransformStage transform,
    ExportStage export,
    StageRunner runner,
    Freshness freshness,
    Watch watch)
{
    /// <summary>Begins the night of each tenant whose hour has come; called every hour.</summary>
    public async Task<NextMessages> StartNightAsync(CancellationToken ct)
    {
        var started = await start.NightAsync(await freshness.FindPlannedAsync(ct), ct);
        await freshness.NightStartedAsync(ct);
        return NextMessages.All(started.Select(run => run.Next));
    }

    /// <summary>Begins tonight for every tenant that has not had one, by whatever clock; as often as one likes.</summary>
    /// <inheritdoc cref="StartStage.NightAsync(bool, CancellationToken)"/>
    public async Task<IReadOnlyList<StartedRun>> StartNightsAsync(bool resume, CancellationToken ct)
    {
        var started = await start.NightAsync(resume, ct);
        await freshness.NightStartedAsync(ct);
        return started;
    }

    /// <summary>Begins a pull of changes for each tenant whose source tells them, where the settings say that a clock does that.</summary>
    public async Task<NextMessages> StartChangesAsync(CancellationToken ct) => NextMessages.All((await changes.RunAsync(ct)).Select(run => run.Next));

    /// <summary>Looks after all tenants; every hour, whatever the nights do.</summary>
    public Task WatchAsync(CancellationToken ct) => watch.LookAsync(ct);

    public Task<StartedRun> StartAsync(string tenant, RunRequest request, CancellationToken ct) => start.RunAsync(tenant, request, ct);

    /// <summary>Works on a message as it lay on its queue; what is no message is kept at once.</summary>
    public async Task<NextMessages> ReceiveAsync<T>(string queue, string text, Func<T, CancellationToken, Task<NextMessages>> work, CancellationToken ct)
        where T : class, IStageMessage
    {
        if (MessageText.Read<T>(text) is { } message)
        {
            return await work(message, ct);
        }

        await PoisonAsync(queue, text, ct);
        return NextMessages.None;
    }

    public Task<NextMessages> ExtractAsync(ExtractMessage message, CancellationToken ct) =>
        runner.RunAsync(ExtractStage.Name, message.Tenant, message.Run, "run", null, (fence, stop) => extract.RunAsync(message, fence, stop), NextMessages.Of(message), ct);

    public Task<NextMessages> TransformAsync(TransformMessage message, CancellationToken ct) =>
        runner.RunAsync(TransformStage.Name, message.Tenant, message.Run, "run", null, (fence, stop) => transform.RunAsync(message, fence, stop), NextMessages.Of(message), ct);

    public Task<NextMessages> ExportAsync(ExportMessage message, CancellationToken ct) =>
        runner.RunAsync(
            ExportStage.Name, message.Tenant, message.Run, $"feeds/{message.Feed}", message.Feed, (fence, stop) => export.RunAsync(message, fence, stop),
            NextMessages.Of(message), ct);

    /// <summary>A message that failed for good: its run ends as failed, its text is kept for replay.</summary>
    public Task PoisonAsync(string queue, string message, CancellationToken ct) => runner.PoisonAsync(queue, MessageText.Plain(message), ct);
}
