using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>list</c>: what stands behind a number of a run, for a spreadsheet or as JSON.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var list = new Option<string>("--list") { Description = $"Which: {string.Join(", ", RunList.All)}.", Required = true };
        var run = new Option<string?>("--run") { Description = "The run; default the latest one that came to decisions." };
        var feed = new Option<string?>("--feed") { Description = "The feed whose plan is listed." };
        var code = new Option<string?>("--code") { Description = "Only this rule or finding." };
        var school = new Option<string?>("--school") { Description = "Only this school, by its id." };
        var kind = new Option<string?>("--kind")
        {
            Description = "Only this kind, written as one or several: of left-out student, staff, guardian; of findings such as person and group; of a plan also section, membership.",
        };
        var names = new Option<bool>("--names") { Description = "Of a plan also what people are called, before and after." };
        var language = new Option<string?>("--language") { Description = "sv, da or en; default the tenant's." };
        var isProtected = new Option<bool>("--protected") { Description = "Protected persons too; for whoever looks after protection." };
        var json = Options.Json();
        var storage = Options.Storage();
        var command = new Command("list", "Whom a number of a run counts: ids with their school, and what to correct where, as CSV.")
        {
            tenant, list, run, feed, code, school, kind, names, language, isProtected, json, storage,
        };
        list.AcceptOnlyFromAmong([.. RunList.All]);
        language.AcceptOnlyFromAmong([.. Language.All.Select(known => known.Code)]);
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var wanted = new Wanted(parsed.GetValue(tenant)!, parsed.GetValue(run), parsed.GetValue(list)!, parsed.GetValue(feed), parsed.GetValue(isProtected), parsed.GetValue(names))
            {
                Code = parsed.GetValue(code),
                School = parsed.GetValue(school),
                Kind = parsed.GetValue(kind),
            };
            var found = (await FindAsync(services, wanted, asker.Of(parsed), ct)).Of(wanted.Code, wanted.School, wanted.Kind);
            Console.Write(parsed.GetValue(json)
                ? JsonSerializer.Serialize(found, Serialization.Indented) + Environment.NewLine
                : services.Get<ListCsv>().Of(found, Language.Of(parsed.GetValue(language) ?? await LanguageOfAsync(services, wanted.Tenant, ct))));
            if (found.Rows.Count == 0)
            {
                await Console.Error.WriteLineAsync("Nothing in this list is so.");
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    /// <summary>As its alarms have it; of a tenant whose file cannot be used nobody knows.</summary>
    private static async Task<string> LanguageOfAsync(CommandServices services, string tenant, CancellationToken ct)
    {
        try
        {
            return (await services.Get<TenantStore>().ReadSettingsAsync(tenant, ct)).Language;
        }
        catch (TenantRefusedException)
        {
            return Language.English.Code;
        }
    }

    private static async Task<RunList> FindAsync(CommandServices services, Wanted wanted, Asker by, CancellationToken ct)
    {
        var run = wanted.Run is { } named ? Options.Checked(named) : (await services.Get<People>().FindLatestAsync(wanted.Tenant, before: null, ct))?.Run;
        if (run is null || await services.Get<RunLists>().FindAsync(wanted.Tenant, run, wanted.List, wanted.Feed, wanted.IsProtected, wanted.HasNames, ct) is not { } found)
        {
            throw new CommandException(
                ExitCodes.BadConfiguration,
                $"Tenant {wanted.Tenant} has no such list{(run is null ? "" : $" of run {run}")}, or it is no longer kept. The list plan needs --feed.");
        }

        if (await services.Get<ListNarrowing>().FindUnknownAsync(found, wanted.Code, wanted.School, wanted.Kind, ct) is { } unknown)
        {
            throw new CommandException(ExitCodes.BadConfiguration, unknown);
        }

        await services.Get<ActLog>().WriteAsync(
            new Act
            {
                Tenant = wanted.Tenant,
                Kind = ActKind.Download,
                By = by.Name,
                Reason = by.Reason,
                Run = run,
                Feed = wanted.Feed,
                What = wanted.HasNames ? [wanted.List, "names"] : [wanted.List],
            },
            ct);
        return found;
    }

    private sealed record Wanted(string Tenant, string? Run, string List, string? Feed, bool IsProtected, bool HasNames)
    {
        public string? Code { get; init; }

        public string? School { get; init; }

        public string? Kind { get; init; }
    }
}
