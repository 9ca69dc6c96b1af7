using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>What targets that cannot be read say themselves: Apple in a log that somebody downloads, Learn in its counts.</summary>
[Collection(CommandTests.Name)]
public sealed class ImportLogTests(AzuriteFixture azurite)
{
    private static string Log => $"""
        OPERATION,SYNC_SOURCE
        ACTIVITY_ID,0b7c4f3e-0000-4000-8000-000000000001
        STARTED AT,2026-09-01T02:20:00.000Z
        ENDED AT,2026-09-01T02:31:00.000Z
        STATUS,COMPLETED
        SUB_STATUS,COMPLETED_WITH_ERROR

        person_id,last_name,first_name,person_number,operation_status,operation_substatus,timestamp,email
        {Ids.Of("berget0")},Provberg,"Alva, Maja",,ISSUE,OPERATION_NOT_ALLOWED,2026-09-01T02:25:00.000Z,alva@elev.example
        {Ids.Of("berget1")},Provberg,Bo,,ISSUE,OPERATION_NOT_ALLOWED,2026-09-01T02:25:00.000Z,
        {Ids.Of("berget1")},Provberg,Bo,,SUCCESS,UPDATED,2026-09-01T02:26:00.000Z,
        {Ids.Of("berget2")},Provberg,Cleo,,SUCCESS,CREATED,2026-09-01T02:25:00.000Z,

        class_id,course_name,class_number,operation_status,operation_substatus,timestamp
        {Ids.Of("berget-class")},7A,7A,ISSUE,INTERNAL_ERROR,2026-09-01T02:25:00.000Z
        """;

