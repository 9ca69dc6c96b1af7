using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.OneRoster.Feed;
using EduFunctions.Pipeline.Systems.Unilogin.Import;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Checking;

/// <summary>Files that nobody made on purpose, or that somebody did: what they are is said, and what is in them never.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OddFilesTests : IDisposable
{
    private const string Locations = "location_id,location_name\nn,Norra\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-odd-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_zip_with_nothing_in_it_lacks_everything()
    {
        var report = Check(new AppleCheck(), Zip());

        Assert.Equal(["apple/fileMissing"], Codes(report));
        Assert.Equal(AppleFile.All.Count, report.Breaches.Count());
    }

    [Fact]
    public void Folders_of_a_zip_may_be_written_as_Windows_has_them()
    {
        var report = Check(new AppleCheck(), Zip([.. AppleFile.All.Select(file => ($"export\\{file.Name}", Kit.Bytes($"appleSchoolManager/good/{file.Name}")))]));

        Assert.Equal(["apple/folder"], Codes(report));
        Assert.Equal(AppleFile.All.Count, report.Files);
    }

    [Fact]
    public void An_encrypted_file_is_called_so()
    {
        var path = Zip(("locations.csv", Encoding.UTF8.GetBytes(Locations)));
        var bytes = File.ReadAllBytes(path);
        bytes[6] |= 1;
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal("locations.csv is encrypted.", Assert.Throws<InvalidDataException>(() => Check(new AppleCheck(), path)).Message);
    }

    [Fact]
    public void Names_that_several_files_have_are_known()
    {
        using var files = CheckedFiles.Of([Zip(("locations.csv", []), ("a/locations.csv", []), ("staff.csv", []))]);

        Assert.Equal(["locations.csv"], files.Doubled);
    }

    [Fact]
    public void A_file_s_name_stays_on_its_line()
    {
        var report = Check(new AppleCheck(), Zip(("a\n\u001b[31mb\u202e\u2028.csv", [])));

        Assert.Contains("a\uFFFD\uFFFD[31mb\uFFFD\uFFFD.csv", report.Breaches.Select(breach => breach.File));
    }

    /// <summary>Two links would make more ways than a machine can walk.</summary>
    [Fact]
    public void Links_that_lead_back_are_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "locations.csv"), Locations);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "one"), ".");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "two"), _folder.FullName);

        using var files = CheckedFiles.Of([_folder.FullName]);

        Assert.Equal(["locations.csv"], files.All.Select(file => file.Path));
    }

    [Fact]
    public void A_file_that_can_be_read_once_only_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);

        var refusal = Assert.Throws<IOException>(() => Check(new AppleCheck(), $"/dev/fd/{pipe.GetClientHandleAsString()}"));

        Assert.Contains("can be read once only", refusal.Message);
    }

    [Fact]
    public void A_name_that_is_empty_is_none() => Assert.Throws<FileNotFoundException>(() => Check(new AppleCheck(), ""));

    [Fact]
    public void A_row_without_end_ends_the_check_and_not_the_machine()
    {
        using var zeros = new Zeros();

        Assert.Contains($"{LineReader.MostBytes >> 20} MB", Assert.Throws<InvalidDataException>(() => new LineReader(zeros).Read()).Message);
    }

    [Fact]
    public void So_does_a_row_of_endless_values()
    {
        var path = Path.Combine(_folder.FullName, "locations.csv");
        File.WriteAllText(path, $"location_id,location_name\n{new string(',', 1 << 21)}\n");

        Assert.Contains("locations.csv: line 2 has more than", Assert.Throws<InvalidDataException>(() => Check(new AppleCheck(), path)).Message);
    }

    [Fact]
    public void A_column_of_ones_own_is_not_told_by_its_name()
    {
        var path = Path.Combine(_folder.FullName, "orgs.csv");
        File.WriteAllText(path, "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.Provhed,metadata.Provhed\r\no,,,Ö,school,,,x\u200b,y\r\n");

        var breaches = Check(new OneRosterCheck(), path).Breaches.ToList();

        Assert.Contains("metadata.*", breaches.Select(breach => breach.Column));
        Assert.DoesNotContain(breaches, breach => CheckReport.Line(breach).Contains("Provhed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<Institution>", "<Institution><AlvaProvhed/>", "element")]
    [InlineData("<UNILoginImport ", "<UNILoginImport AlvaProvhed=\"x\" ", "attribute")]
    [InlineData("<Institution>", "<Institution><UNILoginImport/>", "UNILoginImport")]
    public void An_element_that_the_schema_lacks_is_not_told_by_its_name(string find, string with, string column)
    {
        var path = Path.Combine(_folder.FullName, "A00001.total.xml");
        File.WriteAllText(path, Encoding.UTF8.GetString(Kit.Bytes("uniloginImport/good/A00001.total.xml")).Replace(find, with, StringComparison.Ordinal));

        var breaches = Check(new ImportCheck(), path).Breaches.ToList();

        Assert.Contains(column, breaches.Select(breach => breach.Column));
        Assert.DoesNotContain(breaches, breach => CheckReport.Line(breach).Contains("AlvaProvhed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alva.provhed", "apple/idDot")]
    [InlineData("alva_provhed", "apple/idAlphabet")]
    [InlineData("alva_pro.vhed", "apple/idAlphabet")]
    public void A_dot_in_the_id_of_a_person_is_not_what_another_character_is(string id, string rule)
    {
        var path = Path.Combine(_folder.FullName, "staff.csv");
        File.WriteAllText(path, Encoding.UTF8.GetString(Kit.Bytes("appleSchoolManager/good/staff.csv")).Replace("0478721f-1106-52a6-b1a9-0181bac7efc7", id, StringComparison.Ordinal));

        var report = Check(new AppleCheck(), path);

        Assert.Equal([rule], Codes(report));
        Assert.Equal(rule == "apple/idAlphabet", report.HasErrors);
    }

    private static CheckReport Check(ITargetCheck check, string path)
    {
        var report = new CheckReport(isOurs: false);
        using var files = CheckedFiles.Of([path]);
        check.Check(files, report);
        return report;
    }

    private static IEnumerable<string> Codes(CheckReport report) => report.Counts.Keys.Select(key => key.Code).Distinct().Order(StringComparer.Ordinal);

    private string Zip(params (string Name, byte[] Content)[] entries)
    {
        var path = Path.Combine(_folder.FullName, "odd.zip");
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return path;
    }

    /// <summary>What a small zip can unfold to.</summary>
    private sealed class Zeros : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => count;

        public override int Read(Span<byte> buffer) => buffer.Length;
    }
}
