using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EduFunctions.Mutants;

internal sealed record TestedClass(string Name, double Seconds, IReadOnlyList<int> Met, IReadOnlyList<string> Failed);

internal enum MutantFate
{
    Killed,
    TimedOut,
    Survived,
    Accepted,
}

/// <param name="By">The test that failed first, or why it may live.</param>
internal sealed record Trial(Mutant Mutant, MutantFate Fate, string By, double Seconds);

/// <summary>The fast tests run without a mutant, then for each mutant those that meet it, the quickest first, until one fails.</summary>
internal sealed class Trials
{
    private readonly string _program;
    private readonly string _folder;
    private readonly string _known;

    private Trials(string program, string folder, IReadOnlyList<TestedClass> classes)
    {
        (_program, _folder, Classes) = (program, folder, classes);
        _known = Path.Combine(folder, "known.txt");
        File.WriteAllLines(_known, classes.SelectMany(tested => tested.Failed));
    }

    public IReadOnlyList<TestedClass> Classes { get; }

    /// <param name="also">Parts of names: classes that are tried although they are not fast.</param>
    /// <param name="again">Whether what was recorded before is good.</param>
    public static Trials Record(string program, string folder, IEnumerable<string> also, bool again)
    {
        var file = Path.Combine(folder, "classes.json");
        if (again)
        {
            return new Trials(program, folder, Read(file));
        }

        using var process = Start(program, null, ["record", file, .. also]);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new Trials(program, folder, Read(file))
            : throw new InvalidOperationException("The tests did not come to their end without a mutant.");
    }

    /// <param name="thoroughly">A mutant that lives is shown to all other tests too: what was made once for all belongs to whichever class came first.</param>
    public Trial Try(Mutant mutant, bool thoroughly)
    {
        var clock = Stopwatch.StartNew();
        var meeting = Classes.Where(tested => mutant.Everywhere || tested.Met.Contains(mutant.Id)).ToList();
        var (fate, by) = Try(mutant, meeting);
        if (fate == MutantFate.Survived && thoroughly)
        {
            (fate, by) = Try(mutant, Classes.Except(meeting));
        }

        return new Trial(mutant, fate, fate == MutantFate.Survived && meeting.Count == 0 ? "no test meets it" : by, clock.Elapsed.TotalSeconds);
    }

    private static List<TestedClass> Read(string file) => JsonSerializer.Deserialize<List<TestedClass>>(File.ReadAllText(file))!;

    private (MutantFate Fate, string By) Try(Mutant mutant, IEnumerable<TestedClass> classes)
    {
        var chosen = classes.OrderBy(tested => tested.Seconds).ToList();
        if (chosen.Count == 0)
        {
            return (MutantFate.Survived, "");
        }

        var file = Path.Combine(_folder, $"try-{mutant.Id}.txt");
        File.WriteAllLines(file, chosen.Select(tested => tested.Name));
        using var process = Start(_program, mutant, ["try", file, _known]);
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60 + (4 * chosen.Sum(tested => tested.Seconds)))))
        {
            process.Kill(entireProcessTree: true);
            return (MutantFate.TimedOut, "");
        }

        var told = output.Result.Split('\n').LastOrDefault(line => line.StartsWith("killed by ", StringComparison.Ordinal));
        return process.ExitCode == 0 ? (MutantFate.Survived, "") : (MutantFate.Killed, told?["killed by ".Length..] ?? $"the end of the process, {process.ExitCode}");
    }

    private static Process Start(string program, Mutant? mutant, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program) };
        start.Environment["EDUFUNCTIONS_MUTANT"] = mutant?.Id.ToString(CultureInfo.InvariantCulture) ?? "";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
