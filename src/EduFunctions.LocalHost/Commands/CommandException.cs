namespace EduFunctions.LocalHost.Commands;

/// <summary>Ends a command with one sentence for whoever called it.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
