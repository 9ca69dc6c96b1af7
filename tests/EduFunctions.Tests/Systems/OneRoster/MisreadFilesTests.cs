using System.Text;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>Any field of any file, made into what its column cannot hold: nobody leaves, and nobody becomes what nobody has said.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class MisreadFilesTests(ITestOutputHelper output)
{
    private const int Count = 300;

    [Fact]
    public async Task No_single_field_makes_anybody_leave_or_come()
    {
        var seed = Random.Shared.Next(1_000_000_000);
        output.WriteLine($"seed {seed}");
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        var before = await RosterAsync(files);
        var everything = NightInMemory.Everything(before);
        Assert.True(everything.Count > 100);

        for (var number = 0; number < Count; number++)
        {
            var random = new Random(seed + number);
            var (what, spoilt) = Spoil(files, random);
            var now = await RosterAsync(spoilt);

            var left = everything.Except(NightInMemory.Everything(NightInMemory.After(before, now))).ToList();
            var came = NightInMemory.Everything(now).Except(everything).ToList();
            Assert.True(left.Count == 0, $"seed {seed + number}: {what}: {string.Join(", ", left.Take(5))} left");
            Assert.True(came.Count == 0, $"seed {seed + number}: {what}: {string.Join(", ", came.Take(5))} came");
        }
    }

    private static (string What, Dictionary<string, string> Files) Spoil(Dictionary<string, string> files, Random random)
    {
        while (true)
        {
            var file = CsvForm.Files[random.Next(CsvForm.Files.Count)];
            var lines = files[file.FileName].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var header = lines[0].Split(',');
            var line = random.Next(1, lines.Length);
            var fields = lines[line].Split(',');
            var at = random.Next(header.Length);
            var value = random.Next(3) switch { 0 => "", 1 => "what is this", _ => new string('x', 300) };
            var column = file.Columns.FirstOrDefault(column => column.Name == header[at]);

            // Lines with a quoted list are left alone, and so is what the column may hold.
            if (fields.Length == header.Length && column is { Kind: not ValueKind.Empty } && CsvValue.Expected(column, value, OwnWords.None) is not null)
            {
                fields[at] = value;
                lines[line] = string.Join(',', fields);
                return ($"{column.Name} of line {line + 1} of {file.FileName} is \"{value}\"", new(files) { [file.FileName] = string.Join('\n', lines) });
            }
        }
    }

    private static Task<Roster> RosterAsync(Dictionary<string, string> files) => NightInMemory.RosterAsync(
        CsvForm.Files.ToDictionary(file => file.Name, file => Encoding.UTF8.GetBytes(files[file.FileName])), "csv.gz", OneRosterRules.Book, OneRosterReader.ReadAsync);
}
