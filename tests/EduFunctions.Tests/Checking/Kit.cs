using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Checking;

/// <summary>Good files of a target, and the name of the zip they are in.</summary>
internal sealed record KitPackage(string Name, string Type, string Package, IReadOnlyList<string> Files);

/// <summary>A good file changed in one place that one rule alone can notice.</summary>
/// <param name="Package">Whose other files stay as they are.</param>
/// <param name="Mutant">The changed file, from the kit's folder; null where the change is that there is none.</param>
/// <param name="Path">What it is called in the zip where that is the change.</param>
/// <param name="Find">What stood in the good file; absent where <paramref name="Text"/> is the file, or the encoding is the change.</param>
/// <param name="Also">Rules that cannot but notice it too.</param>
internal sealed record KitMutant(
    string Package, string Rule, string File, string? Mutant, string? Path, bool Removed, string Changed, string? Find, string? With, bool All, string? Text, string? Encoding,
    IReadOnlyList<string>? Also)
{
    public override string ToString() => $"{Rule} {Mutant ?? File}";
}

/// <summary>The folder <c>kit</c> of the repository: good files and mutants, for the tests and for anybody else's checker.</summary>
internal sealed record Kit(IReadOnlyList<KitPackage> Packages, IReadOnlyList<KitMutant> Mutants)
{
    public const string Folder = "kit";

    public static Kit Read() => JsonSerializer.Deserialize<Kit>(Repository.Text($"{Folder}/index.json"), JsonSerializerOptions.Web)!;

    public KitPackage PackageOf(KitMutant mutant) => Packages.Single(package => package.Name == mutant.Package);

    public static byte[] Good(KitPackage package, string file) => Bytes($"{package.Name}/good/{file}");

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Repository.Root, Folder, path));

    /// <summary>What the mutant has to be, by what the index says of the change.</summary>
    public byte[] Made(KitMutant mutant)
    {
        var text = mutant.Text ?? Encoding.UTF8.GetString(Good(PackageOf(mutant), mutant.File));
        if (mutant.Find is { } find)
        {
            var at = text.IndexOf(find, StringComparison.Ordinal);
            text = mutant.All ? text.Replace(find, mutant.With, StringComparison.Ordinal) : $"{text[..at]}{mutant.With}{text[(at + find.Length)..]}";
        }

        return mutant.Encoding switch
        {
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    /// <summary>The zip of a package, with the mutant in the place of its file.</summary>
    public FeedFiles Zip(KitPackage package, KitMutant? mutant = null)
    {
        var files = package.Files.Where(file => file != mutant?.File).Select(file => (file, Good(package, file)));
        if (mutant?.Mutant is { } changed)
        {
            files = files.Append((mutant.Path ?? mutant.File, Bytes(changed)));
        }

        var zips = new FeedFiles();
        using var zip = new ZipArchive(zips.Create(package.Package), ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in files)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return zips;
    }

    public static CheckReport Check(ITargetCheck check, FeedFiles files, bool isOurs)
    {
        var report = new CheckReport(isOurs);
        using var opened = CheckedFiles.Of(files);
        check.Check(opened, report);
        return report;
    }
}
