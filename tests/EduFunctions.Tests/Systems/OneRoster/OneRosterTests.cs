using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>Files in a folder or zip are a source like any other: the same roster, the same guard, held with file, line and field.</summary>
[Collection(SourceTests.Name)]
public sealed class OneRosterTests(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-oneroster-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_plain_town_is_the_same_zip_as_from_its_register()
    {
        var school = PlainTown.Make();
        school.Syllabus("maths");
        school.Group("maths 7", "north", "Undervisning", "north-7-1", "north-7-2");
        school.Activity("sums", "north", "maths 7", "maths", "north-7-duty");
        var expected = await azurite.Night(school).Dry().RunAsync();

        var folder = await FromFolder(OneRosterFiles.Of(school.Data)).RunAsync();
        OneRosterFiles.ToZip(OneRosterFiles.Of(school.Data), Path.Combine(_folder.FullName, "files.zip"));
        var zip = await From(Path.Combine(_folder.FullName, "files.zip")).RunAsync();

        Assert.True(folder.Run.State == RunState.DryRun, folder.Run.StateReason);
        Assert.Equal((await expected.AppleAsync()).Files, (await folder.AppleAsync()).Files);
        Assert.Equal(expected.Run.Feeds[0].Files, folder.Run.Feeds[0].Files);
        Assert.Equal(expected.Run.Feeds[0].Files, zip.Run.Feeds[0].Files);
        Assert.Equal(6, folder.Run.Counts!.Guardians);
    }

    [Theory]
    [InlineData("manifest.csv", "file.users,bulk", "file.users,delta", "manifest.csv line 7, file.users")]
    [InlineData("manifest.csv", "oneroster.version,1.2", "oneroster.version,1.1", "manifest.csv line 3, oneroster.version")]
    [InlineData("users.csv", "familyName", "surname", "users.csv line 1: lacks of the columns of OneRoster 1.2: familyName; has what is no column of it: surname")]
    [InlineData("orgs.csv", ",North,", ",Nor\"th,", "orgs.csv line 3: a quote")]
    [InlineData("roles.csv", ",student,", ",student,x,", "roles.csv line 2: has 11 fields")]
    [InlineData("enrollments.csv", "1,,,", "1,tobedeleted,,", "enrollments.csv line 2, status: must be empty")]
    public async Task What_cannot_be_read_holds_the_night_with_file_line_and_field(string file, string was, string becomes, string sentence)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files[file] = ReplaceFirst(files[file], was, becomes);

        var night = await FromFolder(files).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains(sentence, night.Run.StateReason);
    }

    [Fact]
    public async Task All_errors_are_told_at_once_and_a_missing_file_is_one()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files.Remove("classes.csv");
        files["courses.csv"] = "";

        var night = await FromFolder(files).RunAsync();

        Assert.Contains("classes.csv: is not there", night.Run.StateReason);
        Assert.Contains("courses.csv line 1: there is no header", night.Run.StateReason);
    }

    [Fact]
    public async Task Who_is_not_understood_keeps_what_the_target_has()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        var first = await Delivering(files).RunAsync();
        files["roles.csv"] = ReplaceFirst(files["roles.csv"], "2026-05-24", "24/5 2026");

        var second = await Delivering(files).As((string)first.Tenant["id"]!).On("2026-09-02").RunAsync();

        Assert.Equal(RunState.Delivered, first.Run.State);
        Assert.True(second.Run.State <= RunState.Delivered, second.Run.StateReason);
        Assert.Equal(first.Run.Feeds[0].Files, second.Run.Feeds[0].Files);
        Assert.Contains("roles", await second.ReportAsync());
        Assert.Contains("beginDate", await second.ReportAsync());
        Assert.DoesNotContain("24/5", await second.ReportAsync());
    }

    [Fact]
    public async Task Whoever_is_marked_or_not_enabled_is_left_out()
    {
        var school = PlainTown.Make();
        school.Student("ebba", "north")["securityMarking"] = "Sekretessmarkering";
        var files = OneRosterFiles.Of(school.Data);
        files["users.csv"] = files["users.csv"].Replace($"{Ids.Of("north-7-1")},,,true", $"{Ids.Of("north-7-1")},,,false", StringComparison.Ordinal);

        var night = await FromFolder(files).RunAsync();

        Assert.Equal(29, night.Run.Counts!.Students);
        Assert.Equal(1, night.Run.Exclusions!["person.disabled"]);
        Assert.Equal(1, night.Run.Exclusions!["person.protected"]);
        Assert.DoesNotContain("Ebba", System.Text.Encoding.UTF8.GetString(await night.StoredAsync(Containers.Rosters)));
    }

    [Fact]
    public async Task Of_demographics_what_says_something_of_protection_is_taken_and_nothing_else()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["demographics.csv"] = $"sourcedId,status,birthDate,sex,metadata.securityMarking\n{Ids.Of("north-7-1")},,2013-01-09,zqsex,Sekretessmarkering\n";

        var night = await FromFolder(files).RunAsync();

        Assert.Equal(1, night.Run.Exclusions!["person.protected"]);
        var stored = await azurite.Blobs.ReadAsync(Containers.Snapshots, SnapshotPath.Page((string)night.Tenant["id"]!, night.Run.Run, "demographics", 0, "csv.gz"), default);
        using var page = new StreamReader(new GZipStream(new MemoryStream(stored!.Content), CompressionMode.Decompress));
        Assert.Equal(["sourcedId,metadata.securityMarking", $"{Ids.Of("north-7-1")},Sekretessmarkering"], (await page.ReadToEndAsync()).Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Demographics_that_cannot_be_read_hold_the_night()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["demographics.csv"] = $"sourcedId,metadata.securityMarking\n{Ids.Of("north-7-1")},x,Sekretessmarkering\n";

        var night = await FromFolder(files).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("demographics.csv line 2: has 3 fields", night.Run.StateReason);
    }

    [Fact]
    public async Task A_stored_night_is_replayed_without_the_files()
    {
        var night = await FromFolder(OneRosterFiles.Of(PlainTown.Make().Data)).RunAsync();
        foreach (var file in _folder.GetFiles())
        {
            file.Delete();
        }

        var replayed = await From(_folder.FullName).As((string)night.Tenant["id"]!).ReplayAsync(night.Run.Run);

        Assert.Single(replayed);
    }

    [Fact]
    public async Task A_path_that_is_not_there_holds_the_night()
    {
        var night = await From(Path.Combine(_folder.FullName, "nowhere")).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("source.path", night.Run.StateReason);
    }

    private static string ReplaceFirst(string text, string was, string becomes)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"There is no {was}.") : text[..at] + becomes + text[(at + was.Length)..];
    }

    private Night Delivering(Dictionary<string, string> files)
    {
        OneRosterFiles.ToFolder(files, _folder.FullName);
        return azurite.Night(new JsonSchoolData()).From(Source(_folder.FullName));
    }

    private Night FromFolder(Dictionary<string, string> files)
    {
        OneRosterFiles.ToFolder(files, _folder.FullName);
        return From(_folder.FullName);
    }

    private Night From(string path) => azurite.Night(new JsonSchoolData()).From(Source(path)).Dry();

    private static JsonObject Source(string path) => new() { ["type"] = "oneRosterCsv", ["path"] = path };
}
