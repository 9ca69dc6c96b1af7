using EduFunctions.FunctionsHost.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>One worker, from its start to its end.</summary>
internal sealed class Worker : IDisposable
{
    private const string HostVersion = "4.1037.0";
    private const string HttpAddress = "HttpUri";

    private readonly HostOptions _options;
    private readonly WorkerStream _stream;

    private Worker(HostOptions options, Uri address, IDictionary<string, WorkerStream> streams, Action<string> log)
    {
        _options = options;
        _stream = new WorkerStream(log);
        var id = Guid.NewGuid().ToString();
        streams[id] = _stream;
        Process = WorkerProcess.Start(options, address, id, log);
        Ended = WatchAsync();
    }

    public WorkerProcess Process { get; }

    /// <summary>Ends with the process, whatever ended it.</summary>
    public Task Ended { get; }

    /// <summary>Where the worker itself takes HTTP requests.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>What the worker says of itself; the host behaves by it.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>In the order of their names, case ignored, as the host sorts them.</summary>
    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <param name="streams">Where the worker's call is expected, by its id.</param>
    public static async Task<Worker> StartAsync(
        HostOptions options, Uri address, IDictionary<string, WorkerStream> streams, Action<string> log, CancellationToken ct)
    {
        var worker = new Worker(options, address, streams, log);
        try
        {
            await worker._stream.Started.WaitAsync(ct);
            await worker.InitializeAsync(ct);
            await worker.LoadAsync(ct);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <exception cref="InvocationFailedException">The function threw, or was cancelled.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest invocation, CancellationToken ct)
    {
        await using var cancelling = ct.Register(() => _stream.Tell(
            new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocation.InvocationId } }));

        // Cancelled or not, the function ends in its own time, and only then it is known how.
        var answer = (await _stream.AskAsync(new StreamingMessage { InvocationRequest = invocation }, CancellationToken.None)).InvocationResponse;
        return answer.Result.Status == StatusResult.Types.Status.Success
            ? answer
            : throw new InvocationFailedException(answer.Result.Exception?.Message ?? $"{answer.Result.Status}");
    }

    /// <summary>Asks the worker to end, and ends it when it does not.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        _stream.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });
        using var patience = new CancellationTokenSource(grace);
        try
        {
            await Process.EndAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Process.Kill();
        }
    }

    public void Dispose() => Process.Dispose();

    private async Task WatchAsync()
    {
        await Process.EndAsync(CancellationToken.None);
        _stream.Break(new InvocationFailedException("The worker has ended."));
    }

    private async Task InitializeAsync(CancellationToken ct)
    {
        var request = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = _options.AppFolder, FunctionAppDirectory = _options.AppFolder };
        var answer = (await _stream.AskAsync(new StreamingMessage { WorkerInitRequest = request }, ct)).WorkerInitResponse;
        Require(answer.Result, "start");
        Capabilities = answer.Capabilities.ToDictionary();
        Http = new Uri(answer.Capabilities[HttpAddress]);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var request = new FunctionsMetadataRequest { FunctionAppDirectory = _options.AppFolder };
        var answer = (await _stream.AskAsync(new StreamingMessage { FunctionsMetadataRequest = request }, ct)).FunctionMetadataResponse;
        Require(answer.Result, "tell its functions");
        Functions = [.. answer.FunctionMetadataResults.Select(metadata => new AppFunction(metadata)).OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];
        foreach (var function in Functions)
        {
            var load = new FunctionLoadRequest { FunctionId = function.Metadata.FunctionId, Metadata = function.Metadata };
            Require((await _stream.AskAsync(new StreamingMessage { FunctionLoadRequest = load }, ct)).FunctionLoadResponse.Result, $"load {function.Name}");
        }
    }

    private static void Require(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"The worker could not {what}: {result.Exception?.Message}");
        }
    }
}

/// <summary>A function did not end well.</summary>
public sealed class InvocationFailedException(string message) : Exception(message);
