using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Feeds that leak on purpose are stopped; rows that tell nothing about anybody protected are not.</summary>
[Collection(ProtectedTests.Name)]
public sealed class LeakScanTests(AzuriteFixture azurite)
{
    private readonly MarkedSchool _marked = new();

    public static TheoryData<string, string> Leaks => new()
    {
        { "{id}", "the id" },
        { "{ID}", "the id" },
        { "x;20130101-9880;y", "the civic number" },
        { "201301019880", "the civic number" },
        { "1301019880", "the civic number" },
        { "130101-9880", "the civic number" },
        { "zqehidden@elev.example", "an e-mail address" },
        { "<mail>ZQEHIDDEN@Elev.Example</mail>", "an e-mail address" },
        { "zqphidden@post.example", "an e-mail address" },
        { "second.zquhidden@id.example", "the user name" },
        { "070-9876500", "a phone number" },
        { "+46709876500", "a phone number" },
        { "\"Zqgatanhidden 1\"", "an address" },
        { "Zqghidden,,Zqfhidden", "the name" },
        { "Alva,Lind,zqghidden.zqfhidden@elev.example", "the name" },
        { "\tZQFHIDDEN\tZqmhidden\tzqghidden", "the name" },
        { "Enskild undervisning Zqghidden Zqfhidden", "the name" },
        { "Zqgreferred|Zqfreferred", "the name" },
        { "zquearlier@id.example", "the user name" },
        { "Zqgveiled Zqfveiled", "the name" },
        { "Zqgunlisted Zqfunlisted", "the name" },
    };

    [Theory]
    [MemberData(nameof(Leaks))]
    public async Task A_value_of_a_protected_person_stops_the_feed(string row, string kind)
    {
        var leak = row.Replace("{id}", Ids.Of("hidden")).Replace("{ID}", Ids.Of("ghost").ToUpperInvariant());

        var night = await NightAsync($"harmless\nalso harmless {leak}\n");

        var feed = Assert.Single(night.Run.Feeds);
        Assert.Equal((RunState.Failed, ReceiptState.Failed), (night.Run.State, feed.State));
        Assert.Contains("a.txt line 2, byte ", feed.Reason);
        Assert.Contains($"{kind} of a protected person", feed.Reason);
        Assert.Empty(night.Received);
        await new Traces(_marked).AssertNoneAsync(azurite.Blobs, night.Run.Tenant);
        new Traces(_marked).AssertNone("the log", string.Join('\n', night.LogLines));
    }

    [Fact]
    public async Task A_name_is_found_in_whatever_encoding_the_file_has()
    {
        _marked.Person("hidden")["givenName"] = "Zqgåsa";
        _marked.Person("hidden")["familyName"] = "Zqföberg";
        var row = Encoding.Latin1.GetBytes("ZQGÅSA;Zqföberg\n");

        var night = await azurite.Night(_marked.School)
            .Behaving(habits => habits.Unlisted = _marked.Unlisted)
            .With(new TestFeed((_, files) => files.Create("a.txt").Write(row)) { Encoding = Encoding.Latin1 })
            .RunAsync();

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("the name of a protected person", Assert.Single(night.Run.Feeds).Reason);
    }

    [Theory]
    [InlineData("Zqghidden,Provhed")]
    [InlineData("Alva Zqfhidden")]
    [InlineData("Zqghidden,Provhed\nAlva,Zqfhidden")]
    [InlineData("Alva,Provhed,alva@elev.example")]
    [InlineData("201301019800")]
    public async Task What_tells_nothing_about_anybody_protected_passes(string rows) =>
        Assert.Equal(RunState.Delivered, (await NightAsync(rows)).Run.State);

    [Fact]
    public async Task A_name_that_somebody_else_has_too_passes_also_within_a_longer_one()
    {
        _marked.Person("alva")["givenName"] = "Eva Zqghidden";
        _marked.Person("alva")["familyName"] = "Zqfhidden";

        var night = await NightAsync("Zqghidden,Zqfhidden");
        var other = await NightAsync("zqehidden@elev.example");

        Assert.Equal((RunState.Delivered, RunState.Failed), (night.Run.State, other.Run.State));
    }

    [Fact]
    public async Task A_familys_address_of_mail_passes_when_it_is_another_members_too()
    {
        _marked.Person("gun")["emails"] = new JsonArray(
            new JsonObject { ["value"] = "zqphidden@post.example", ["type"] = "Privat" }, new JsonObject { ["value"] = "zqehidden@elev.example", ["type"] = "Privat" });

        var family = await NightAsync("zqphidden@post.example");
        var own = await NightAsync("zqehidden@elev.example");

        Assert.Equal((RunState.Delivered, RunState.Failed), (family.Run.State, own.Run.State));
    }

    [Fact]
    public async Task The_id_may_stand_where_the_feed_tells_the_target_to_forget_and_nothing_else_may()
    {
        var id = await NightAsync(Ids.Of("hidden"), "person.delete.txt");
        var name = await NightAsync($"{Ids.Of("hidden")}|Zqghidden|Zqfhidden", "person.delete.txt");
        var elsewhere = await NightAsync(Ids.Of("hidden"), "person.txt");

        Assert.Equal((RunState.Delivered, RunState.Failed, RunState.Failed), (id.Run.State, name.Run.State, elsewhere.Run.State));
    }

    [Fact]
    public async Task Entries_of_a_zip_and_names_of_files_are_looked_at_too()
    {
        var zipped = new TestFeed((_, files) =>
        {
            using var zip = new ZipArchive(files.Create("a.zip"), ZipArchiveMode.Create, leaveOpen: true);
            using var entry = zip.CreateEntry("inner.csv").Open();
            entry.Write("a\nzqehidden@elev.example"u8);
        });

        var inside = await NightOf(zipped).RunAsync();
        var named = await NightAsync("harmless", "Zqghidden Zqfhidden.txt");

        Assert.Contains("inner.csv line 2, ", inside.Run.StateReason);
        Assert.Contains("file 1 line 0, ", named.Run.StateReason);
        Assert.Empty(inside.Received.Concat(named.Received));
    }

    [Fact]
    public async Task A_row_longer_than_any_buffer_is_looked_at_whole()
    {
        var night = await NightAsync($"{new string('x', 200_000)} zqehidden@elev.example {new string('y', 200_000)}");

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("byte 200017", night.Run.StateReason);
    }

    [Fact]
    public async Task What_a_feed_says_when_it_breaks_is_withheld()
    {
        var broken = new TestFeed((_, _) => throw new IOException("cannot write Zqghidden Zqfhidden"));

        var failure = await Record.ExceptionAsync(() => NightOf(broken).As("broken").RunAsync());

        Assert.Null(failure);
        Assert.True(await new Traces(_marked).AssertNoneAsync(azurite.Blobs, "broken/") > 0);
        var record = Encoding.UTF8.GetString(await RecordAsync("broken"));
        Assert.Contains("withheld", record);
    }

    private async Task<byte[]> RecordAsync(string tenant)
    {
        await foreach (var blob in azurite.Blobs.ListAsync("runs", $"{tenant}/", CancellationToken.None))
        {
            return (await azurite.Blobs.ReadAsync("runs", blob.Name, CancellationToken.None))!.Content;
        }

        return [];
    }

    private Task<NightResult> NightAsync(string content, string file = "a.txt") =>
        NightOf(new TestFeed(file, content)).RunAsync();

    private Night NightOf(TestFeed feed) =>
        azurite.Night(_marked.School).Behaving(habits => habits.Unlisted = _marked.Unlisted).With(feed);
}
