using System.Collections.Concurrent;
using System.Diagnostics;
using EduFunctions.Simulators.Starting;

namespace EduFunctions.Simulators.Node;

/// <summary>A running script of this project. Its scripts end when their stdin closes, so none outlives a crashed test run.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartingTime = Patience.Of(TimeSpan.FromSeconds(60));
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(5);

    /// <summary>Of what a request leaves nearly all is of no use after it: with room for that, it is seldom looked through.</summary>
    private const string RoomForYoungObjects = "--max-semi-space-size=32";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _exit = Task.CompletedTask;

    private NodeProcess(Process process) => _process = process;

    /// <summary>Everything the process has said so far, on stdout and stderr.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The line that said the process is ready.</summary>
    public string ReadyLine => _ready.Task.Result;

    /// <summary>Starts a script such as <c>Node/azurite.mjs</c>, and waits for the line that says it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(
        string script, IEnumerable<string> arguments, string packages, Func<string, bool> isReady, CancellationToken ct,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("node", [RoomForYoungObjects, Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_PATH"] = Path.Combine(packages, "node_modules");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var node = new NodeProcess(new Process { StartInfo = start });
        try
        {
            await node.StartAsync(isReady, ct);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_exit.IsCompleted)
        {
            _process.StandardInput.Close();
            await Task.WhenAny(_exit, Task.Delay(StoppingTime));
            _process.Kill(entireProcessTree: true);
            await _exit;
        }

        _process.Dispose();
    }

    private async Task StartAsync(Func<string, bool> isReady, CancellationToken ct)
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data, isReady);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, isReady);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _exit = WatchAsync();
        await _ready.Task.WaitAsync(StartingTime, ct);
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync();
        _ready.TrySetException(new InvalidOperationException(
            $"{_process.StartInfo.ArgumentList[1]} ended before it was ready:\n{string.Join('\n', _output.TakeLast(20))}"));
    }

    private void Hear(string? line, Func<string, bool> isReady)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (isReady(line))
        {
            _ready.TrySetResult(line);
        }
    }
}
