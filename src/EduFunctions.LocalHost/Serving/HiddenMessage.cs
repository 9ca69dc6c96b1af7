using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace EduFunctions.LocalHost.Serving;

/// <summary>A message at work: kept hidden from others for as long as the work lasts.</summary>
internal sealed class HiddenMessage : IAsyncDisposable
{
    public static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);

    /// <summary>Often enough for a few that fail.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private string _receipt;

    public HiddenMessage(QueueClient queue, QueueMessage message)
    {
        _queue = queue;
        _message = message;
        _receipt = message.PopReceipt;
        _renewing = RenewAsync();
    }

    public async Task DeleteAsync(CancellationToken ct)
    {
        await StopAsync();
        await _queue.DeleteMessageAsync(_message.MessageId, _receipt, ct);
    }

    /// <summary>Lets it be seen again after a while.</summary>
    public async Task ReturnAsync(TimeSpan after, CancellationToken ct)
    {
        await StopAsync();
        await _queue.UpdateMessageAsync(_message.MessageId, _receipt, visibilityTimeout: after, cancellationToken: ct);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
    }

    private async Task RenewAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Renewal, _ended.Token);
                var answer = await _queue.UpdateMessageAsync(_message.MessageId, _receipt, visibilityTimeout: Hidden, cancellationToken: _ended.Token);
                _receipt = answer.Value.PopReceipt;
            }
            catch (RequestFailedException e) when (e.Status is 400 or 404)
            {
                // Lost: another takes it up, and the stages may run twice.
                return;
            }
            catch (Exception)
            {
                // The work is done, or the storage does not answer: the next renewal may come in time.
            }
        }
    }
}
