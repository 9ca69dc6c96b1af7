using System.CommandLine;
using System.Text;
using System.Text.Json;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Probing;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>probe</c>: asks a register what a roster client needs to know, and changes nothing.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var register = new ProbeOptions();
        var tenant = new Option<string?>("--tenant") { Description = "A tenant file whose source is probed, instead of an address." };
        var json = Options.Json();
        var report = new Option<FileInfo?>("--report") { Description = "File that gets a report for who makes the register (Markdown)." };
        var requests = new Option<int>("--requests") { Description = "Calls at most.", DefaultValueFactory = _ => ProbeLimits.UsualRequests };
        var minutes = new Option<int>("--minutes") { Description = "Minutes at most.", DefaultValueFactory = _ => ProbeLimits.UsualMinutes };
        var command = new Command("probe", "Asks a register (SS 12000) what a roster client needs to know; changes nothing, shows nobody.") { tenant, json, report, requests, minutes };
        register.All.ToList().ForEach(command.Options.Add);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = LocalServices.Build(LocalSettings.Read());
            var settings = await SettingsAsync(services, register, parsed, parsed.GetValue(tenant), ct);
            var seen = await RunAsync(services, settings, LimitsOf(parsed.GetValue(requests), parsed.GetValue(minutes)), ct);
            Console.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(seen, Serialization.Indented) + "\n" : ProbeText.Of(seen));
            if (parsed.GetValue(report) is { } file)
            {
                await WriteAsync(file, SupplierReport.Of(seen), ct);
            }

            return seen.IsSufficient ? ExitCodes.Good : ExitCodes.BadConfiguration;
        }));
        return command;
    }

    private static async Task<RegisterSettings> SettingsAsync(ServiceProvider services, ProbeOptions register, ParseResult parsed, string? tenant, CancellationToken ct)
    {
        if (register.IsGiven(parsed) == tenant is not null)
        {
            throw new CommandException(ExitCodes.BadConfiguration, "probe wants --base-url or --tenant, and not both.");
        }

        if (tenant is null)
        {
            return register.Read(parsed);
        }

        var file = await TenantFile.ReadAsync(tenant, services.GetRequiredService<TenantReader>(), ct);
        return file.Reading.Tenant is null ? throw new CommandException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, file.Problems))
            : file.Reading.Tenant.Source as RegisterSettings
                ?? throw new CommandException(ExitCodes.BadConfiguration, $"{tenant}: the source is no SS 12000 register, so it cannot be probed.");
    }

    private static ProbeLimits LimitsOf(int requests, int minutes) => requests is > 0 and <= 100_000 && minutes is > 0 and <= 24 * 60
        ? new ProbeLimits { Requests = requests, Time = TimeSpan.FromMinutes(minutes) }
        : throw new CommandException(ExitCodes.BadConfiguration, "--requests must be 1 to 100000, --minutes 1 to 1440.");

    private static async Task<ProbeReport> RunAsync(ServiceProvider services, RegisterSettings settings, ProbeLimits limits, CancellationToken ct)
    {
        try
        {
            return await services.GetRequiredService<RegisterProbe>().RunAsync(settings, limits, ct);
        }
        catch (RunHeldException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new CommandException(ExitCodes.Failed, "Stopped. The register is as it was, and nothing was written.");
        }
    }

    private static async Task WriteAsync(FileInfo file, string report, CancellationToken ct)
    {
        try
        {
            PrivateFiles.Folder(file.DirectoryName!);
            await PrivateFiles.WriteAsync(file.FullName, Encoding.UTF8.GetBytes(report), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Failed, $"--report: {e.Message}");
        }
    }
}
