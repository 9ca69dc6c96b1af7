using System.Diagnostics;

namespace EduFunctions.Simulators.Node;

/// <summary>Programs of the machine: where they are, and running one to its end.</summary>
internal static class CommandLine
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(folder => FileNames(program).Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // npm is a script on Windows, everything else a program.
    private static IEnumerable<string> FileNames(string program) =>
        OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
}
