using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace EduFunctions.LocalHost.Serving;

/// <summary>A message at work: kept hidden from others for as long as the work lasts.</summary>
internal sealed class HiddenMessage : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly TimeSpan _hidden;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private string _receipt;

    public HiddenMessage(QueueClient queue, QueueMessage message, TimeSpan hidden, TimeSpan renewal)
    {
        _queue = queue;
        _message = message;
        _hidden = hidden;
        _receipt = message.PopReceipt;
        _renewing = RenewAsync(renewal);
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

    private async Task RenewAsync(TimeSpan renewal)
    {
        try
        {
            while (true)
            {
                await Task.Delay(renewal, _ended.Token);
                var answer = await _queue.UpdateMessageAsync(_message.MessageId, _receipt, visibilityTimeout: _hidden, cancellationToken: _ended.Token);
                _receipt = answer.Value.PopReceipt;
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (Azure.RequestFailedException)
        {
            // Lost: another takes it up, and the stages may run twice.
        }
    }
}
