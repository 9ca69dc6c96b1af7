using System.CommandLine;
using EduFunctions.LocalHost.Commands;

PlainWriter.Install();
var commands = new RootCommand("EduFunctions on one machine: nightly school-roster sync from the school register to the learning systems.")
{
    DemoCommand.Create(),
    SyncCommand.Create(),
    NightsCommand.Create(),
    ServeCommand.Create(),
    RunsCommand.Create(),
    PlanCommand.Create(),
    ExplainCommand.Create(),
    HeldCommand.Create(),
    ApproveCommand.Create(),
    RefuseCommand.Create(),
    RequeueCommand.Create(),
    ResendCommand.Create(),
    RebaselineCommand.Create(),
    DriftCommand.Create(),
    ImportLogCommand.Create(),
    ReplayCommand.Create(),
    VerifyCommand.Create(),
    PurgeCommand.Create(),
    IncidentCommand.Create(),
    ValidateCommand.Create(),
    CheckCommand.Create(),
    SurveyCommand.Create(),
    ProbeCommand.Create(),
    InitCommand.Create(),
    AlarmsCommand.Create(),
};
var parsed = commands.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.BadConfiguration : exitCode;
