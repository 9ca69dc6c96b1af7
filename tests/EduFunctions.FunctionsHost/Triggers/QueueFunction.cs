using EduFunctions.FunctionsHost.Workers;
using Microsoft.Azure.WebJobs;

namespace EduFunctions.FunctionsHost.Triggers;

/// <summary>What the platform's listener calls for each message of a queue.</summary>
public sealed class QueueFunction
{
    internal const string QueuePlace = "queue";

    private readonly Func<string, string, long, CancellationToken, Task> _run;
    private readonly Action<string> _log;

    internal QueueFunction(Func<string, string, long, CancellationToken, Task> run, Action<string> log) => (_run, _log) = (run, log);

    /// <param name="id">Bound by name, as the next.</param>
    [FunctionName(nameof(QueueFunction))]
    public async Task RunAsync([QueueTrigger($"%{QueuePlace}%")] string message, string id, long dequeueCount, CancellationToken ct)
    {
        try
        {
            await _run(message, id, dequeueCount, ct);
        }
        catch (InvocationFailedException e)
        {
            _log($"Try {dequeueCount} of message {id} failed: {e.Message}");
            throw;
        }
    }
}
