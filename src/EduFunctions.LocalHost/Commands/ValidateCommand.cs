using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>validate</c>: checks tenant files and the secrets they name.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Tenant files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Checks tenant files; prints path, line and cause of every error.") { files };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = LocalServices.Build(LocalSettings.Read());
            var reader = services.GetRequiredService<TenantReader>();
            var exitCode = ExitCodes.Good;
            foreach (var path in parsed.GetValue(files)!)
            {
                exitCode = Math.Max(exitCode, await ValidateAsync(reader, path, ct));
            }

            return exitCode;
        }));
        return command;
    }

    private static async Task<int> ValidateAsync(TenantReader reader, string path, CancellationToken ct)
    {
        try
        {
            var file = await TenantFile.ReadAsync(path, reader, ct);
            var problems = file.Problems.DefaultIfEmpty($"{path}: good (tenant {file.Id})");
            Console.WriteLine(string.Join(Environment.NewLine, problems));
            return file.Reading.Tenant is null ? ExitCodes.BadConfiguration : ExitCodes.Good;
        }
        catch (CommandException e)
        {
            Console.WriteLine(e.Message);
            return e.ExitCode;
        }
    }
}
