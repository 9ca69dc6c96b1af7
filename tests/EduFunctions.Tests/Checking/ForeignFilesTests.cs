using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.OneRoster.Feed;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Checking;

/// <summary>Files as others make them: by spreadsheets, by file managers, on old machines, one at a time.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ForeignFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-kit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_spreadsheet_s_file_with_semicolons_and_a_mark_is_read_to_its_end()
    {
        var path = Write("locations.csv", [.. Encoding.UTF8.Preamble, .. "location_id;location_name\r\nn;Norra\r\ns;\r\n"u8]);

        var report = Check(new AppleCheck(), path);

        Assert.Equal(["apple/mark", "apple/required", "apple/returnFeeds"], Codes(report));
        Assert.Equal((3, 3), (report.Breaches.Single(breach => breach.Rule.Code == "apple/required").Line, report.Breaches.Single(breach => breach.Rule.Code == "apple/required").Position));
        Assert.Equal(2, report.Rows);
    }

    [Fact]
    public void What_a_file_manager_leaves_in_a_zip_is_passed_over_and_counted()
    {
        var path = Path.Combine(_folder.FullName, "Archive.zip");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            foreach (var file in AppleFile.All)
            {
                Entry(zip, file.Name, Kit.Bytes($"appleSchoolManager/good/{file.Name}"));
                Entry(zip, $"__MACOSX/._{file.Name}", [0, 5, 22, 7]);
            }

            Entry(zip, ".DS_Store", [0, 0, 0, 1]);
        }

        using var files = CheckedFiles.Of([path]);
        var report = new CheckReport(isOurs: false);
        new AppleCheck().Check(files, report);

        Assert.Empty(report.Breaches);
        Assert.Equal(7, files.LeftByFileManagers);
    }

    [Theory]
    [InlineData("utf-16", true, "UTF-16 LE")]
    [InlineData("utf-16BE", true, "UTF-16 BE")]
    [InlineData("utf-16", false, "UTF-16 LE")]
    [InlineData("utf-16BE", false, "UTF-16 BE")]
    [InlineData("utf-32", true, "UTF-32 LE")]
    [InlineData("utf-32BE", true, "UTF-32 BE")]
    [InlineData("utf-32", false, "UTF-32 LE")]
    [InlineData("utf-32BE", false, "UTF-32 BE")]
    public void Another_unicode_is_recognised_with_and_without_its_mark(string encoding, bool hasMark, string name)
    {
        var written = Encoding.GetEncoding(encoding);
        var path = Write("orgs.csv", [.. hasMark ? written.GetPreamble() : [], .. written.GetBytes("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r\nö,,,Ö,school,,\r\n")]);

        var report = Check(new OneRosterCheck(), path);

        Assert.Equal(["oneRoster/encoding", "oneRoster/idAlphabet"], Codes(report));
        Assert.Equal(name, report.Breaches.First(breach => breach.Rule.Code == "oneRoster/encoding").Found);
        Assert.Equal("1 character, U+00F6 as number 1", report.Breaches.First(breach => breach.Rule.Code == "oneRoster/idAlphabet").Found);
    }

    /// <summary>The broken byte stands where one block ends and the next begins, too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1 << 16)]
    [InlineData((1 << 16) - 1)]
    [InlineData((1 << 16) + 1)]
    [InlineData((1 << 16) + 2)]
    public void Bytes_that_are_no_UTF_8_are_told_by_the_first_line_and_read_as_Windows_has_them(int before)
    {
        var line = new string('x', 98) + "ö\n";
        var lines = before / Encoding.UTF8.GetByteCount(line);
        var text = string.Concat(Enumerable.Repeat(line, lines)) + new string('y', before - (lines * Encoding.UTF8.GetByteCount(line)));
        using var read = new CheckedText(new MemoryStream([.. Encoding.UTF8.GetBytes(text), 0xE5, .. "ä\n"u8, 0x80]));
        using var reader = new StreamReader(read);

        Assert.Equal($"{text}åä\n€", reader.ReadToEnd());
        Assert.Equal((2, lines + 1), read.Foreign);
    }

    [Theory]
    [InlineData("a\nb\n", 2, 0, 0)]
    [InlineData("a\r\nb\r\n", 0, 2, 0)]
    [InlineData("a\rb\r", 0, 0, 2)]
    [InlineData("a\r\n\rb\n\r\n", 1, 2, 1)]
    public void Any_line_end_is_one_and_told_by_its_name(string text, int feeds, int returnFeeds, int returns)
    {
        using var read = new CheckedText(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        using var reader = new StreamReader(read);

        Assert.Equal(text.ReplaceLineEndings("\n"), reader.ReadToEnd());
        Assert.Equal((feeds, returnFeeds, returns), (read.Feeds.Count, read.ReturnFeeds.Count, read.Returns.Count));
    }

    [Fact]
    public void Single_files_are_not_asked_for_the_others()
    {
        var path = Write("rosters.csv", "roster_id,class_id,student_id\nr,c,s\n"u8.ToArray());

        Assert.Empty(Check(new AppleCheck(), path).Breaches);
        Assert.Contains("apple/fileMissing", Codes(Check(new AppleCheck(), _folder.FullName)));
    }

    [Fact]
    public void Learn_s_objects_are_known_by_a_word_of_the_file_s_name_or_by_their_columns()
    {
        var named = Write("03_person_tonight.txt", "EXTERNAL_PERSON_KEY|user_id|FIRSTNAME|lastname\na|a@x|Alva|Provhed\n"u8.ToArray());
        var unnamed = Write("export.txt", "external_course_key,external_person_key,role\nc,a,Student\nc,b,Student\n"u8.ToArray());

        var report = Check(new BlackboardCheck(), named, unnamed);

        Assert.Equal(["blackboard/reference"], Codes(report));
        Assert.Equal((3, 3), (report.Breaches.Single().Line, report.Breaches.Single().Position));
    }

    [Fact]
    public void The_layout_of_relations_shows_in_their_rows()
    {
        var path = Write("a.relations", "add;guardian_for;gun;alva\nremove;student_in_class;alva;7a\nadd;student_in_class;alva;8a\n"u8.ToArray());

        Assert.Equal(["unikumRelations/addsFirst"], Codes(Check(new UnikumCheck(), path)));
    }

    /// <summary>The first line of a file without a header may be somebody.</summary>
    [Fact]
    public void A_first_row_that_is_no_header_is_not_told()
    {
        var path = Write("students.csv", "s1,Alva,Provhed\ns2,Bosse,Provhed\n"u8.ToArray());

        var report = Check(new AppleCheck(), path);

        Assert.Equal(["apple/header"], Codes(report));
        Assert.DoesNotContain("Alva", CheckReport.Line(report.Breaches.Single()));
    }

    [Fact]
    public void Of_a_rule_that_every_row_breaks_the_first_are_kept_and_all_are_counted()
    {
        var path = Write("rosters.csv", Encoding.UTF8.GetBytes($"roster_id,class_id,student_id\n{string.Concat(Enumerable.Range(0, 500).Select(row => $"r_{row},c,s\n"))}"));

        var report = Check(new AppleCheck(), path);

        Assert.Equal((100, 500), (report.Breaches.Count(), report.Counts.Single().Value));
    }

    private static CheckReport Check(ITargetCheck check, params string[] paths)
    {
        var report = new CheckReport(isOurs: false);
        using var files = CheckedFiles.Of(paths);
        check.Check(files, report);
        return report;
    }

    private static IEnumerable<string> Codes(CheckReport report) => report.Counts.Keys.Select(key => key.Code).Distinct().Order(StringComparer.Ordinal);

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static void Entry(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}
