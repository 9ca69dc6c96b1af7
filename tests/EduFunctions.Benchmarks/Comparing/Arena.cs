using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;

namespace EduFunctions.Benchmarks.Comparing;

/// <summary>Candidates in turn on the same pages, round after round, so that a busy minute of the machine hits all of them.</summary>
internal sealed class Arena(PageFolder pages, WorkFolder work)
{
    private readonly Dictionary<string, DirectoryInfo> _outputs = [];

    public async Task<MeasuredRounds> MeasureAsync(IReadOnlyList<string> candidates, int rounds, Action<string> progress, CancellationToken ct)
    {
        await new Ours(pages, work.Fresh("previous")).PrepareAsync(ct);
        var measured = new List<MeasuredRound>();

        // Round 0 is not counted: in it a virtual machine takes memory that it has not used before, which is dearer than what is then done with it.
        for (var round = 0; round <= rounds; round++)
        {
            var (load, runs) = (Machine.Load(), new Dictionary<string, Measurement>());
            foreach (var candidate in candidates)
            {
                // Writing over a file, a file system waits for the disk.
                _outputs[candidate] = work.Fresh($"out-{candidate}");
                runs[candidate] = await ChildProcess.MeasureAsync(CandidateCommands.Arguments(candidate, pages, _outputs[candidate]), ct);
                progress($"round {round} of {rounds}: {candidate} {runs[candidate].Wall.TotalSeconds:0.00} s");
            }

            measured.Add(new MeasuredRound(load, runs));
        }

        return new MeasuredRounds([.. measured.Skip(1)]);
    }

    /// <summary>Compares what our side has written, file by file.</summary>
    public async Task<Agreement> AgreementAsync(CancellationToken ct)
    {
        var (ours, duckDb) = (_outputs[CandidateCommands.Ours], _outputs[CandidateCommands.DuckDb]);
        var differences = new List<string>();
        var files = await OutputFiles.PrepareOursAsync(ours, ct);
        foreach (var file in files)
        {
            if (!await OutputFiles.AreEqualAsync(file, ours, duckDb, ct))
            {
                differences.AddRange(OutputFiles.Differences(file, ours, duckDb));
            }
        }

        return new Agreement([.. OutputFiles.All.Except(files)], differences);
    }
}

/// <param name="Missing">Files that only DuckDB has written, since no feed of ours does.</param>
/// <param name="Differences">The first lines in which the others differ.</param>
internal sealed record Agreement(IReadOnlyList<string> Missing, IReadOnlyList<string> Differences)
{
    public bool IsEqual => Differences.Count == 0;
}
