using Azure;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

internal static class CommandRun
{
    private const string GoesOn = "What was begun goes on when the command is given again.";

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
        catch (Exception e) when (e is TenantRefusedException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadConfiguration;
        }
        catch (BlobTroubleException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{(e is RefusedBlobException ? $" {GoesOn}" : "")}");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            await Console.Error.WriteLineAsync($"{Problem.Describe(e)} {GoesOn}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. {GoesOn}");
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // A fault of ours: kind and place are enough to look for the cause, and its text may hold anything.
            await Console.Error.WriteLineAsync($"Failed by a fault of ours: {Problem.Describe(e)}");
            return ExitCodes.Failed;
        }
    }
}
