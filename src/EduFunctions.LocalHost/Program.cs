using System.CommandLine.Invocation;
using EduFunctions.LocalHost.Commands;

PlainWriter.Install();
var commands = AllCommands.Create();
var parsed = commands.Parse(AllCommands.Asked(args));
if (parsed.Action is not ParseErrorAction)
{
    return await parsed.InvokeAsync();
}

if (parsed is { CommandResult.Command.Subcommands.Count: > 0, UnmatchedTokens: [] })
{
    // Who names no command does not know them yet.
    await commands.Parse([.. args, "--help"]).InvokeAsync();
    return ExitCodes.BadConfiguration;
}

return TypingErrors.Tell(parsed, Console.Error);
