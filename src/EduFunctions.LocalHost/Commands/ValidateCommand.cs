using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Connections;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>validate</c>: checks tenant files and the secrets they name.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Tenant files.", Arity = ArgumentArity.OneOrMore };
        var connect = new Option<bool>("--connect") { Description = "Also try every connection, without changing anything on the other side." };
        var command = new Command("validate", "Checks tenant files; prints path, line and cause of every error.") { files, connect };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = LocalServices.Build(LocalSettings.Read());
            var reader = services.GetRequiredService<TenantReader>();
            var tests = parsed.GetValue(connect) ? services.GetRequiredService<ConnectionTests>() : null;
            var outcomes = new List<int>();
            foreach (var path in parsed.GetValue(files)!)
            {
                outcomes.Add(await ValidateAsync(reader, tests, path, ct));
            }

            return ExitCodes.Of(outcomes);
        }));
        return command;
    }

    private static async Task<int> ValidateAsync(TenantReader reader, ConnectionTests? tests, string path, CancellationToken ct)
    {
        try
        {
            var file = await TenantFile.ReadAsync(path, reader, ct);
            var problems = file.Problems.DefaultIfEmpty($"{path}: good (tenant {file.Id})");
            Console.WriteLine(string.Join(Environment.NewLine, problems));
            return file.Reading.Tenant is not { } tenant ? ExitCodes.BadConfiguration
                : tests is null ? ExitCodes.Good
                : await ConnectAsync(tests, tenant, path, ct);
        }
        catch (CommandException e)
        {
            Console.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    private static async Task<int> ConnectAsync(ConnectionTests tests, Tenant tenant, string path, CancellationToken ct)
    {
        var exitCode = ExitCodes.Good;
        await foreach (var (settings, check) in tests.RunAsync(tenant, ct))
        {
            Console.WriteLine($"{path}: {settings}: {check.Subject}: {check.Problem ?? "good"}");
            exitCode = check.Problem is null ? exitCode : ExitCodes.Failed;
        }

        return exitCode;
    }
}
