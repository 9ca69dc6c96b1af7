using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>check</c>: tells what a target would refuse of files, whoever has made them. Needs no tenant, no storage and no network.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "A zip, a folder, or single files.", Arity = ArgumentArity.ZeroOrMore };
        var type = new Option<string>("--type") { Description = "Whose files they are: a type of feed, such as appleSchoolManager.", Required = true };
        var json = Options.Json();
        var sarif = new Option<bool>("--sarif") { Description = "As SARIF 2.1.0, for code scanning and editors." };
        var rules = new Option<bool>("--rules") { Description = "Lists the target's rules with their sources, and checks nothing." };
        var command = new Command("check", "Tells what a target would refuse of files that anybody has made: by rule, file, line and character, never a value.")
        {
            files, type, json, sarif, rules,
        };
        command.SetAction((parsed, _) => CommandRun.RunAsync(() => Task.FromResult(Run(
            parsed.GetValue(type)!, parsed.GetValue(files) ?? [], parsed.GetValue(rules) ? CheckOutput.Rules : null,
            parsed.GetValue(sarif) ? SarifLog.Write : parsed.GetValue(json) ? CheckOutput.Json : CheckOutput.Text))));
        return command;
    }

    private static int Run(string type, string[] paths, Action<ITargetCheck>? list, Action<CheckOutcome> write)
    {
        using var services = LocalServices.Build(LocalSettings.Read());
        var checks = services.GetServices<ITargetCheck>().ToDictionary(check => check.Type, StringComparer.Ordinal);
        if (!checks.TryGetValue(type, out var check))
        {
            throw new CommandException(ExitCodes.Failed, $"--type must be one of {string.Join(", ", checks.Keys.Order(StringComparer.Ordinal))}, not \"{type}\".");
        }

        if (list is not null)
        {
            list(check);
            return ExitCodes.Good;
        }

        if (paths.Length == 0)
        {
            throw new CommandException(ExitCodes.Failed, "Name a zip, a folder or files to check.");
        }

        var report = Check(check, paths);
        write(new CheckOutcome(check, paths, report));
        if (report.Files == 0 && !report.HasErrors)
        {
            throw new CommandException(ExitCodes.Failed, $"None of the files is one that {type} has: nothing was checked.");
        }

        return report.HasErrors ? ExitCodes.BadConfiguration : ExitCodes.Good;
    }

    private static CheckReport Check(ITargetCheck check, string[] paths)
    {
        var report = new CheckReport(isOurs: false);
        try
        {
            using var files = CheckedFiles.Of(paths);
            if (files.LeftByFileManagers > 0)
            {
                report.Note($"{files.LeftByFileManagers} files that file managers leave (__MACOSX, .DS_Store) were passed over.");
            }

            foreach (var name in files.Doubled)
            {
                report.Note($"More than one file is called {name}: a target that knows files by their names has one of them, and the first alone may have been read.");
            }

            check.Check(files, report);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException(ExitCodes.Failed, $"The files cannot be read: {e.Message}");
        }
    }
}

/// <summary>A check that has come to its end.</summary>
/// <param name="Paths">What was to be checked.</param>
internal sealed record CheckOutcome(ITargetCheck Check, IReadOnlyList<string> Paths, CheckReport Report);
