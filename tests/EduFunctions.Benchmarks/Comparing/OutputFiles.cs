using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Benchmarks.Candidates;

namespace EduFunctions.Benchmarks.Comparing;

/// <summary>The files that candidates must agree on, byte for byte.</summary>
internal static class OutputFiles
{
    private static readonly string[] Apple = ["locations.csv", "students.csv", "staff.csv", "courses.csv", "classes.csv", "rosters.csv"];
    private static readonly string[] Blackboard = ["person.txt", "course.txt", "membership.txt", "associateobserver.txt"];

    public static IReadOnlyList<string> All { get; } = [ReasonLines.FileName, .. Apple, .. Blackboard];

    /// <summary>Those of our side; a zip's entries count as files.</summary>
    public static async Task<IReadOnlyList<string>> PrepareOursAsync(DirectoryInfo output, CancellationToken ct)
    {
        foreach (var zip in output.EnumerateFiles("*.zip"))
        {
            await ZipFile.ExtractToDirectoryAsync(zip.FullName, output.FullName, overwriteFiles: true, ct);
        }

        await ReasonLines.WriteAsync(output, ct);
        return [.. All.Where(name => File.Exists(PathOf(name, output)))];
    }

    public static async Task<bool> AreEqualAsync(string file, DirectoryInfo first, DirectoryInfo second, CancellationToken ct) =>
        await HashAsync(file, first, ct) == await HashAsync(file, second, ct);

    /// <summary>The first columns, which are ids, of the first lines in which two files differ.</summary>
    public static IEnumerable<string> Differences(string file, DirectoryInfo first, DirectoryInfo second)
    {
        const int Shown = 5;
        return Lines(file, first).Zip(Lines(file, second)).Index()
            .Where(pair => pair.Item.First != pair.Item.Second)
            .Select(pair => $"{file} line {pair.Index + 1}: {Ids(pair.Item.First)} / {Ids(pair.Item.Second)}")
            .Take(Shown)
            .DefaultIfEmpty($"{file}: one is longer than the other");
    }

    private static string Ids(string line) => string.Join(',', line.Split(',', '|').Take(2).Where(value => Guid.TryParse(value, out _)));

    private static IEnumerable<string> Lines(string file, DirectoryInfo folder) =>
        File.Exists(PathOf(file, folder)) ? File.ReadLines(PathOf(file, folder)) : [];

    private static async Task<string?> HashAsync(string file, DirectoryInfo folder, CancellationToken ct)
    {
        if (!File.Exists(PathOf(file, folder)))
        {
            return null;
        }

        await using var content = File.OpenRead(PathOf(file, folder));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    private static string PathOf(string file, DirectoryInfo folder) => Path.Combine(folder.FullName, file);
}
