using Azure;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;

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
        catch (UnreadableBlobException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            await Console.Error.WriteLineAsync($"{Problem.Describe(e)} What was begun goes on when the command is given again.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was begun goes on when the command is given again.");
            return ExitCodes.Failed;
        }
    }
}
