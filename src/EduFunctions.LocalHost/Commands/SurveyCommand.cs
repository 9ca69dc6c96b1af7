using System.CommandLine;
using System.Text.Json;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Surveying;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>survey</c>: what a register has and what a tenant file would make of it, before the first night.</summary>
internal static class SurveyCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--tenant") { Description = "The tenant file.", Required = true };
        var date = Options.Date();
        var output = Options.Out("Folder that gets the survey as text and as JSON.");
        var storage = Options.Storage();
        var command = new Command("survey", "Pulls once and tells what the register has and what a tenant file makes of it; delivers and keeps nothing.")
        {
            file, date, output, storage,
        };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            var tenant = await ReadAsync(services, parsed.GetValue(file)!, ct);
            var survey = await RunAsync(services, tenant, Options.Parse(parsed.GetValue(date)) ?? tenant.DateAt(TimeProvider.System.GetUtcNow()), ct);
            var text = services.Get<SurveyText>().Of(survey);
            Console.Write(text);
            if (parsed.GetValue(output) is { } folder)
            {
                await WriteAsync(folder, tenant.Id, text, survey, ct);
            }

            return survey.Held is null ? ExitCodes.Good : ExitCodes.Held;
        }));
        return command;
    }

    private static async Task<Tenant> ReadAsync(CommandServices services, string path, CancellationToken ct)
    {
        var file = await TenantFile.ReadAsync(path, services.Get<TenantReader>(), ct);
        var problems = file.ProblemsAndPlaceholders.ToList();
        return problems.Count == 0 ? file.Reading.Tenant! : throw new CommandException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, problems));
    }

    private static async Task<Survey> RunAsync(CommandServices services, Tenant tenant, DateOnly date, CancellationToken ct)
    {
        try
        {
            using (new ProgressLines(services.Get<RunProgress>()))
            {
                return await services.Get<Surveyor>().RunAsync(tenant, date, ct);
            }
        }
        catch (RunHeldException e)
        {
            throw new CommandException(ExitCodes.Held, e.Message);
        }
    }

    private static async Task WriteAsync(DirectoryInfo folder, string tenant, string text, Survey survey, CancellationToken ct)
    {
        var target = PrivateFiles.Folder(folder.FullName);
        await PrivateFiles.WriteAsync(Path.Combine(target, $"{tenant}-survey.txt"), System.Text.Encoding.UTF8.GetBytes(text), ct);
        await PrivateFiles.WriteAsync(Path.Combine(target, $"{tenant}-survey.json"), JsonSerializer.SerializeToUtf8Bytes(survey, Serialization.Indented), ct);
    }
}
