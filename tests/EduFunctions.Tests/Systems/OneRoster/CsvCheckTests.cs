using System.Text;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>Every field is checked as the form says; errors name file, line and field and never what stands there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class CsvCheckTests
{
    [Fact]
    public void Good_files_have_no_error() => Assert.Empty(ErrorsOf(OneRosterFiles.Of(PlainTown.Make().Data)));

    [Theory]
    [InlineData("users.csv", ",,,true,", ",,,perhaps,", "users.csv line 2, enabledUser: must be true or false")]
    [InlineData("users.csv", ",Provhed,", ",,", "users.csv line 2, familyName: must be given")]
    [InlineData("roles.csv", ",primary,", ",first,", "roles.csv line 2, roleType: must be one of primary, secondary")]
    [InlineData("roles.csv", "2026-05-24", "May", "roles.csv line 2, beginDate: must be dates of the form yyyy-MM-dd")]
    [InlineData("classes.csv", ",year,", ",autumn,", "classes.csv line 2, termSourcedIds: refers to a row that academicSessions.csv does not have")]
    [InlineData("orgs.csv", ",school,", ",academy,", "orgs.csv line 3, type: must be one of department, school, district, local, state, national")]
    public void One_fault_is_one_error(string file, string was, string becomes, string expected)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        var at = files[file].IndexOf(was, StringComparison.Ordinal);
        files[file] = files[file][..at] + becomes + files[file][(at + was.Length)..];

        Assert.Equal([expected], ErrorsOf(files));
    }

    [Fact]
    public void An_id_that_stands_twice_is_an_error_and_an_agent_may_stand_on_a_later_line()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["orgs.csv"] += files["orgs.csv"].Split('\n')[1] + "\n";

        Assert.Equal(["orgs.csv line 5, sourcedId: stands on an earlier line too"], ErrorsOf(files));
    }

    [Fact]
    public void Words_of_the_senders_own_are_errors_only_where_somebody_becomes_something_by_them()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["roles.csv"] = files["roles.csv"].Replace(",primary,", ",ext:huvud,", StringComparison.Ordinal);
        files["orgs.csv"] = files["orgs.csv"].Replace(",district,", ",ext:omrade,", StringComparison.Ordinal);

        Assert.Equal(
            ["orgs.csv line 2, type: must be one of department, school, district, local, state, national or of source.ownWords"], ErrorsOf(files));
    }

    /// <summary>Every class and every enrolment leads to a file that cannot be read: that is one error, and a number.</summary>
    [Fact]
    public void A_wrong_header_is_told_once_with_what_is_wrong_in_it_and_what_follows_is_counted()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["users.csv"] = files["users.csv"].Replace("familyName", "lastName", StringComparison.Ordinal);
        var (users, references) = (Rows(files["users.csv"]), Rows(files["roles.csv"]) + Rows(files["enrollments.csv"]));

        Assert.True(users > 1);
        Assert.Equal(
            [
                "users.csv line 1: lacks of the columns of OneRoster 1.2: familyName; has what is no column of it: lastName (those of your own begin with metadata.)",
                $"users.csv: {references} references of other files to it cannot be looked up until it can be read",
            ],
            ErrorsOf(files));
    }

    /// <summary>A file without a header begins with somebody's values.</summary>
    [Fact]
    public void What_stands_in_place_of_a_header_is_not_told()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["users.csv"] = files["users.csv"][(files["users.csv"].IndexOf('\n') + 1)..];

        var told = ErrorsOf(files)[0];

        Assert.StartsWith("users.csv line 1: is no header of this file, since ", told);
        Assert.DoesNotContain("Provhed", told);
    }

    private static int Rows(string file) => file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;

    private static string[] ErrorsOf(Dictionary<string, string> files)
    {
        var check = new CsvCheck(OwnWords.None);
        foreach (var file in CsvForm.Files)
        {
            check.Read(file, new MemoryStream(Encoding.UTF8.GetBytes(files[file.FileName])));
        }

        return [.. check.Errors.Select(error => error.ToString())];
    }
}
