using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Verifying;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>verify</c>: proves that a tenant's records are those that were sealed, and all of them.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var head = new Option<string?>("--head") { Description = "The head that an earlier verification printed: proves that nothing up to there was taken away." };
        head.Validators.Add(given =>
        {
            if (given.Tokens is [var hash] && !Regex.IsMatch(hash.Value, "^[0-9a-f]{64}$"))
            {
                given.AddError("--head must be a head as verify prints it: 64 digits from 0 to f.");
            }
        });
        var storage = Options.Storage();
        var command = new Command("verify", "Proves that nothing of a tenant's record was changed or removed.") { tenant, head, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var result = await RunAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(head), ct);
            Console.WriteLine(JsonSerializer.Serialize(result, Serialization.Indented));
            return result.Problems.Count == 0 ? ExitCodes.Good : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<VerificationResult> RunAsync(CommandServices services, string tenant, string? head, CancellationToken ct)
    {
        try
        {
            var settings = await services.Get<TenantStore>().ReadSettingsAsync(tenant, ct);
            return await services.Get<Verification>().RunAsync(tenant, settings.Privacy, head, ct);
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }
}
