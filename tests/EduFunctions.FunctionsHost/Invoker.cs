using System.Globalization;
using EduFunctions.FunctionsHost.Protocol;
using EduFunctions.FunctionsHost.Workers;

namespace EduFunctions.FunctionsHost;

/// <summary>Has the worker run a function, and puts what comes of it on the queues once it ended well.</summary>
internal sealed class Invoker(WorkerKeeper keeper, OutputQueues outputs)
{
    public Task TimerAsync(AppFunction function, CancellationToken ct)
    {
        // A function of a timer that is late is told so; these ask nothing of it.
        var timer = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";
        return RunAsync(function, Invocation(function, new TypedData { Json = timer }), ct);
    }

    public Task QueueAsync(AppFunction function, string message, string id, long tries, CancellationToken ct)
    {
        var invocation = Invocation(function, new TypedData { String = message });
        invocation.TriggerMetadata["Id"] = new TypedData { String = id };
        invocation.TriggerMetadata["DequeueCount"] = new TypedData { Json = tries.ToString(CultureInfo.InvariantCulture) };
        return RunAsync(function, invocation, ct);
    }

    /// <summary>The request itself travels to the worker by HTTP; the invocation only says which function it is for.</summary>
    /// <param name="forwardAsync">Sends the request on, to this address under this invocation's id.</param>
    public async Task HttpAsync(AppFunction function, Func<Uri, string, Task> forwardAsync, CancellationToken ct)
    {
        var worker = await keeper.CurrentAsync(ct);
        var invocation = Invocation(function, new TypedData { Http = new RpcHttp() });
        var running = worker.InvokeAsync(invocation, ct);
        try
        {
            await forwardAsync(worker.Http, invocation.InvocationId);
        }
        finally
        {
            // Whether the caller still listens or not.
            await outputs.SendAsync(function, await running);
        }
    }

    private async Task RunAsync(AppFunction function, InvocationRequest invocation, CancellationToken ct)
    {
        var worker = await keeper.CurrentAsync(ct);
        await outputs.SendAsync(function, await worker.InvokeAsync(invocation, ct));
    }

    private static InvocationRequest Invocation(AppFunction function, TypedData input) => new()
    {
        InvocationId = Guid.NewGuid().ToString(),
        FunctionId = function.Metadata.FunctionId,
        InputData = { new ParameterBinding { Name = function.TriggerName, Data = input } },
        TraceContext = new RpcTraceContext(),
    };
}
