using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>What spreadsheets make of files, and words and references that nobody knows, over nights at Learn: nobody leaves who is in the files.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SpoiltFilesTests
{
    /// <summary>An id that nobody has; findings name ids that lead nowhere.</summary>
    private const string Unknown = "00000000";

    [Theory]
    [InlineData("users.csv", "north-7-3", "givenName", " ")]
    [InlineData("users.csv", "north-7-3", "familyName", "\u00a0")]
    [InlineData("users.csv", "north-7-3", "username", "\u200b")]
    [InlineData("classes.csv", "north-7", "title", " ")]
    [InlineData("orgs.csv", "north", "name", " ")]
    [InlineData("roles.csv", "north-7-3", "role", "ext:elev")]
    [InlineData("roles.csv", "north-7-3", "role", "pupil")]
    [InlineData("enrollments.csv", "north-7-3", "role", "ext:observer")]
    [InlineData("classes.csv", "north-7", "classType", "ext:klass")]
    [InlineData("orgs.csv", "north", "type", "ext:skola")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "#REF!")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "#VÄRDEFEL!")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "NULL")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "true")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "north\ufffd7")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", "1,23E+05")]
    [InlineData("roles.csv", "north-7-3", "userSourcedId", Unknown)]
    [InlineData("roles.csv", "north-7-3", "orgSourcedId", "#N/A")]
    [InlineData("roles.csv", "north-7-3", "orgSourcedId", Unknown)]
    [InlineData("enrollments.csv", "north-7-3", "userSourcedId", "#N/A")]
    [InlineData("enrollments.csv", "north-7-3", "userSourcedId", Unknown)]
    [InlineData("enrollments.csv", "north-7-3", "classSourcedId", "FALSE")]
    [InlineData("enrollments.csv", "north-7-3", "classSourcedId", Unknown)]
    [InlineData("classes.csv", "north-7", "schoolSourcedId", "#VALUE!")]
    [InlineData("classes.csv", "north-7", "schoolSourcedId", Unknown)]
    [InlineData("users.csv", "north-7-3", "sourcedId", "1E+11")]
    [InlineData("users.csv", "north-7-3", "sourcedId", Unknown)]
    [InlineData("users.csv", "north-7-1", "agentSourcedIds", Unknown)]
    public async Task A_field_that_nobody_can_have_meant_takes_nobody_away(string file, string label, string column, string value)
    {
        await using var nights = await FileNights.BeginAsync();

        var spoilt = await nights.NextAsync(nights.With(file, Ids.Of(label), column, value));
        var after = nights.Enabled();
        var mended = await nights.NextAsync(nights.Files);

        AssertDelivered(spoilt);
        Assert.Equal(nights.Before, after);
        Assert.Contains(spoilt.Run.Findings, finding => finding.Code == FindingCodes.ValueNotUnderstood);
        Assert.True(value.Length < 3 || value == Unknown || !(await spoilt.ReportAsync()).Contains($"\"{value}\"", StringComparison.Ordinal));
        AssertDelivered(mended);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Fact]
    public async Task Who_is_taken_out_of_all_files_leaves_at_once_and_who_is_taken_out_of_one_a_night_later()
    {
        await using var nights = await FileNights.BeginAsync();
        var whole = nights.Without(Ids.Of("north-7-3"), "users.csv", "roles.csv", "enrollments.csv");
        AssertDelivered(await nights.NextAsync(whole));
        Assert.False(nights.Has("north-7-3"));

        whole["users.csv"] = string.Join('\n', whole["users.csv"].Split('\n').Where(line => !line.Contains(Ids.Of("south-7-3"), StringComparison.Ordinal)));
        AssertDelivered(await nights.NextAsync(whole));
        Assert.True(nights.Has("south-7-3"));
        AssertDelivered(await nights.NextAsync(whole));
        Assert.False(nights.Has("south-7-3"));
        Assert.True(nights.Has("south-7-4"));
    }

    [Fact]
    public async Task Words_of_the_senders_own_are_what_the_tenant_file_says()
    {
        await using var nights = await FileNights.BeginAsync(first =>
        {
            (first.OwnWords["ext:elev"], first.OwnWords["ext:vikarie"], first.OwnWords["ext:ingenting"]) = ("student", "teacher", "none");
            first.Files["roles.csv"] = first.Files["roles.csv"].Replace(",student,", ",ext:elev,", StringComparison.Ordinal).Replace(",teacher,", ",ext:vikarie,", StringComparison.Ordinal);
        });
        Assert.Equal("STUDENT", nights.Role("north-7-3"));

        var next = await nights.NextAsync(nights.With("roles.csv", Ids.Of("north-7-3"), "role", "ext:ingenting"));

        AssertDelivered(next);
        Assert.False(nights.Has("north-7-3"));
        Assert.DoesNotContain(next.Run.Findings, finding => finding.Code == FindingCodes.ValueNotUnderstood);
        Assert.Equal(29, next.Run.Counts!.Students);
        Assert.Equal(6, next.Run.Counts.Staff);
    }

    [Fact]
    public async Task A_file_that_is_listed_and_gone_holds_the_night()
    {
        await using var nights = await FileNights.BeginAsync();
        File.Delete(Path.Combine(nights.Folder, "users.csv"));
        File.CreateSymbolicLink(Path.Combine(nights.Folder, "users.csv"), Path.Combine(nights.Folder, "nowhere.csv"));

        var held = await nights.NextAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("users.csv: cannot be opened", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Fact]
    public async Task Files_that_were_refused_once_keep_no_later_night_from_protecting()
    {
        await using var nights = await FileNights.BeginAsync();
        var whole = nights.Files["users.csv"];
        var held = await nights.NextAsync(new Dictionary<string, string>(nights.Files) { ["users.csv"] = $"{whole.TrimEnd()}\nhalf,a row\n" });
        Assert.Equal(RunState.Held, held.Run.State);

        var next = await nights.NextAsync(nights.With("users.csv", Ids.Of("north-7-3"), "metadata.securityMarking", "Sekretessmarkering"));

        AssertDelivered(next);
        Assert.False(nights.Has("north-7-3"));
    }

    private static void AssertDelivered(NightResult night) => Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");
}
