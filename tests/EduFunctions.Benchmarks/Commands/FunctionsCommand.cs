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
    public static Command Create()
    {
        var command = new Command("functions", "The hot functions, one by one.");
        command.SetAction(_ =>
        {
            using var work = new WorkFolder(kept: null);
            var config = DefaultConfig.Instance
                .WithArtifactsPath(work.Folder.FullName)
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            BenchmarkRunner.Run([typeof(HotFunctions), typeof(TokenReading), typeof(PageReading), typeof(RowScanning)], config);
        });
        return command;
    }
}
