using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Functions;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>functions</c>: BenchmarkDotNet on the functions a night calls most.</summary>
internal static class FunctionsCommand
{
    private static readonly Type[] Groups =
        [typeof(HotFunctions), typeof(IdsAndTexts), typeof(CsvRows), typeof(Scanning), typeof(TokenReading), typeof(PageReading), typeof(RowScanning)];

    public static Command Create()
    {
        var only = new Option<string>("--only") { Description = "The group of functions with this name, such as CsvRows; all when it is missing." };
        var command = new Command("functions", "The hot functions, one by one.") { only };
        command.SetAction(arguments =>
        {
            using var work = new WorkFolder(kept: null);
            var config = DefaultConfig.Instance
                .WithArtifactsPath(work.Folder.FullName)
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            BenchmarkRunner.Run([.. Groups.Where(group => group.Name == (arguments.GetValue(only) ?? group.Name))], config);
        });
        return command;
    }
}
