namespace EduFunctions.Simulators.Node;

/// <summary>Finds a program, and on Debian installs it where that needs no password.</summary>
/// <param name="usual">Where Debian puts it; not every folder is on everybody's PATH.</param>
public sealed class DebianProgram(string name, string usual, string package)
{
    private static readonly SemaphoreSlim One = new(1);

    private string HowTo => $"{name} is missing. Install it with: apt-get update && apt-get install -y --no-install-recommends {package}";

    public async Task<string> FindOrInstallAsync(CancellationToken ct)
    {
        await One.WaitAsync(ct);
        try
        {
            if (Find() is { } found)
            {
                return found;
            }

            await AptGetAsync(["update"], ct);
            await AptGetAsync(["install", "-y", "--no-install-recommends", package], ct);
            return Find() ?? throw new InvalidOperationException(HowTo);
        }
        finally
        {
            One.Release();
        }
    }

    private string? Find() => File.Exists(usual) ? usual : CommandLine.Find(name);

    private async Task AptGetAsync(string[] arguments, CancellationToken ct)
    {
        var (aptGet, sudo) = (CommandLine.Find("apt-get"), CommandLine.Find("sudo"));
        if (aptGet is null || (!Environment.IsPrivilegedProcess && sudo is null))
        {
            throw new InvalidOperationException(HowTo);
        }

        var (program, all) = Environment.IsPrivilegedProcess ? (aptGet, arguments) : (sudo!, ["-n", aptGet, .. arguments]);
        var (exitCode, output) = await CommandLine.RunAsync(program, all, Path.GetTempPath(), ct);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{HowTo}\nTrying it here failed:\n{output}");
        }
    }
}
