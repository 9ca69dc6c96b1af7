using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Pipeline.Systems.SchoolDataSync;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems;

/// <summary>The tables of columns in the documentation are those that writers and checks go by.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ColumnTableTests
{
    [Fact]
    public void Apple_s_files_stand_in_the_documentation_as_they_are_written() => AssertTable(
        "docs/feeds/apple-school-manager.md", "| File | Columns |",
        AppleFile.All.Select(file => $"| `{file.Name}` | {Coded(file.Columns)} |"));

    [Fact]
    public void Learn_s_files_stand_in_the_documentation_as_they_are_written() => AssertTable(
        "docs/feeds/blackboard.md", "| File | Keys | Values |",
        LearnObject.All.Select(kind =>
            $"| `{kind.File}`{(kind.IsPurged ? ", without status" : "")} | {Coded(kind.Keys.Select(key => key.Name))} | {Coded(kind.Values.Select(column => column.Name))} |"
                .Replace("|  |", "| |", StringComparison.Ordinal)));

    [Fact]
    public void Unikum_s_objects_stand_in_the_documentation_as_they_are_written() => AssertTable(
        "docs/feeds/unikum.md", "| Object | Columns | Filled |",
        PrincipalFormat.All.Select(format =>
            $"| {format} | {format.Columns} | {string.Join(", ", format.Filled.Select(column => $"{column.Number} {column.Name}"))}, {format.Columns} `{format}` |"));

    [Fact]
    public void OneRoster_s_files_stand_in_the_documentation_as_they_are_written() => AssertTable(
        "docs/feeds/oneroster.md", "| File | Columns |", CsvForm.Files.Select(file => $"| `{file.FileName}` | {Coded(file.Columns.Select(column => column.Name))} |"));

    [Fact]
    public void School_Data_Sync_s_files_stand_in_the_documentation_as_they_are_written() => AssertTable(
        "docs/feeds/school-data-sync.md", "| File | Required | Also |",
        SdsFile.All.Select(file =>
            $"| `{file.Name}` | {Coded(file.Columns.Where(column => column.IsRequired).Select(column => column.Name))} | "
                + $"{Coded(file.Columns.Where(column => !column.IsRequired).Select(column => column.Name))} |"));

    private static void AssertTable(string page, string head, IEnumerable<string> rows)
    {
        var table = Repository.Text(page).Split('\n').SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'));

        Assert.Equal(rows, table);
    }

    private static string Coded(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));
}