    [Fact]
    public async Task What_Apple_refused_stands_among_the_findings_of_the_run()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 5)));
        var file = Path.Combine(town.Folder, "log.csv");
        await File.WriteAllTextAsync(file, Log.Replace("\n", "\r\n"));
        await town.PassAsync();

        var before = await town.CommandAsync("drift", "--tenant", town.Id, "--feed", "apple");
        var imported = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");
        var again = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");
        var drift = await town.CommandAsync("drift", "--tenant", town.Id, "--feed", "apple");
        var runs = await town.CommandAsync("runs", "--tenant", town.Id, "--json");

        Assert.Equal(3, before.ExitCode);
        Assert.Contains("import-log FILE", before.Errors);
        Assert.Equal((1, 1, 1), (imported.ExitCode, again.ExitCode, drift.ExitCode));
        Assert.Equal((4, "COMPLETED, COMPLETED_WITH_ERROR"), ((int?)JsonNode.Parse(imported.Output)!["rows"], (string?)JsonNode.Parse(imported.Output)!["status"]));
        Assert.Equal(
            [("class_id", "INTERNAL_ERROR", Ids.Of("berget-class")), ("person_id", "OPERATION_NOT_ALLOWED", Ids.Of("berget0"))],
            JsonNode.Parse(drift.Output)!["drift"]!.AsArray().Select(each => ((string)each!["kind"]!, (string)each["what"]!, (string)each["sample"]!.AsArray().Single()!)));
        var finding = JsonNode.Parse(runs.Output)!.AsArray()[0]!["findings"]!.AsArray().Single(each => (string?)each!["code"] == "apple.refusedByApple")!;
        Assert.Equal((2, 2), ((int)finding["count"]!, finding["sample"]!.AsArray().Count));
        Assert.DoesNotContain("Provberg", imported.Output + drift.Output + runs.Output);
    }

    /// <summary>Words of a target's are anybody's text.</summary>
    [Fact]
    public async Task What_would_name_somebody_protected_is_withheld()
    {
        var school = GuardTown.Of(("berget", 5));
        var person = school[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("berget4"));
        (person["givenName"], person["familyName"], person["securityMarking"]) = ("Alva", "Provqvist", "Sekretessmarkering");
        await using var town = await Town.StartAsync(azurite, school);
        var file = Path.Combine(town.Folder, "log.csv");
        var words = Log.Replace("ISSUE,OPERATION_NOT_ALLOWED", "ISSUE,EMAIL_ALREADY_EXISTS alva.provqvist@elev.example", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, words.Replace("COMPLETED_WITH_ERROR", "COMPLETED_WITH_ERROR Alva Provqvist", StringComparison.Ordinal));
        await town.PassAsync();

        var imported = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");
        var drift = await town.CommandAsync("drift", "--tenant", town.Id, "--feed", "apple");

        Assert.DoesNotContain("provqvist", imported.Output + drift.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(JsonNode.Parse(drift.Output)!["drift"]!.AsArray(), each => ((string)each!["what"]!).StartsWith("(withheld", StringComparison.Ordinal) && (int)each["count"]! == 1);
        Assert.Contains(Ids.Of("berget0"), drift.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_upload_that_Apple_refused_is_told_by_its_status()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 5)));
        var file = Path.Combine(town.Folder, "log.csv");
        await File.WriteAllTextAsync(file, "OPERATION,SFTP_UPLOAD\nACTIVITY_ID,5f8e\nSTATUS,FAILED\nSUB_STATUS,MANAGED_ID_GENERATION_FAILED\n");
        await town.PassAsync();

        var imported = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");
        var runs = await town.CommandAsync("runs", "--tenant", town.Id, "--json");

        Assert.Equal(1, imported.ExitCode);
        var refused = JsonNode.Parse(imported.Output)!["refused"]![0]!;
        Assert.Equal(("all", "FAILED, MANAGED_ID_GENERATION_FAILED"), ((string?)refused["kind"], (string?)refused["what"]));
        Assert.Contains(JsonNode.Parse(runs.Output)!.AsArray()[0]!["findings"]!.AsArray(), finding => (string?)finding!["code"] == "apple.uploadRefused");
    }

    [Theory]
    [InlineData(";", "COMPLETED", 2)]
    [InlineData("\t", "COMPLETED", 2)]
    [InlineData(",", "COMPLETED", 2)]
    [InlineData(",", "ERROR", 3)]
    [InlineData(",", "CANCELED", 3)]
    [InlineData(";", "REJECTED", 3)]
    public void A_log_is_read_as_a_spreadsheet_saves_it_and_whatever_is_no_good_end_is_a_refusal(string separator, string status, int groups)
    {
        var log = string.Join('\n',
        [
            $"STATUS,{status}", "OPERATION,SFTP,,", "ACTIVITY_ID,5f8e,,", "",
            "row,person_id,operation_status,operation_substatus",
            $"1,{Ids.Of("berget0")},FAILURE,DUPLICATE_EMAIL", $"2,{Ids.Of("berget1")},SKIPPED,", $"3,{Ids.Of("berget2")},SUCCESS_WITH_WARNINGS,", $"4,{Ids.Of("berget3")},ISSUE,",
        ]).Replace(",", separator, StringComparison.Ordinal);

        var read = new AppleFeed().ReadLog(new MemoryStream(Encoding.UTF8.GetBytes(log)));

        Assert.Equal((4, status is not "COMPLETED"), (read.Rows.Count, read.IsAllRefused));
        Assert.Equal(["DUPLICATE_EMAIL", "ISSUE"], read.Rows.Where(row => row.IsRefused).Select(row => row.What));
        Assert.Equal(groups, read.Rows.Count(row => row.IsRefused) + (read.IsAllRefused ? 1 : 0));
    }

    [Theory]
    [InlineData("p1,\"Prov\\\"a\\\", b\",Bo,ISSUE,NOT_FOUND,now", "p1 NOT_FOUND")]
    [InlineData("p1,\"Prov\"\"a\"\", b\",Bo,ISSUE,NOT_FOUND,now", "p1 NOT_FOUND")]
    [InlineData("p1,Prov\n,Bo,ISSUE,NOT_FOUND,now", "unread 2")]
    [InlineData("p1,Prov,extra,2026-09-01,ISSUE,NOT_FOUND,now", "unread 1")]
    [InlineData(",,,,,", "unread 0")]
    [InlineData("\uFEFFstudent_id,operation_status,operation_substatus\ns1,ISSUE,GONE", "s1 GONE", "unread 0")]
    public void What_cannot_be_read_in_a_log_is_counted(string row, params string[] expected)
    {
        var log = $"OPERATION,SFTP\nSTATUS,COMPLETED\nSUB_STATUS,COMPLETED_WITH_ERROR\n\nperson_id,last_name,first_name,operation_status,operation_substatus,timestamp\n{row}\n";

        var read = new AppleFeed().ReadLog(new MemoryStream(Encoding.UTF8.GetBytes(log)));

        string[] told = [.. read.Rows.Select(each => $"{each.Id} {each.What}"), $"unread {read.Unread}"];
        Assert.True(read.TellsOfErrors);
        Assert.All(expected, each => Assert.Contains(each, told));
    }

    [Fact]
    public async Task A_log_that_tells_of_errors_and_has_none_is_not_taken_for_a_good_one()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 5)));
        var file = Path.Combine(town.Folder, "log.csv");
        await File.WriteAllTextAsync(file, "OPERATION,SYNC_SOURCE\nSTATUS,COMPLETED\nSUB_STATUS,COMPLETED_WITH_ERROR\n");
        await town.PassAsync();

        var imported = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");

        Assert.Equal((1, "unread"), (imported.ExitCode, (string?)JsonNode.Parse(imported.Output)!["refused"]![0]!["kind"]));
    }

    [Fact]
    public void A_log_of_an_upload_that_has_not_ended_says_nothing_yet()
    {
        var log = new MemoryStream(Encoding.UTF8.GetBytes("OPERATION,SFTP\nSTATUS,IN_PROGRESS\n"));

        Assert.Contains("has not ended yet", Assert.Throws<FormatException>(() => new AppleFeed().ReadLog(log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_is_named_as_the_fault()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 5)));
        var file = Path.Combine(town.Folder, "other.csv");
        await File.WriteAllTextAsync(file, "person_id,first_name\n1,Alva\n");
        await town.PassAsync();

        var refused = await town.CommandAsync("import-log", file, "--tenant", town.Id, "--feed", "apple");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("other.csv cannot be read: it does not begin as an activity log", refused.Errors);
    }

    [Fact]
    public async Task Of_Learn_the_counts_of_the_last_delivery_are_told()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 5)));
        town.File["feeds"] = new JsonArray(TenantJson.Blackboard(learn, settings: null));
        town.Environment[$"Secrets__{TenantJson.LearnSecret}"] = learn.Integrations[0].Password;
        learn.State.Put(new LearnRecord("person", "another", "Another") { DataSource = "SYSTEM", Values = new Dictionary<string, string> { ["user_id"] = "berget0@id.example" } });
        await town.PassAsync();

        var drift = await town.CommandAsync("drift", "--tenant", town.Id, "--feed", TenantJson.LearnFeed);

        Assert.Equal(1, drift.ExitCode);
        Assert.Equal(
            [("membership.txt", "refused", 1), ("person.txt", "refused", 1)],
            JsonNode.Parse(drift.Output)!["drift"]!.AsArray().Select(each => ((string)each!["kind"]!, (string)each["what"]!, (int)each["count"]!)).Order());
    }
}
