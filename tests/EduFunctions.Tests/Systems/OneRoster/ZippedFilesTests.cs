using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>Zips as senders make them, over nights at Learn: nothing of another export and nothing damaged is taken for tonight's.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ZippedFilesTests
{
    public static TheoryData<string, string> Unclear => new()
    {
        { "two days", "2026-09-01/users.csv; 2026-09-02/academicSessions.csv" },
        { "a part before", "backup/roles.csv; backup/users.csv" },
        { "a part behind", "more than one place" },
        { "two of a name", "more than one place" },
        { "two cases", "USERS.CSV" },
        { "one file elsewhere", "other/roles.csv" },
        { "markings elsewhere", "old/demographics.csv" },
    };

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task Which_files_are_meant_has_to_be_clear(string how, string told)
    {
        await using var nights = await FileNights.BeginAsync();
        var without = nights.Without("North-7-3", "users.csv");
        var part = without.Where(file => file.Key is "users.csv" or "roles.csv").ToDictionary();
        await MakeAsync(nights, how switch
        {
            "two days" => [("2026-09-01/", without), ("2026-09-02/", nights.Files)],
            "a part before" => [("backup/", part), ("", nights.Files)],
            "a part behind" => [("", nights.Files), ("backup/", part)],
            "two of a name" => [("", part), ("", nights.Files)],
            "two cases" => [("", nights.Files), ("", new() { ["USERS.CSV"] = without["users.csv"] })],
            "one file elsewhere" => [("", nights.Files.Where(file => file.Key != "roles.csv").ToDictionary()), ("other/", new() { ["roles.csv"] = nights.Files["roles.csv"] })],
            _ => [("", nights.Files), ("old/", new() { ["demographics.csv"] = "sourcedId,metadata.sekretess\n" })],
        });

        var held = await nights.NextAsync("files.zip");

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(told, held.Run.StateReason, StringComparison.Ordinal);
        Assert.Contains("more than one place", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Theory]
    [InlineData("users.csv")]
    [InlineData("enrollments.csv")]
    [InlineData("manifest.csv")]
    public async Task A_bit_that_has_turned_holds_the_night_and_names_the_file(string file)
    {
        await using var nights = await FileNights.BeginAsync();
        await MakeAsync(nights, [("", nights.Files)]);
        var path = Path.Combine(nights.Folder, "files.zip");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf(nights.Files[file][^20..], StringComparison.Ordinal) + 3] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var held = await nights.NextAsync("files.zip");

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains($"{file}: is damaged", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Theory]
    [InlineData("export\\2026\\", false, "._")]
    [InlineData("export/2026/", false, "")]
    [InlineData("", true, "._")]
    [InlineData("Export\\", true, "")]
    public async Task Backslashes_upper_case_and_what_a_Mac_adds_are_no_faults(string folder, bool isUpper, string prefix)
    {
        await using var nights = await FileNights.BeginAsync();
        var files = nights.Files.ToDictionary(file => isUpper ? file.Key.ToUpperInvariant() : file.Key, file => file.Value);
        var ofMac = nights.Files.ToDictionary(file => $"{prefix}{file.Key}", _ => "\0\u0005");
        await MakeAsync(nights, [(folder, files), ($"__MACOSX/{folder}", ofMac)]);

        var night = await nights.NextAsync("files.zip");

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.Equal(nights.Before, nights.Enabled());
        Assert.Equal(30, night.Run.Counts!.Students);
    }

    [Theory]
    [InlineData("no bytes", "is empty: it has no bytes")]
    [InlineData("cut", "is a zip that is cut or damaged")]
    [InlineData("bytes before", "is a zip with 100 bytes before it")]
    [InlineData("another file", "is neither a folder nor a zip")]
    [InlineData("a password", "has a password, which nobody here knows")]
    public async Task A_zip_that_cannot_be_opened_holds_the_night_and_says_where_and_why(string how, string told)
    {
        await using var nights = await FileNights.BeginAsync();
        await MakeAsync(nights, [("", nights.Files)]);
        var path = Path.Combine(nights.Folder, "files.zip");
        var zip = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, how switch
        {
            "no bytes" => [],
            "cut" => zip[..(zip.Length * 2 / 3)],
            "bytes before" => [.. new byte[100], .. zip],
            "another file" => "%PDF-1.7"u8.ToArray(),
            _ => Encrypted(zip),
        });

        var held = await nights.NextAsync("files.zip");

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(told, held.Run.StateReason, StringComparison.Ordinal);
        Assert.Contains($"{path} (source.path)", held.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    [Fact]
    public async Task Files_of_a_folder_are_known_in_any_case_and_two_of_one_name_are_none()
    {
        await using var nights = await FileNights.BeginAsync();
        File.Move(Path.Combine(nights.Folder, "users.csv"), Path.Combine(nights.Folder, "Users.CSV"));
        var one = await nights.NextAsync();
        await File.WriteAllTextAsync(Path.Combine(nights.Folder, "users.csv"), nights.Files["users.csv"]);
        var two = await nights.NextAsync();

        Assert.True(one.Run.State == RunState.Delivered, one.Run.StateReason);
        Assert.Equal(RunState.Held, two.Run.State);
        Assert.Contains("users.csv: is there more than once, in upper and in lower case", two.Run.StateReason, StringComparison.Ordinal);
        Assert.Equal(nights.Before, nights.Enabled());
    }

    /// <summary>The flag of a password, in the heads of all files and in the list of them.</summary>
    private static byte[] Encrypted(byte[] zip)
    {
        for (var at = 0; at < zip.Length - 10; at++)
        {
            if (zip.AsSpan(at).StartsWith("PK\x03\x04"u8) || zip.AsSpan(at).StartsWith("PK\x01\x02"u8))
            {
                zip[at + (zip[at + 2] == 3 ? 6 : 8)] |= 1;
            }
        }

        return zip;
    }

    /// <summary>As they are, so that a bit can turn unnoticed.</summary>
    private static async Task MakeAsync(FileNights nights, IReadOnlyList<(string Folder, Dictionary<string, string> Files)> parts)
    {
        await using var zip = await ZipFile.OpenAsync(Path.Combine(nights.Folder, "files.zip"), ZipArchiveMode.Create);
        foreach (var (folder, files) in parts)
        {
            foreach (var (name, content) in files)
            {
                await using var entry = await zip.CreateEntry(folder + name, CompressionLevel.NoCompression).OpenAsync();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
            }
        }
    }
}
