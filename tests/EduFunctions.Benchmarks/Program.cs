using System.CommandLine;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Commands;
using EduFunctions.Benchmarks.Nights;

var commands = new RootCommand("Speed, memory and scale of EduFunctions, measured (docs/performance.md).")
{
    CompareCommand.Create(),
    ScaleCommand.Create(),
    AgainCommand.Create(),
    ExtractCommand.Create(),
    SftpCommand.Create(),
    NightCommand.Create(),
    SecondNightCommand.Create(),
    CountryCommand.Create(),
    FunctionsCommand.Create(),
    NightHost.Create(),
    WorkerNight.Create(),
};
foreach (var candidate in CandidateCommands.Create())
{
    commands.Add(candidate);
}

return await commands.Parse(args).InvokeAsync();
