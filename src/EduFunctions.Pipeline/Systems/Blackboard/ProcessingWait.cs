using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Waits until Learn has worked through a file. Right after the post nothing is queued and nothing completed, so that nothing queued alone
/// is no end: all rows must be completed, or the count must have come to rest.
/// </summary>
internal sealed class ProcessingWait(LearnEndpoint endpoint, TimeSpan timeout, DateTimeOffset sliceEnd, TimeProvider time)
{
    private const int PollsAtRest = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    /// <summary>Asks once at least, so that slices come to an end, however short they are.</summary>
    /// <returns>The file at its end, or as it is when the slice is over before.</returns>
    public async Task<FileProgress> ForEndAsync(FileProgress file, DeliveryProgress progress, CancellationToken ct)
    {
        var (pause, atRest) = (FirstPause, 0);
        do
        {
            await Task.Delay(pause, time, ct);
            var before = file.Completed + file.Errors;
            var status = await endpoint.StatusAsync(ObjectOf(file), file.Reference!, ct);
            file = status is null ? file : file with { Completed = status.Completed, Errors = status.Errors, Warnings = status.Warnings };
            // Whether rows with errors count as completed is not said, so that either may be the whole file, and what moves is both.
            var moved = file.Completed + file.Errors;
            atRest = status is not null && moved > 0 && moved == before ? atRest + 1 : 0;
            if (status is { Queued: 0 } && (Math.Max(status.Completed, status.Errors) >= file.Rows || atRest >= PollsAtRest))
            {
                return await EndAsync(file with { State = file.Errors > 0 ? ReceiptState.ProcessedWithErrors : ReceiptState.Processed }, progress);
            }

            if (time.GetUtcNow() - file.Since >= timeout)
            {
                var reason = $"Learn has not worked through {file.Name} within {timeout.TotalMinutes:0} minutes: "
                    + $"{file.Completed} of {file.Rows} rows completed, {file.Errors} errors (reference {file.Reference})";
                return await EndAsync(file with { State = ReceiptState.Unknown, Reason = reason }, progress);
            }

            pause = pause < ShortPause ? ShortPause : pause * 1.5 < LongPause ? pause * 1.5 : LongPause;
        }
        while (time.GetUtcNow() < sliceEnd);

        return file;
    }

    private static LearnObject ObjectOf(FileProgress file) => LearnObject.OfFile(file.Name);

    private static async Task<FileProgress> EndAsync(FileProgress file, DeliveryProgress progress)
    {
        await progress.SetAsync(file);
        return file;
    }
}
