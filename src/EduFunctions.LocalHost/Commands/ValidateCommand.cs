using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>validate</c>: checks tenant files and the secrets they name.</summary>
internal static class ValidateCommand
{
    /// <summary>Summers are shorter, and a window that was meant the other way round is longer.</summary>
    private const int MostDaysOfRollover = 180;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Tenant files.", Arity = ArgumentArity.OneOrMore };
        var connect = new Option<bool>("--connect") { Description = "Also try every connection, without changing anything on the other side." };
        var storage = Options.Storage();
        var command = new Command("validate", "Checks tenant files; prints path, line and cause of every error.") { files, connect, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            // Some sources count their calls in the storage, those that are made to try included; files alone need none.
            await using var opened = parsed.GetValue(connect) ? await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct) : null;
            await using var services = opened is null ? LocalServices.Build(LocalSettings.Read()) : null;
            var reader = opened?.Get<TenantReader>() ?? services!.GetRequiredService<TenantReader>();
            var sources = opened?.Get<Catalog<ISource>>() ?? services!.GetRequiredService<Catalog<ISource>>();
            var connecting = opened is null ? null : new Connecting(opened.Get<ConnectionTests>(), opened.Get<AlarmTrial>());
            var outcomes = new List<int>();
            foreach (var path in parsed.GetValue(files)!)
            {
                outcomes.Add(await ValidateAsync(reader, sources, connecting, path, ct));
            }

            return ExitCodes.Of(outcomes);
        }));
        return command;
    }

    /// <summary>All that can be told of a file: what is wrong in one part keeps no other from being looked at.</summary>
    private static async Task<int> ValidateAsync(TenantReader reader, Catalog<ISource> sources, Connecting? connecting, string path, CancellationToken ct)
    {
        try
        {
            var file = await TenantFile.ReadAsync(path, reader, ct);
            var problems = file.ProblemsAndPlaceholders.ToList();
            Console.WriteLine(string.Join(Environment.NewLine, problems.DefaultIfEmpty($"{path}: the file is good (tenant {file.Id})")));
            if ((file.Reading.Tenant ?? file.Reading.Draft) is not { } tenant)
            {
                return ExitCodes.BadConfiguration;
            }

            foreach (var warning in Warnings(tenant, sources).Where(warning => !file.WrongPlaces.Any(place => Paths.Meet(place, warning.Path))))
            {
                Console.WriteLine($"{path}: {warning.Text}");
            }

            // Of a file that is wrong that counts, whatever its connections are.
            var connections = connecting is null ? ExitCodes.Good : await ConnectAsync(connecting, tenant, file, ct);
            return problems.Count > 0 ? ExitCodes.BadConfiguration : connections;
        }
        catch (CommandException e)
        {
            Console.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    /// <summary>What may be meant and should be known.</summary>
    private static IEnumerable<(string Path, string Text)> Warnings(Tenant tenant, Catalog<ISource> sources) =>
        // Registers have values of their own, so one that no vocabulary has is no error.
        SettingValues.Unmatched(tenant, sources[tenant.Source.Type]).Select(unmatched => (unmatched.Path, $"{unmatched}"))
            .Concat(
                from feed in tenant.Feeds.Index()
                from told in feed.Item.Settings.Consequences()
                let place = $"$.feeds[{feed.Index}].settings.{told.Key}"
                select (place, $"{place}: {told.Consequence}"))
            .Concat(
                from feed in tenant.Feeds.Index()
                where feed.Item.Freeze?.EndedBy(tenant.DateAt(TimeProvider.System.GetUtcNow())) is not null
                let place = $"$.feeds[{feed.Index}].freeze.until"
                select (place, $"{place}: {feed.Item.Freeze!.Until} has come already, so nothing rests."))
            .Concat(
                from window in tenant.Guard.RolloverWindows.Index()
                let days = window.Item.CountDays()
                where days > MostDaysOfRollover
                let place = $"$.guard.rolloverWindows[{window.Index}]"
                select (place, $"{place}: it is open on {days} days of the year. Have from and to changed places?"));

    private static async Task<int> ConnectAsync(Connecting connecting, Tenant tenant, TenantFile file, CancellationToken ct)
    {
        var (exitCode, path, wrong) = (ExitCodes.Good, file.Path, file.WrongPlaces);
        await using var tests = connecting.Tests.RunAsync(tenant, wrong, ct).GetAsyncEnumerator(ct);
        while (await WaitingWord.SayingAsync(tests.MoveNextAsync().AsTask(), $"the next connection of {path}", connecting.Tests.Patience))
        {
            var (settings, check) = tests.Current;
            Say(settings, $"{check.Subject}: {check.Problem ?? "good"}{(check is { Problem: not null, Asked: { } asked } ? $" (Asked: {asked})" : "")}", check.Problem);
        }

        foreach (var untried in connecting.Tests.Untried(tenant, wrong))
        {
            Say(untried, "not tried, since something in it is wrong", problem: null);
        }

        if (!wrong.Any(place => Paths.Meet(place, "$.alarms")))
        {
            await foreach (var (receiver, problem) in connecting.Alarms.ReachAsync(tenant, ct))
            {
                Say($"$.alarms.{receiver}", problem ?? $"can be reached; whether a message arrives: alarms test {path}", problem);
            }
        }

        foreach (var (settings, open) in connecting.Tests.OnlyANightTells(tenant))
        {
            Say(settings, $"only a night tells whether {open}", problem: null);
        }

        return exitCode;

        void Say(string settings, string words, string? problem)
        {
            Console.WriteLine($"{path}: {settings}: {words}");
            exitCode = problem is null ? exitCode : ExitCodes.Failed;
        }
    }

    /// <summary>What tries connections.</summary>
    private sealed record Connecting(ConnectionTests Tests, AlarmTrial Alarms);
}
