using System.CommandLine;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Commands;

var commands = new RootCommand("Speed, memory and scale of EduFunctions, measured (docs/performance.md).") { CompareCommand.Create() };
foreach (var candidate in CandidateCommands.Create())
{
    commands.Add(candidate);
}

return await commands.Parse(args).InvokeAsync();
