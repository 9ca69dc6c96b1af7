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
            var connecting = opened is null ? null : new Connecting(opened.Get<ConnectionTests>(), opened.Get<AlarmTrial>(), opened.Get<TenantStore>());
            var (others, outcomes) = (await OthersAsync(parsed.GetValue(files)!, connecting, ct), new List<int>());
            foreach (var path in parsed.GetValue(files)!)
            {
                outcomes.Add(await ValidateAsync(reader, sources, others, connecting, path, ct));
            }

            return ExitCodes.Of(outcomes);
        }));
        return command;
    }

    /// <summary>All that can be told of a file: what is wrong in one part keeps no other from being looked at.</summary>
    /// <param name="others">By id, what tenants are called.</param>
    private static async Task<int> ValidateAsync(
        TenantReader reader, Catalog<ISource> sources, Dictionary<string, string> others, Connecting? connecting, string path, CancellationToken ct)
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

            TenantWarnings.Of(file, tenant, sources, others).ToList().ForEach(Console.WriteLine);

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

    /// <summary>By id, what the tenants are called that will stand beside each other: those of the files' folders, and of the storage where one is open.</summary>
    private static async Task<Dictionary<string, string>> OthersAsync(string[] files, Connecting? connecting, CancellationToken ct)
    {
        var others = await TenantWarnings.NamesAsync(files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct(), ct);
        foreach (var (id, name) in connecting is null ? new Dictionary<string, string>() : await connecting.Tenants.NamesAsync(ct))
        {
            others.TryAdd(id, name);
        }

        return others;
    }

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

    /// <summary>What tries connections, and who stands in the storage.</summary>
    private sealed record Connecting(ConnectionTests Tests, AlarmTrial Alarms, TenantStore Tenants);
}
