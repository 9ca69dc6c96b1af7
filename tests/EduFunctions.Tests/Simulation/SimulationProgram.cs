using System.Diagnostics;
using System.Globalization;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Plays seeds in a process of its own, since it has to know when nobody computes any more: <c>dotnet EduFunctions.Tests.dll FIRST LAST [calm]
/// [log=FOLDER]</c>. A line for each seed tells what went wrong; the course of such a seed is written into the folder. <c>freezes FIRST LAST STEP</c> has a
/// host stand still before each of these operations of one and the same nights. <c>campaign MINUTES SEED [serve]</c> does the like of both with
/// real processes, whose moments no seed brings back.
/// </summary>
internal static class SimulationProgram
{
    /// <summary>So that it wakes up in the same night, when another one has done its work, or after the next one.</summary>
    private static readonly int[] FrozenSeconds = [4200, 90_000];

    public static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["campaign", var minutes, var seed, .. var what] =>
            await CampaignAsync(TimeSpan.FromMinutes(Number(minutes)), new Random(Number(seed)), isServed: what is ["serve"]),
        ["freezes", var first, var last, var step, ..] => Freeze(Number(first), Number(last), Number(step), FolderOf(arguments)),
        _ => Play(Number(arguments[0]), Number(arguments[1]), arguments.Contains("calm") ? Misfortune.None : Misfortune.Usual, FolderOf(arguments)),
    };

    /// <summary>The same nights again and again, in which nothing goes wrong but that a host stands still before another operation each time.</summary>
    private static int Freeze(int first, int last, int step, string? folder)
    {
        var (began, plays, failed) = (Stopwatch.GetTimestamp(), 0, 0);
        for (var operation = first; operation <= last; operation += step)
        {
            foreach (var seconds in FrozenSeconds)
            {
                using var seed = new SimulatedSeed(1, Misfortune.None with { FreezeAt = (operation, seconds) }, SimulatedLength.Short);
                var problems = seed.Play();
                failed += problems.Count > 0 ? 1 : 0;
                plays += 1;
                Console.WriteLine($"freeze {operation} {seconds} {seed.Met}{Verdict(problems)}");
                if (folder is not null && problems.Count > 0)
                {
                    File.WriteAllText(Path.Combine(folder, $"freeze-{operation}-{seconds}.txt"), seed.Trace);
                }
            }
        }

        Console.WriteLine($"{plays} freezes, {failed} failed, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        return failed == 0 ? 0 : 1;
    }

    private static int Play(int first, int last, Misfortune fortune, string? folder)
    {
        var (began, operations, failed, happened) = (Stopwatch.GetTimestamp(), 0L, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (var number = first; number <= last; number++)
        {
            var started = Stopwatch.GetTimestamp();
            using var seed = new SimulatedSeed(number, fortune);
            var problems = seed.Play();
            operations += seed.Operations;
            failed += problems.Count > 0 ? 1 : 0;
            seed.Happened.ToList().ForEach(each => happened[each.Key] = happened.GetValueOrDefault(each.Key) + each.Value);
            Console.WriteLine($"seed {number} {seed.Print} {seed.Operations} operations {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s{Verdict(problems)}");
            if (folder is not null && (problems.Count > 0 || first == last))
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, $"seed-{number}.txt"), seed.Trace);
            }
        }

        Console.WriteLine($"{last - first + 1} seeds, {failed} failed, {operations} operations, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {Told(happened)}");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<int> CampaignAsync(TimeSpan length, Random random, bool isServed)
    {
        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var (began, campaign, rounds, failed) = (Stopwatch.GetTimestamp(), new ProcessCampaign(azurite, random), 0, 0);
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var problems = isServed ? await campaign.ServedRoundAsync() : await campaign.RoundAsync();
            failed += problems.Count > 0 ? 1 : 0;
            Console.WriteLine($"night {++rounds}{Verdict(problems)}");
        }

        await azurite.DisposeAsync();
        Console.WriteLine($"{rounds} nights, {failed} failed, {Stopwatch.GetElapsedTime(began).TotalMinutes:0} minutes: {Told(campaign.Happened)}");
        return failed == 0 ? 0 : 1;
    }

    private static string Verdict(IReadOnlyCollection<string> problems) => problems.Count == 0 ? "" : $" WRONG {string.Join("; ", problems)}";

    private static string Told(IEnumerable<KeyValuePair<string, int>> happened) => string.Join(", ", happened.Select(pair => $"{pair.Value} {pair.Key}"));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? FolderOf(IEnumerable<string> arguments) =>
        arguments.FirstOrDefault(text => text.StartsWith("log=", StringComparison.Ordinal))?["log=".Length..];
}
