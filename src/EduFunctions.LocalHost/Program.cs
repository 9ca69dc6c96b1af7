using EduFunctions.LocalHost.Commands;

PlainWriter.Install();
var parsed = AllCommands.Create().Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.BadConfiguration : exitCode;
