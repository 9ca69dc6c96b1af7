using System.CommandLine;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>What a comparison starts as processes of their own; the last line of each tells its processor time and peak memory.</summary>
internal static class CandidateCommands
{
    public const string Gunzip = "gunzip";
    public const string Floor = "floor";
    public const string Ours = "ours";
    public const string Protecting = "protecting";
    public const string DuckDb = "duckdb";
    public const string Again = "ours-again";

    public static IEnumerable<Command> Create() =>
    [
        Create(Gunzip, (pages, _, ct) => TokenWalk.GunzipAsync(pages, ct)),
        Create(Floor, (pages, _, ct) => TokenWalk.WalkAsync(pages, ct)),
        Create(Ours, (pages, output, ct) => RunAsync(new Candidates.Ours(pages, output), ct)),
        Create(Protecting, (pages, output, ct) => RunAsync(new Candidates.Ours(pages, output, protects: true), ct)),
        Create(DuckDb, Candidates.DuckDb.RunAsync),
        Create(Again, (pages, output, ct) => new Candidates.Again(pages, output).RunAsync(ct)),
    ];

    public static IEnumerable<string> Arguments(string candidate, PageFolder pages, DirectoryInfo output) =>
        [candidate, "--pages", pages.Path, "--out", output.FullName];

    private static async Task RunAsync(Candidates.Ours ours, CancellationToken ct)
    {
        await ours.RunAsync(ct);
        Console.WriteLine(ours.Steps.ToJson());
    }

    private static Command Create(string name, Func<PageFolder, DirectoryInfo, CancellationToken, Task> run)
    {
        var pages = new Option<DirectoryInfo>("--pages") { Required = true };
        var output = new Option<DirectoryInfo>("--out") { Required = true };
        var command = new Command(name) { pages, output };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            await run(new PageFolder(parsed.GetValue(pages)!), parsed.GetValue(output)!, ct);
            Console.WriteLine(SelfUsage.Read().ToJson());
        });
        return command;
    }
}
