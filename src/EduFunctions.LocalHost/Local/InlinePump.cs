using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Local;

/// <summary>
/// Carries messages from stage to stage within one process, with the queues' manners: a failed message is tried again after a
/// pause, and after <see cref="MostTries"/> it is poison.
/// </summary>
public sealed class InlinePump(RosterPipeline pipeline, PipelineOptions options)
{
    public const int MostTries = 5;

    public Task RunAsync(NextMessages next, CancellationToken ct) => Task.WhenAll(
    [
        .. next.Extract.Select(message => HandleAsync(Queues.Extract, message, () => pipeline.ExtractAsync(message, ct), ct)),
        .. next.Transform.Select(message => HandleAsync(Queues.Transform, message, () => pipeline.TransformAsync(message, ct), ct)),
        .. next.Export.Select(message => HandleAsync(Queues.Export, message, () => pipeline.ExportAsync(message, ct), ct)),
    ]);

    /// <summary>What comes next is tried for itself: that it fails does not repeat the stage before it.</summary>
    private async Task HandleAsync<T>(string queue, T message, Func<Task<NextMessages>> stage, CancellationToken ct) =>
        await RunAsync(await TryAsync(queue, message, stage, ct), ct);

    private async Task<NextMessages> TryAsync<T>(string queue, T message, Func<Task<NextMessages>> stage, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            // A stage that is cancelled gives its message back, and nobody here goes on with it.
            ct.ThrowIfCancellationRequested();
            try
            {
                return await stage();
            }
            catch (Exception) when (tries < MostTries && !ct.IsCancellationRequested)
            {
                await WorkSlot.WaitAsync(() => PauseAsync(tries, ct));
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                await pipeline.PoisonAsync(queue, JsonSerializer.Serialize(message, Pipeline.Infrastructure.Serialization.Compact), ct);
                return NextMessages.None;
            }
        }
    }

    private async Task<bool> PauseAsync(int tries, CancellationToken ct)
    {
        await Task.Delay(options.FirstPause * (1 << (tries - 1)), ct);
        return true;
    }
}
