using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EduFunctions.Mutants;

/// <summary>The repository once more, in a folder of its own, with the mutants planted in it and its tests as a program.</summary>
internal sealed partial class Copy(string root, string folder)
{
    private const string Tests = "tests/EduFunctions.Tests";

    private static readonly string[] Quickly = ["-v", "q", "-clp:NoSummary", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateProgramFile=false", "-p:RestoreLockedMode=false"];

    public string Program => Path.Combine(folder, Tests, "bin/Debug/net10.0/EduFunctions.Tests.dll");

    private string IdsFile => Path.Combine(folder, "built.txt");

    /// <summary>Those that were built the last time, out of the same sample.</summary>
    public IReadOnlyList<Mutant> Built(IReadOnlyList<Mutant> mutants)
    {
        var ids = File.ReadAllLines(IdsFile).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
        return [.. mutants.Where(mutant => ids.Contains(mutant.Id))];
    }

    /// <summary>Those that can be compiled, built. What cannot is taken out with its neighbours until the rest can.</summary>
    public IReadOnlyList<Mutant> MakeAndBuild(IReadOnlyList<Mutant> mutants)
    {
        Make();
        var left = mutants;
        while (true)
        {
            Plant(mutants, left);
            var (code, output) = Run("dotnet", ["build", Path.Combine(folder, PipelineSources.Folder), .. Quickly]);
            if (code == 0)
            {
                break;
            }

            var wrong = Wrong(output);
            left = wrong.Count > 0 ? [.. left.Where(mutant => !wrong.Contains(mutant.Id))] : throw new InvalidOperationException(output);
        }

        File.WriteAllLines(IdsFile, left.Select(mutant => mutant.Id.ToString(CultureInfo.InvariantCulture)));
        var built = Run("dotnet", ["build", Path.Combine(folder, Tests), .. Quickly]);
        return built.Code == 0 ? left : throw new InvalidOperationException(built.Output);
    }

    private void Make()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Run("git", ["-C", root, "ls-files", "-co", "--exclude-standard"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var from = Path.Combine(root, file);
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.Copy(from, Path.Combine(folder, file));
            }
        }

        Write(Path.Combine(PipelineSources.Folder, "Infrastructure"), "MutantSwitch.cs");
        Write(Tests, "MutantTrial.cs");
    }

    private void Plant(IReadOnlyList<Mutant> all, IReadOnlyList<Mutant> left)
    {
        foreach (var file in all.Select(mutant => mutant.File).Distinct())
        {
            var planted = left.Where(mutant => mutant.File == file).ToList();
            File.WriteAllText(
                Path.Combine(folder, PipelineSources.Folder, file),
                planted.Count > 0 ? Planting.Plant(planted) : File.ReadAllText(Path.Combine(root, PipelineSources.Folder, file)));
        }
    }

    private static HashSet<int> Wrong(string output) =>
        [.. Error().Matches(output).Select(error => (File: error.Groups[1].Value, Line: int.Parse(error.Groups[2].Value, CultureInfo.InvariantCulture)))
            .Distinct().GroupBy(error => error.File).SelectMany(file => Planting.Near(File.ReadAllText(file.Key), file.Select(error => error.Line)))];

    private void Write(string where, string name)
    {
        using var text = typeof(Copy).Assembly.GetManifestResourceStream(name)!;
        using var file = File.Create(Path.Combine(folder, where, name));
        text.CopyTo(file);
    }

    private static (int Code, string Output) Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"^\s*(/[^(\n]+|[A-Z]:[^(\n]+)\((\d+),\d+\): error CS", RegexOptions.Multiline)]
    private static partial Regex Error();
}
