using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>What the feed never writes, the check would find all the same: it is asked about files made by hand.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnikumCheckTests
{
    private const string School = "n\t\tNorra\tse.grundskoleutbildning.grundskola\t\t\t\t\t\t\t\t\t\t\tschool\n";
    private const string Class = "c\t7A\t\t\t\t\tclass\n";
    private const string User = "Alva\tProv\t\ta\t\t\t\t\t\t\t\t\t\t\t\t7\t\t\tuser\n";
    private const string Held = "0\tn\t+\n1\tc\t+\n1\td\t=\n2\ta\t+\n";

    [Fact]
    public void Good_files_have_no_error() => Assert.Empty(Errors(
        School + Class + User,
        "n\ttown\tschool_in_org\tadd\nc\tn\tclass_in_school\tadd\na\tn\tstudent_in_school\tadd\na\tc\tstudent_in_class\tadd\na\td\tstudent_in_class\tadd\n"
        + "a\tz\tstudent_in_class\tremove\nb\tz\tstudent_in_class\tremove\na\tm\tstudent_in_school\tremove\n"));

    [Theory]
    [InlineData("n\t\tNorra\tse.grundskoleutbildning.grundskola\tschool\n", "row: has another number of columns than its kind")]
    [InlineData("x\ty\tgroup\n", "row: has another number of columns than its kind")]
    [InlineData("c\t\t\t\t\t\tclass\n", "class column 2: is required")]
    [InlineData("c c\t7A\t\t\t\t\tclass\n", "class column 1: is no id of this kind")]
    [InlineData(Class + Class, "line 2, class column 1: must be unique")]
    [InlineData("c\t7A\t\t\t\t\tclass", "row: has no line end")]
    [InlineData("n\t\tNorra\tse.skola\t\t\t\t\t\t\t\t\t\t\tschool\n", "school column 4: is no school form")]
    public void A_wrong_object_is_found(string rows, string error) =>
        Assert.Contains(Errors(rows, ""), found => found.ToString().Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("a\tn\tstudent_in_school\n", "row: has another number of columns than the layout")]
    [InlineData("a\tn\tpupil_in_school\tadd\n", "type: is unknown")]
    [InlineData("a\tn\tstudent_in_school\tdelete\n", "operation: is unknown")]
    [InlineData("\tn\tstudent_in_school\tadd\n", "subject: is no id")]
    [InlineData("z\tn\tstudent_in_school\tadd\n", "subject: does not refer to any object")]
    [InlineData("a\tc\tstudent_in_school\tadd\n", "object: does not refer to any object")]
    [InlineData("n\tcity\tschool_in_org\tadd\n", "object: does not refer to any object")]
    [InlineData("a\tc\tstudent_in_class\tadd\na\tn\tstudent_in_school\tadd\n", "line 2, row: must stand in order")]
    [InlineData("a\tn\tstudent_in_school\tremove\na\tc\tstudent_in_class\tadd\n", "line 2, row: must stand in order")]
    [InlineData("a\tn\tstudent_in_school\tremove\na\tc\tstudent_in_class\tremove\n", "line 2, row: must stand in order")]
    [InlineData("a\td\tstudent_in_class\tadd\na\tc\tstudent_in_class\tadd\n", "line 2, row: must stand in order")]
    [InlineData("a\tc\tstudent_in_class\tadd\na\tc\tstudent_in_class\tremove\n", "line 2, row: must not take away")]
    public void A_wrong_relation_is_found(string rows, string error) =>
        Assert.Contains(Errors("", rows), found => found.ToString().Contains(error, StringComparison.Ordinal));

    [Fact]
    public void Other_files_are_found() => Assert.Equal("file", Assert.Single(Errors("", "", ".people")).Column);

    private static IReadOnlyList<FeedError> Errors(string principals, string relations, string ending = ".principals")
    {
        using var files = new FeedFiles();
        using (var zip = new ZipArchive(files.Create("x.zip"), ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "x" + ending, principals);
            Write(zip, "x.relations", relations);
        }

        files.Keep("objects.held.txt").Write(Encoding.UTF8.GetBytes(Held));
        return new UnikumFeed().Check(files, new UnikumSettings { OrganisationId = "town" });
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
