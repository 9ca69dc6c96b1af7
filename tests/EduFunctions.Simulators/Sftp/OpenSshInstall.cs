using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Sftp;

/// <summary>Finds OpenSSH's server, and on Debian installs it where that needs no password.</summary>
internal static class OpenSshInstall
{
    // sshd insists on being started by its full path, and /usr/sbin is not on everybody's PATH.
    private const string Usual = "/usr/sbin/sshd";

    private const string HowTo =
        "OpenSSH's server is missing. Install it with: apt-get update && apt-get install -y --no-install-recommends openssh-server";

    public static async Task<string> FindOrInstallAsync(CancellationToken ct)
    {
        if (Find() is { } found)
        {
            return found;
        }

        await AptGetAsync(["update"], ct);
        await AptGetAsync(["install", "-y", "--no-install-recommends", "openssh-server"], ct);
        return Find() ?? throw new InvalidOperationException(HowTo);
    }

    private static string? Find() => File.Exists(Usual) ? Usual : CommandLine.Find("sshd");

    private static async Task AptGetAsync(string[] arguments, CancellationToken ct)
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
