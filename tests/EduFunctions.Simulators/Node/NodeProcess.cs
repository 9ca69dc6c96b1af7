using System.Collections.Concurrent;
using System.Diagnostics;

namespace EduFunctions.Simulators.Node;

/// <summary>A running script of this project. Its scripts end when their stdin closes, so none outlives a crashed test run.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task exit = Task.CompletedTask;

    private NodeProcess(Process process) => this.process = process;

    /// <summary>Everything the process has said so far, on stdout and stderr.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <summary>The line that said the process is ready.</summary>
    public string ReadyLine => ready.Task.Result;

    /// <summary>Starts a script such as <c>Node/azurite.mjs</c>, and waits for the line that says it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(
        string script, IEnumerable<string> arguments, string packages, Func<string, bool> isReady, CancellationToken ct)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_PATH"] = Path.Combine(packages, "node_modules");
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
        if (!exit.IsCompleted)
        {
            process.StandardInput.Close();
            await Task.WhenAny(exit, Task.Delay(StoppingTime));
            process.Kill(entireProcessTree: true);
            await exit;
        }

        process.Dispose();
    }

    private async Task StartAsync(Func<string, bool> isReady, CancellationToken ct)
    {
        process.OutputDataReceived += (_, line) => Hear(line.Data, isReady);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, isReady);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        exit = WatchAsync();
        await ready.Task.WaitAsync(StartingTime, ct);
    }

    private async Task WatchAsync()
    {
        await process.WaitForExitAsync();
        ready.TrySetException(new InvalidOperationException(
            $"{process.StartInfo.ArgumentList[0]} ended before it was ready:\n{string.Join('\n', output.TakeLast(20))}"));
    }

    private void Hear(string? line, Func<string, bool> isReady)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        if (isReady(line))
        {
            ready.TrySetResult(line);
        }
    }
}
