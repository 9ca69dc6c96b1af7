using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>alarms test</c>: tells everybody whom alarms go to that they arrive.</summary>
internal static class AlarmsCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A tenant file." };
        var test = new Command("test", "Sends a trial to every chat channel and mailbox of the file.") { file };
        test.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = LocalServices.Build(LocalSettings.Read());
            var read = await TenantFile.ReadAsync(parsed.GetValue(file)!, services.GetRequiredService<TenantReader>(), ct);
            read.Problems.ToList().ForEach(Console.WriteLine);
            return read.Reading.Tenant is { } tenant
                ? await RunAsync(services.GetRequiredService<AlarmTrial>(), tenant, parsed.GetValue(file)!, ct)
                : ExitCodes.BadConfiguration;
        }));
        return new Command("alarms", "Who is told when something needs somebody.") { test };
    }

    private static async Task<int> RunAsync(AlarmTrial trial, Tenant tenant, string file, CancellationToken ct)
    {
        var (told, exitCode) = (0, ExitCodes.Good);
        await foreach (var (receiver, problem) in trial.RunAsync(tenant, ct))
        {
            told++;
            Console.WriteLine($"{file}: $.alarms.{receiver}: {problem ?? "told"}");
            exitCode = problem is null ? exitCode : ExitCodes.Failed;
        }

        return told > 0 ? exitCode
            : throw new CommandException(ExitCodes.BadConfiguration, $"{file}: $.alarms names neither a webhook nor a mailbox, so nobody would be told of anything.");
    }
}
