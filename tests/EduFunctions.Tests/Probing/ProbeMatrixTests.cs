using System.Text;
using EduFunctions.Pipeline.Probing;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Probing;

/// <summary>Every check is proven: a good register passes all of them, and each finds the habit that it is there for.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ProbeMatrixTests
{
    private const string Matrix = "tests/EduFunctions.Tests/Probing/Golden/matrix.txt";

    [Fact]
    public async Task A_good_register_passes_every_check()
    {
        var report = await ProbedTown.ProbeAsync(ProbedTown.Make().Data, ProbedTown.Good);

        Assert.Empty(report.Results.Where(result => result.Outcome != ProbeOutcome.Pass).Select(result => $"{result.Code}: {result.Outcome}: {result.Seen}"));
        Assert.True(report.IsSufficient);
    }

    [Fact]
    public void No_check_is_without_a_habit_and_no_habit_without_a_check() =>
        Assert.Equal(ProbeChecks.All.Select(check => check.Code).Order(StringComparer.Ordinal), ProbeHabits.All.Keys.Order(StringComparer.Ordinal));

    /// <summary>A line for every habit: its check, and after it what else is missed because of it.</summary>
    [Fact]
    public async Task Each_habit_is_found_by_its_check()
    {
        var matrix = new StringBuilder();
        foreach (var check in ProbeChecks.All)
        {
            var report = await ProbedTown.ProbeAsync(ProbedTown.Make().Data, ProbedTown.Good + ProbeHabits.All[check.Code]);
            var result = report.Results.Single(result => result.Code == check.Code);

            Assert.True(result.Outcome == ProbeOutcome.Miss, $"{check.Code}: {result.Outcome}: {result.Seen}");
            Assert.True(check.Grade != ProbeGrade.Needed || !report.IsSufficient, check.Code);
            matrix.Append($"{check.Code}: {string.Join(' ', ProbedTown.Missed(report).Where(code => code != check.Code))}".TrimEnd()).Append('\n');
        }

        Assert.Equal(GoldenFiles.Expected(Matrix, matrix.ToString()), matrix.ToString());
    }
}
