using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>Files that say what has changed leave a receiver with the same as files that hold everything, also after a delivery of which nobody knows.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DeltaTests
{
    private static readonly JsonObject Delta = new() { ["mode"] = "delta", ["guardians"] = true };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Night_after_night_it_comes_to_the_same(bool doubtfulArrives)
    {
        var receiver = new FormReceiver();
        PaperNight? before = null;
        var isConfirmed = true;
        foreach (var (night, town) in new[] { 1, 2, 4, 3, 5, 1, 2 }.Index())
        {
            using var all = await PaperNight.RunAsync(Towns.Make(town).Data, PaperFeeds.OneRoster(new() { ["guardians"] = true }));
            var delta = await PaperNight.RunAsync(Towns.Make(town).Data, PaperFeeds.OneRoster(Delta), before, isConfirmed);

            // Of the third and the fourth delivery it is not known whether they have arrived.
            isConfirmed = night is not (2 or 3);
            if (isConfirmed || doubtfulArrives)
            {
                receiver.Take(Zip(delta));
            }

            Assert.Empty(delta.Errors);
            Assert.Equal(isConfirmed || doubtfulArrives, receiver.Text == Everything(all));
            before?.Dispose();
            before = delta;
        }

        before!.Dispose();
    }

    [Fact]
    public async Task Without_a_change_there_is_no_file()
    {
        using var first = await PaperNight.RunAsync(Towns.Make(1).Data, PaperFeeds.OneRoster(Delta));
        using var second = await PaperNight.RunAsync(Towns.Make(1).Data, PaperFeeds.OneRoster(Delta), first);

        Assert.Equal(["oneroster_20260901_000000.zip"], first.Files.Names);
        Assert.Empty(second.Files.Names);
        Assert.Empty(second.Files.KeptNames);
    }

    [Fact]
    public async Task Who_left_is_a_row_without_a_name()
    {
        var town = Towns.Make(1);
        using var first = await PaperNight.RunAsync(town.Data, PaperFeeds.OneRoster(Delta));
        town.Data[Collections.Persons].Remove(town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("north-7-2")));

        using var second = await PaperNight.RunAsync(town.Data, PaperFeeds.OneRoster(Delta), first);

        var files = FormRules.Files(Zip(second));
        var gone = Assert.Single(files["users.csv"], row => row[1] == "tobedeleted");
        Assert.Equal([Ids.Of("north-7-2"), "tobedeleted", "false", Ids.Of("north-7-2"), "deleted", "deleted"], [gone[0], gone[1], gone[3], gone[4], gone[6], gone[7]]);
        Assert.Equal("", string.Concat(gone[8..]));
        Assert.Single(files["roles.csv"], row => row[1] == "tobedeleted");
        Assert.Contains(files["users.csv"], row => row[0] == Ids.Of("north-7-guardian") && row[1] == "active");
        Assert.DoesNotContain("classes.csv", files.Keys);
        Assert.DoesNotContain("north-7-2@", new StreamReader(first.Files.Open("oneroster.held.csv")).ReadToEnd());
    }

    private static string Everything(PaperNight night)
    {
        var receiver = new FormReceiver();
        receiver.Take(Zip(night));
        return receiver.Text;
    }

    private static byte[] Zip(PaperNight night) => night.Bytes(night.Files.Names.Single());
}
