using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.LocalHost.Commands;

internal static class CommandRun
{
    /// <summary>Runs a command; what it refuses is one sentence on stderr, never a stack.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (SettingRefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadConfiguration;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was begun goes on when the command is given again.");
            return ExitCodes.Failed;
        }
    }
}
