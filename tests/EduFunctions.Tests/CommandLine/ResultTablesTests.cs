using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Spectre.Console;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>No column goes empty on a small terminal, and no line is wider than it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ResultTablesTests
{
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(180)]
    public void Every_column_can_be_read(int width)
    {
        var shown = Shown(width);

        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
        foreach (var word in new[] { "Tenant", "State", "Students", "Guardians", "Members", "Feed", "Added", "Changed", "Held", "Waiting", "nordhamn", "asm.zip", "123456", Hash[..12] })
        {
            Assert.Contains(word, shown);
        }
    }

    [Fact]
    public void Where_there_is_room_the_whole_hash_is_there() => Assert.Contains(Hash, Shown(180));

    /// <summary>Persons are what they are called by the source, and never all its rows together.</summary>
    [Theory]
    [InlineData("persons", "4711")]
    [InlineData("users", "4711")]
    [InlineData("999001", "5711")]
    public void Persons_in_are_persons(string collection, string expected)
    {
        var run = Run() with
        {
            Pull = new Dictionary<string, CollectionCount> { [collection] = new(1, 4711, 4711, 0), [collection == "999001" ? "999002" : "enrollments"] = new(1, 1000, 1000, 0) },
        };

        Assert.Contains(expected, Shown(180, run));
    }

    private static string Shown(int width, RunRecord? run = null)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = width;
        ResultTables.Show([run ?? Run()], console);
        return written.ToString();
    }

    private static RunRecord Run() => new()
    {
        Tenant = "nordhamn",
        Run = "20260901T173000Z-0a1b",
        Trigger = RunTrigger.Nightly,
        Date = new DateOnly(2026, 9, 1),
        State = RunState.Exporting,
        Started = DateTimeOffset.UnixEpoch,
        Configuration = "",
        Counts = new RosterCounts(10, 123456, 4000, 123456, 8000, 1234567),
        Feeds =
        [
            new FeedRun("apple", "appleSchoolManager")
            {
                State = ReceiptState.SkippedUnchanged,
                Files = [new FeedFile("asm.zip", 123456789, Hash)],
                Plan = new PlanSummary(Hash, 123456, 123456, 12345, 12345, 12345),
            },
        ],
    };
}
