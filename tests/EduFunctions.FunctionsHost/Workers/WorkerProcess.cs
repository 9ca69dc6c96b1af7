using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>The app's executable, started as the Functions host starts it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int LargestMessage = int.MaxValue;

    // What a program needs of the machine; everything else would decide tests by who runs them.
    private static readonly string[] OfTheMachine = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "LANG"];

    private readonly Process _process;

    private WorkerProcess(Process process, Action<string> log)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Tell(line.Data, log);
        process.ErrorDataReceived += (_, line) => Tell(line.Data, log);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static WorkerProcess Start(HostOptions options, Uri address, string workerId, Action<string> log)
    {
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(options.AppFolder, "worker.config.json")))!["description"]!;
        var start = new ProcessStartInfo((string)description["defaultExecutablePath"]!)
        {
            WorkingDirectory = options.AppFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(options.AppFolder, (string)description["defaultWorkerPath"]!));
        foreach (var argument in Arguments(address, workerId))
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, options);
        return new WorkerProcess(Process.Start(start)!, log);
    }

    public Task EndAsync(CancellationToken ct) => _process.WaitForExitAsync(ct);

    /// <summary>By its id: a worker whose host is gone lives on.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static string[] Arguments(Uri address, string workerId)
    {
        var requestId = Guid.NewGuid().ToString();
        return
        [
            "--host", address.Host, "--port", $"{address.Port}",
            "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", $"{LargestMessage}",
            "--functions-uri", address.ToString(), "--functions-worker-id", workerId, "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", $"{LargestMessage}",
        ];
    }

    private static void SetEnvironment(ProcessStartInfo start, HostOptions options)
    {
        var machine = OfTheMachine.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        start.Environment.Clear();
        foreach (var (name, value) in machine.Where(variable => variable.Value is not null))
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = options.AppFolder;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppFolder;
        foreach (var (name, value) in options.Settings)
        {
            start.Environment[name] = value;
        }
    }

    private static void Tell(string? line, Action<string> log)
    {
        if (line is not null)
        {
            log(line);
        }
    }
}
