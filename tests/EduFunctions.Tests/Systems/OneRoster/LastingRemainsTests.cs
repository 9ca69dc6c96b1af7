using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>What stands in the place of an id for many nights, at Learn: nobody leaves as long as it does, and everything is as before when it is mended.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LastingRemainsTests
{
    private const string Numbers = "(?<=^|,|\")0+([1-9][0-9]{2})(?=,|\"|$)";

    [Theory]
    [InlineData("roles.csv", "userSourcedId", "SANT")]
    [InlineData("roles.csv", "orgSourcedId", "(tom)")]
    [InlineData("enrollments.csv", "userSourcedId", "\\N")]
    [InlineData("enrollments.csv", "classSourcedId", "[object Object]")]
    [InlineData("users.csv", "agentSourcedIds", "0")]
    public async Task What_is_like_no_id_of_the_register_keeps_people_for_as_long_as_it_stands_there(string file, string column, string value)
    {
        await using var nights = await FileNights.BeginAsync();
        var spoilt = nights.With(file, Ids.Of("north-7-1"), column, value);
        for (var night = 0; night < 3; night++)
        {
            var result = await nights.NextAsync(spoilt);
            Assert.True(result.Run.State == RunState.Delivered, result.Run.StateReason);
            Assert.Equal(nights.Before, nights.Enabled());
            Assert.Contains(result.Run.Findings, finding => finding.Code == FindingCodes.ValueNotUnderstood);
        }

        var other = nights.Without(Ids.Of("south-9-4"), "users.csv", "roles.csv", "enrollments.csv");
        await nights.NextAsync(other);
        Assert.False(nights.Has("south-9-4"));
        Assert.True(nights.Has("north-7-1"));
    }

    [Theory]
    [InlineData("roles.csv", 3)]
    [InlineData("enrollments.csv", 100)]
    [InlineData("users.csv", 3)]
    [InlineData("users.csv", 100)]
    public async Task Zeros_that_one_file_has_lost_take_nobody_away(string file, int most)
    {
        await using var nights = await FileNights.BeginAsync(Number);
        var lost = 0;
        var cut = new Dictionary<string, string>(nights.Files)
        {
            [file] = Regex.Replace(nights.Files[file], Numbers, number => lost++ < most ? number.Groups[1].Value : number.Value, RegexOptions.Multiline),
        };
        Assert.True(lost > 0);
        for (var night = 0; night < 3; night++)
        {
            await nights.NextAsync(cut);
            Assert.Equal(nights.Before, nights.Enabled());
        }

        var mended = await nights.NextAsync(nights.Files);
        Assert.True(mended.Run.State == RunState.Delivered, mended.Run.StateReason);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Fact]
    public async Task Zeros_that_all_files_have_lost_are_held_however_few_have_them()
    {
        await using var nights = await FileNights.BeginAsync(Number);
        var (pupil, plain) = (nights.Before.First(key => key.StartsWith("person 000", StringComparison.Ordinal))["person ".Length..], "");
        plain = pupil.TrimStart('0');
        var cut = nights.Files.ToDictionary(file => file.Key, file => Regex.Replace(file.Value, $"(?<=^|,|\"){pupil}(?=,|\"|$)", plain, RegexOptions.Multiline));

        for (var night = 0; night < 2; night++)
        {
            var held = await nights.NextAsync(cut);
            Assert.Equal(RunState.Held, held.Run.State);
            Assert.Contains(held.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.IdsChanged, Count: 1 });
            Assert.Equal(nights.Before, nights.Enabled());
        }
    }

    [Fact]
    public async Task Rows_in_which_nothing_stands_are_passed_over()
    {
        await using var nights = await FileNights.BeginAsync();
        var spread = nights.Files.ToDictionary(file => file.Key, file => file.Key == "manifest.csv" ? file.Value : Blank(file.Value));

        var night = await nights.NextAsync(spread);
        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.Equal(nights.Before, nights.Enabled());
        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code is FindingCodes.ValueNotUnderstood or FindingCodes.IdMissing);
        Assert.Contains(night.Run.Findings, finding => finding.Code == "rows.blank");

        foreach (var file in new[] { "users.csv", "roles.csv", "enrollments.csv" })
        {
            spread[file] = string.Join('\n', spread[file].Split('\n').Where(line => !line.Contains(Ids.Of("north-7-3"), StringComparison.Ordinal)));
        }

        await nights.NextAsync(spread);
        Assert.False(nights.Has("north-7-3"));
    }

    /// <summary>One behind the first row, with blanks, and two at the end.</summary>
    private static string Blank(string content)
    {
        var lines = content.TrimEnd('\n').Split('\n');
        var empty = new string(',', lines[0].Count(c => c == ','));
        return string.Join('\n', [.. lines[..2], empty.Replace(",", " ,", StringComparison.Ordinal), .. lines[2..], empty, empty]) + "\n";
    }

    /// <summary>Persons, classes and schools have numbers of six digits.</summary>
    private static void Number(FileNights nights)
    {
        var ids = Regex.Matches(string.Concat(nights.Files.Values), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").Select(match => match.Value).Distinct().Order().ToList();
        foreach (var (at, id) in ids.Index())
        {
            foreach (var file in nights.Files.Keys.ToList())
            {
                nights.Files[file] = nights.Files[file].Replace(id, $"{at + 100:000000}", StringComparison.Ordinal);
            }
        }
    }
}
