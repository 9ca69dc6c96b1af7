using System.CommandLine;
using BenchmarkDotNet.Running;
using EduFunctions.Benchmarks.Functions;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>functions</c>: BenchmarkDotNet on the functions a night calls most.</summary>
internal static class FunctionsCommand
{
    public static Command Create()
    {
        var command = new Command("functions", "The hot functions, one by one.");
        command.SetAction(_ => BenchmarkRunner.Run([typeof(HotFunctions), typeof(PageReading)]));
        return command;
    }
}
