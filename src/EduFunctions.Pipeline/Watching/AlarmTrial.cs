using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Tells everybody whom a tenant's alarms go to that they arrive, before the first night that needs it.</summary>
public sealed class AlarmTrial(IEnumerable<IAlarmChannel> channels, CallLimits limits, PipelineOptions options)
{
    /// <summary>By receiver, as the tenant file has it: null when it was told, else why not. No address of a channel is named: it is a secret.</summary>
    public async IAsyncEnumerable<(string Receiver, string? Problem)> RunAsync(Tenant tenant, [EnumeratorCancellation] CancellationToken ct)
    {
        var link = options.PublicAddress is { } address ? new Uri(address, $"tenants/{tenant.Id}").AbsoluteUri : null;
        var language = Language.Of(tenant.Language);
        var message = new AlarmMessage(
            language[$"{tenant.Name}: a trial"], language["Alarms of this tenant arrive here."], language["Nothing is wrong, and nothing is to be done."],
            [(language["Tenant"], tenant.Id)], link)
        {
            Language = language,
        };
        await foreach (var tried in TryAllAsync(tenant, (receiver, patience) => receiver.SendAsync(message, patience), ct))
        {
            yield return tried;
        }
    }

    /// <summary>The same as far as one gets without telling anybody anything.</summary>
    public IAsyncEnumerable<(string Receiver, string? Problem)> ReachAsync(Tenant tenant, CancellationToken ct) =>
        TryAllAsync(tenant, (receiver, patience) => receiver.ReachAsync(patience), ct);

    private async IAsyncEnumerable<(string Receiver, string? Problem)> TryAllAsync(
        Tenant tenant, Func<AlarmReceiver, CancellationToken, Task> tryAsync, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var receiver in channels.SelectMany(channel => channel.Receivers(tenant.Alarms)))
        {
            yield return (receiver.Name, await TryAsync(patience => tryAsync(receiver, patience), ct));
        }
    }

    private async Task<string?> TryAsync(Func<CancellationToken, Task> tryAsync, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limits.Alarm);
        try
        {
            await tryAsync(patience.Token);
            return null;
        }
        catch (HttpRequestException e)
        {
            return e.StatusCode is { } status ? $"it answered {(int)status}; see that the channel is still there" : $"it cannot be reached ({e.HttpRequestError})";
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return e is OperationCanceledException ? $"it did not answer within {limits.Alarm.TotalSeconds:0} seconds" : $"{e.GetType().Name}: {e.Message}";
        }
    }
}
