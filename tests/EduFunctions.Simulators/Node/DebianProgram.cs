namespace EduFunctions.Simulators.Node;

/// <summary>Finds a program of the machine, and on Debian installs it where that needs no password.</summary>
internal static class DebianProgram
{
    // /usr/sbin is not on everybody's PATH.
    private const string ForAdministrators = "/usr/sbin";

    public static async Task<string> FindOrInstallAsync(string program, string package, CancellationToken ct)
    {
        if (Find(program) is { } found)
        {
            return found;
        }

        await AptGetAsync(package, ["update"], ct);
        await AptGetAsync(package, ["install", "-y", "--no-install-recommends", package], ct);
        return Find(program) ?? throw new InvalidOperationException(HowTo(package));
    }

    private static string HowTo(string package) =>
        $"{package} is missing. Install it with: apt-get update && apt-get install -y --no-install-recommends {package}";

    private static string? Find(string program) =>
        Path.Combine(ForAdministrators, program) is var usual && File.Exists(usual) ? usual : CommandLine.Find(program);

    private static async Task AptGetAsync(string package, string[] arguments, CancellationToken ct)
    {
        var (aptGet, sudo) = (CommandLine.Find("apt-get"), CommandLine.Find("sudo"));
        if (aptGet is null || (!Environment.IsPrivilegedProcess && sudo is null))
        {
            throw new InvalidOperationException(HowTo(package));
        }

        var (program, all) = Environment.IsPrivilegedProcess ? (aptGet, arguments) : (sudo!, ["-n", aptGet, .. arguments]);
        var (exitCode, output) = await CommandLine.RunAsync(program, all, Path.GetTempPath(), ct);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{HowTo(package)}\nTrying it here failed:\n{output}");
        }
    }
}
