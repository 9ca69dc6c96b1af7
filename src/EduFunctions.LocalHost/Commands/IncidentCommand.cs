using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Incidents;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Retention;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>incident</c>: one folder with all that a report of an incident needs.</summary>
internal static class IncidentCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var person = new Option<string?>("--person") { Description = "The id of the person it is about: every run that is kept is looked through." };
        var run = new Option<string?>("--run") { Description = "The run it is about." };
        var noticed = new Option<string?>("--noticed") { Description = "When somebody became aware of it (such as 2026-09-02T07:30+02:00); default now." };
        var output = Options.Out("The folder to be made: a new one, or an empty one.", required: true);
        output.Validators.Add(IsEmpty);
        var storage = Options.Storage();
        var command = new Command("incident", "Who, what, where to and when, with proofs, of one person or one run.") { tenant, person, run, noticed, output, storage };
        var asker = AskerOptions.AddTo(command);
        command.Validators.Add(given =>
        {
            if (given.GetValue(person) is null == given.GetValue(run) is null)
            {
                given.AddError("Give --person or --run, one of them.");
            }
        });
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var time = Parse(parsed.GetValue(noticed));
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var collecting = services.Get<IncidentCollecting>();
            var report = parsed.GetValue(run) is { } name
                ? await collecting.OfRunAsync(parsed.GetValue(tenant)!, await services.RunAsync(parsed.GetValue(tenant)!, name, ct), time, asker.Of(parsed), ct)
                : await collecting.OfPersonAsync(parsed.GetValue(tenant)!, Options.Person(parsed.GetValue(person)!), time, asker.Of(parsed), Tell, ct);
            await WriteAsync(
                report ?? throw new CommandException(ExitCodes.BadConfiguration, await NothingAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(person), ct)),
                collecting, parsed.GetValue(output)!, ct);
            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<string> NothingAsync(CommandServices services, string tenant, string? person, CancellationToken ct)
    {
        if (person is null)
        {
            return $"Nothing of that run is kept of tenant {tenant}.";
        }

        var known = services.Get<KnownPersons>();
        return await known.HasAsync(tenant, Options.Person(person), ct)
            ? $"This person is in no run that is kept of tenant {tenant}, and in nothing that was sent."
            : UnknownPerson.Sentence(tenant, await known.FindPurgeAsync(tenant, person, ct));
    }

    /// <summary>What lies in a folder may be the report of another incident, and no proof may come to lie among another's.</summary>
    private static void IsEmpty(OptionResult given)
    {
        if (given.Tokens is [var path] && Directory.Exists(path.Value) && Directory.EnumerateFileSystemEntries(path.Value).Any())
        {
            given.AddError($"--out must name a folder that is new or empty, and there is something in {path.Value}.");
        }
    }

    /// <summary>Deadlines run from it: one that is to come would promise more time than there is.</summary>
    private static DateTimeOffset? Parse(string? noticed) =>
        noticed is null ? null
        : !DateTimeOffset.TryParse(noticed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? throw new CommandException(ExitCodes.BadConfiguration, $"--noticed must be a time such as 2026-09-02T07:30+02:00, not \"{noticed}\".")
        : time > TimeProvider.System.GetUtcNow()
            ? throw new CommandException(ExitCodes.BadConfiguration, $"--noticed must be a time that has been, and {noticed} is to come. Without a zone behind it a time is UTC.")
        : time;

    private static void Tell(int done, int of)
    {
        if (done == of || done % 10 == 0)
        {
            Console.Error.WriteLine($"{done} of {of} runs looked through");
        }
    }

    private static async Task WriteAsync(IncidentReport report, IncidentCollecting collecting, DirectoryInfo output, CancellationToken ct)
    {
        var folder = PrivateFiles.Folder(output.FullName);
        await PrivateFiles.WriteAsync(Path.Combine(folder, "report.md"), Encoding.UTF8.GetBytes(IncidentText.Of(report)), ct);
        await PrivateFiles.WriteAsync(Path.Combine(folder, "report.json"), JsonSerializer.SerializeToUtf8Bytes(report, Serialization.Indented), ct);
        await foreach (var (file, content) in collecting.ProofsAsync(report).WithCancellation(ct))
        {
            if (content.Length > 0)
            {
                var path = Path.Combine(folder, "proofs", file);
                PrivateFiles.Folder(Path.GetDirectoryName(path)!);
                await PrivateFiles.WriteAsync(path, content, ct);
            }
        }

        Console.WriteLine($"{report.Runs.Count} run{(report.Runs.Count == 1 ? "" : "s")}, given to {string.Join(", ", report.Recipients.DefaultIfEmpty("nobody"))}.");
        foreach (var deadline in report.Deadlines)
        {
            Console.WriteLine($"{deadline.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC  {deadline.For}");
        }

        Console.WriteLine($"{Path.Combine(folder, "report.md")} says what is known, and what you have to add.");
    }
}
