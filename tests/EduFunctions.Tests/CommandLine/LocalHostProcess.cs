using System.Diagnostics;
using System.Text;
using EduFunctions.Simulators.Starting;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>How a command ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);

/// <summary>The local host as its users run it: a process with arguments and environment, that may be killed at any moment.</summary>
internal sealed class LocalHostProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private LocalHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public static async Task<Ended> RunAsync(IReadOnlyDictionary<string, string> environment, string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(environment, folder, arguments);
        return await process.Told("").EndAsync();
    }

    /// <summary>As the README has it, by the project instead of its built file.</summary>
    public static async Task<Ended> RunByProjectAsync(IReadOnlyDictionary<string, string> environment, string folder, params IEnumerable<string> arguments)
    {
        var project = Path.Combine(Repository.Root, "src", "EduFunctions.LocalHost");
        var configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;
        using var process = Launch(environment, folder, ["run", "--no-build", "-c", configuration, "--project", project, "--", .. arguments]);
        return await process.EndAsync();
    }

    public static LocalHostProcess Start(IReadOnlyDictionary<string, string> environment, string folder, params IEnumerable<string> arguments) =>
        Launch(environment, folder, [Path.Combine(AppContext.BaseDirectory, "EduFunctions.LocalHost.dll"), .. arguments]);

    private static LocalHostProcess Launch(IReadOnlyDictionary<string, string> environment, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // A command that asks would wait for whoever runs the tests.
            RedirectStandardInput = true,
        };

        // What the developer has set on this machine must not decide a test.
        start.Environment.Remove("AzureWebJobsStorage");
        start.Environment[QuickStart.Variable] = QuickStart.Yes;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new LocalHostProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the process has said so on stderr.</summary>
    public async Task WaitForAsync(string text, TimeSpan patience)
    {
        using var stop = new CancellationTokenSource(Patience.Of(patience));
        while (!Errors.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"It has ended: {Output}{Errors}");
            await Task.Delay(100, stop.Token);
        }
    }

    /// <summary>What somebody types, and no more after it.</summary>
    public LocalHostProcess Told(string input)
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
        return this;
    }

    public async Task<Ended> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Of(TimeSpan.FromMinutes(3)));
        await _process.WaitForExitAsync(patience.Token);
        return new Ended(_process.ExitCode, Read(_output), Read(_errors));
    }

    /// <summary>As a power cut would; nothing for a process that has ended.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As a service manager does: it may put its things in order.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>Stops the process where it is, as a host that is paused; all its connections stay.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
