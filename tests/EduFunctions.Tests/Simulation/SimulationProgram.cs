using System.Diagnostics;
using System.Globalization;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Plays seeds in a process of its own, since it has to know when nobody computes any more: <c>dotnet EduFunctions.Tests.dll FIRST LAST [calm]
/// [log=FOLDER]</c>. A line for each seed tells what went wrong; the course of such a seed is written into the folder. <c>campaign MINUTES SEED</c> does the
/// like with real processes, whose moments no seed brings back.
/// </summary>
internal static class SimulationProgram
{
    public static async Task<int> Main(string[] arguments) => arguments is ["campaign", var minutes, var seed]
        ? await CampaignAsync(TimeSpan.FromMinutes(Number(minutes)), new Random(Number(seed)))
        : Play(Number(arguments[0]), Number(arguments[1]), arguments.Contains("calm") ? Misfortune.None : Misfortune.Usual, FolderOf(arguments));

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
                File.WriteAllText(Path.Combine(folder, $"seed-{number}.txt"), seed.Trace);
            }
        }

        Console.WriteLine($"{last - first + 1} seeds, {failed} failed, {operations} operations, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {Told(happened)}");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<int> CampaignAsync(TimeSpan length, Random random)
    {
        var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        var (began, campaign, rounds, failed) = (Stopwatch.GetTimestamp(), new ProcessCampaign(azurite, random), 0, 0);
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var problems = await campaign.RoundAsync();
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
