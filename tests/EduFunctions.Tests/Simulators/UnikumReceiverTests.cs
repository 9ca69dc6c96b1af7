using System.IO.Compression;
using System.Text;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Simulators;

/// <summary>The receiver itself: what it takes, and what it complains of.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnikumReceiverTests
{
    private const string Objects =
        "n\t\tNorra\tse.grundskoleutbildning.grundskola\t\t\t\t\t\t\t\t\t\t\tschool\nc\t7A\t\t\t\t\tclass\nd\t8A\t\t\t\t\tclass\n"
        + "Alva\tProv\t\ta\t\t\t\t\t\t\t\t\t\t\t\t7\t\t\tuser\n";

    private const string Relations =
        "n\tnordhamn\tschool_in_org\tadd\nc\tn\tclass_in_school\tadd\nd\tn\tclass_in_school\tadd\na\tn\tstudent_in_school\tadd\na\tc\tstudent_in_class\tadd\n";

    private readonly UnikumReceiver _receiver = new(new UnikumOptions());

    [Fact]
    public void Carries_a_file_out_line_by_line()
    {
        var report = Import(Objects, Relations);

        Assert.Empty(report.Errors.Concat(report.Warnings));
        Assert.Equal((4, 5, 0), (report.Objects, report.Added, report.Removed));
        Assert.Equal("a c", Assert.Single(_receiver.State.Related("student_in_class")));
        Assert.Equal("7A", _receiver.State.Find("class", "c")![1]);
    }

    [Fact]
    public void A_child_that_is_taken_out_before_it_is_put_in_was_orphaned()
    {
        Import(Objects, Relations);

        var report = Import("", "a\tc\tstudent_in_class\tremove\na\td\tstudent_in_class\tadd\n");

        Assert.Contains(report.Errors, error => error.StartsWith("x.relations:1: orphaned", StringComparison.Ordinal));
        Assert.Contains(report.Errors, error => error.StartsWith("x.relations:2: a gains something after", StringComparison.Ordinal));
        Assert.Empty(Import("", "a\tc\tstudent_in_class\tadd\na\td\tstudent_in_class\tremove\n").Errors);
    }

    [Fact]
    public void Schools_come_before_their_classes_and_go_after_them()
    {
        var early = Import(Objects, "n\tnordhamn\tschool_in_org\tadd\nc\tn\tclass_in_school\tadd\na\tc\tstudent_in_class\tadd\na\tn\tstudent_in_school\tadd\n");
        var late = Import("", "a\tn\tstudent_in_school\tremove\na\tc\tstudent_in_class\tremove\n");

        Assert.Contains("x.relations:4: the school comes after its class", early.Errors);
        Assert.Contains("x.relations:2: the class goes after its school", late.Errors);
    }

    [Theory]
    [InlineData("a\tn\tpupil_in_school\tadd\n", "\"pupil_in_school\" is no relation")]
    [InlineData("b\tn\tstudent_in_school\tadd\n", "there is no user b")]
    [InlineData("a\tn\tstudent_in_school\tdelete\n", "does not have the agreed columns")]
    [InlineData("n\tcity\tschool_in_org\tadd\n", "there is no organisation city")]
    public void A_line_it_cannot_carry_out_is_reported(string line, string error) =>
        Assert.Contains(error, Assert.Single(Import(Objects, line).Errors));

    [Theory]
    [InlineData("c\t7A\tclass\n", "a class has 7 columns, not 3")]
    [InlineData("n\t\tNorra\tse.skola\t\t\t\t\t\t\t\t\t\t\tschool\n", "\"se.skola\" is no school form")]
    [InlineData("c\t7A\t\t\t\t\tclass\nc\t7B\t\t\t\t\tclass\n", "stands in the file already")]
    public void An_object_it_cannot_take_is_reported(string lines, string error) => Assert.Contains(error, Assert.Single(Import(lines, "").Errors));

    [Fact]
    public void A_civic_number_needs_its_check_digit()
    {
        var receiver = new UnikumReceiver(new UnikumOptions { CivicNumbers = true });

        var report = Import(receiver, Objects.Replace("\ta\t", "\t20130101-9807\t"), "");

        Assert.Contains("the civic number is wrong", Assert.Single(report.Errors));
    }

    [Fact]
    public void What_changes_nothing_is_a_warning()
    {
        Import(Objects, Relations);

        var report = Import("", "a\tc\tstudent_in_class\tadd\na\td\tstudent_in_class\tremove\n");

        Assert.Equal(["x.relations:1: it is there already", "x.relations:2: it is not there"], report.Warnings);
    }

    private UnikumReport Import(string principals, string relations) => Import(_receiver, principals, relations);

    private static UnikumReport Import(UnikumReceiver receiver, string principals, string relations)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("x.principals", principals), ("x.relations", relations) })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return receiver.Import("x.zip", zip);
    }
}
