using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Checking;

/// <summary>
/// The checks are proven: every rule of every target finds the file that was changed for it, no other rule does, and good files have nothing. Mutants are
/// files (<c>kit/</c>), so that others can try their checks on them.
/// </summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class KitTests
{
    private const string Switch = "EDUFUNCTIONS_WRITE_GOLDEN";

    private static readonly Kit Kit = Kit.Read();

    private static readonly Dictionary<string, ITargetCheck> Checks = Registered.Services.GetServices<ITargetCheck>().ToDictionary(check => check.Type);

    public static TheoryData<string> Packages => [.. Kit.Packages.Select(package => package.Name)];

    public static TheoryData<int> Mutants => [.. Enumerable.Range(0, Kit.Mutants.Count)];

    [Fact]
    public void Every_rule_has_a_mutant_and_every_mutant_a_rule() => Assert.Equal(
        Checks.Values.SelectMany(check => check.Rules).Select(rule => rule.Code).Order(StringComparer.Ordinal),
        Kit.Mutants.Select(mutant => mutant.Rule).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Good_files_have_no_finding(string name)
    {
        var package = Kit.Packages.Single(one => one.Name == name);
        using var files = Kit.Zip(package);

        var report = Kit.Check(Checks[package.Type], files, isOurs: false);
        var ours = Kit.Check(Ours(package), files, isOurs: true);

        Assert.Empty(report.Breaches.Concat(ours.Breaches).Select(CheckReport.Line));
        Assert.True(report.Rows > 0);
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mutant_is_found_by_its_rule_alone(int number)
    {
        var mutant = Kit.Mutants[number];
        var package = Kit.PackageOf(mutant);
        using var files = Kit.Zip(package, mutant);
        var rule = Checks[package.Type].Rules.Single(rule => rule.Code == mutant.Rule);

        var report = rule.Certainty == Certainty.Ours ? Kit.Check(Ours(package), files, isOurs: true) : Kit.Check(Checks[package.Type], files, isOurs: false);
        var ours = Kit.Check(Ours(package), files, isOurs: true);

        Assert.Equal([mutant.Rule, .. mutant.Also ?? []], report.Counts.Keys.Select(key => key.Code).Distinct().OrderBy(code => code != mutant.Rule).ThenBy(code => code, StringComparer.Ordinal));
        Assert.NotEmpty(ours.Breaches);
        Assert.Equal(!rule.IsWarning, report.Breaches.Any(breach => breach.Rule == rule && !breach.Rule.IsWarning));
    }

    /// <summary>What a rule says of a file may go into a ticket: nobody is in it.</summary>
    [Theory]
    [MemberData(nameof(Mutants))]
    public void No_value_of_a_file_is_told(int number)
    {
        var mutant = Kit.Mutants[number];
        var package = Kit.PackageOf(mutant);
        using var files = Kit.Zip(package, mutant);

        var told = Kit.Check(Ours(package), files, isOurs: true).Breaches.Concat(Kit.Check(Checks[package.Type], files, isOurs: false).Breaches)
            .Select(breach => $"{breach.Column} {breach.Found}").ToList();

        Assert.All(told, text => Assert.DoesNotContain(Values(package), value => text.Contains(value, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The mutant is the good file but for what the index says. With the switch they are written.</summary>
    [Fact]
    public void Mutants_are_what_the_index_says()
    {
        foreach (var mutant in Kit.Mutants.Where(mutant => !mutant.Removed))
        {
            var path = Path.Combine(Repository.Root, Kit.Folder, mutant.Mutant!);
            if (Environment.GetEnvironmentVariable(Switch) is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, Kit.Made(mutant));
            }

            Assert.True(Kit.Made(mutant).AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"{mutant} is not what the index says.");
        }

        Assert.Equal(
            Kit.Mutants.Where(mutant => !mutant.Removed).Select(mutant => mutant.Mutant!).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Repository.Root, Kit.Folder), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Path.Combine(Repository.Root, Kit.Folder), path).Replace('\\', '/'))
                .Where(path => path.Contains("/mutants/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>Good files of three targets are what the feeds write.</summary>
    [Theory]
    [InlineData("appleSchoolManager", "AppleSchoolManager/Golden", "")]
    [InlineData("blackboard", "Unilogin/Export/Golden", "")]
    [InlineData("unikumRelations", "Unikum/Golden", "total")]
    [InlineData("uniloginImport", "Unilogin/Import/Golden", "")]
    public void Good_files_are_the_golden_ones(string name, string folder, string stem)
    {
        var package = Kit.Packages.Single(one => one.Name == name);

        Assert.All(package.Files, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests/EduFunctions.Tests/Systems", folder, stem.Length == 0 ? file : stem + Path.GetExtension(file))),
            Kit.Good(package, file)));
    }

    [Fact]
    public void The_page_counts_rules_and_mutants_as_they_are() => Assert.Equal(
        from check in Checks.Values
        orderby check.Type
        let counts = Enum.GetValues<Certainty>().Select(certainty => check.Rules.Count(rule => rule.Certainty == certainty))
        let mutants = Kit.Mutants.Count(mutant => Kit.PackageOf(mutant).Type == check.Type)
        select $"| `{check.Type}` | {check.Rules.Count} | {string.Join(" | ", counts)} | {mutants} |",
        Repository.Text("docs/kit.md").Split('\n').SkipWhile(line => !line.StartsWith("| Target | Rules |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')));

    /// <summary>Rules say what has to be, where that stands, and how certain it is; no two say the same.</summary>
    [Fact]
    public void Every_rule_has_a_sentence_and_a_source()
    {
        var rules = Checks.Values.SelectMany(check => check.Rules).ToList();

        Assert.Equal(rules.Count, rules.DistinctBy(rule => rule.Code).Count());
        Assert.All(Checks.Values, check => Assert.Equal(check.Rules.Count, check.Rules.DistinctBy(rule => (rule.Sentence, rule.Source, rule.Code)).Count()));
        Assert.All(rules, rule => Assert.True(rule is { Sentence.Length: > 8, Source.Length: > 8 }, rule.Code));
        Assert.All(rules.Where(rule => rule.Certainty == Certainty.Ours), rule => Assert.StartsWith("EduFunctions, docs/", rule.Source, StringComparison.Ordinal));
    }

    /// <summary>The check before a delivery, with what it knows beside the files.</summary>
    private static ITargetCheck Ours(KitPackage package) =>
        package.Type == "unikumRelations"
            ? new UnikumCheck(new UnikumSettings { OrganisationId = "nordhamn" }, () => new MemoryStream(Encoding.UTF8.GetBytes(Objects(package))))
            : Checks[package.Type];

    /// <summary>As the feed keeps them: kind, id, mark.</summary>
    private static string Objects(KitPackage package) => string.Concat(
        from line in Encoding.UTF8.GetString(Kit.Good(package, package.Files.Single(file => file.EndsWith(".principals", StringComparison.Ordinal)))).Split('\n')
        where line.Length > 0
        let columns = line.Split('\t')
        let kind = columns[^1] switch { "school" => 0, "class" => 1, _ => 2 }
        let id = columns[kind == 2 ? 3 : 0]
        orderby kind, id
        select $"{kind}\t{id}\t=\n");

    /// <summary>Names, addresses and ids of people, as they stand in the good files.</summary>
    private static IEnumerable<string> Values(KitPackage package) => package.Files
        .SelectMany(file => Word().Matches(Encoding.UTF8.GetString(Kit.Good(package, file))).Select(match => match.Value))
        .Where(word => word.Contains('@', StringComparison.Ordinal) || Names.Contains(word) || Guid.TryParse(word, out _)).Distinct();

    private static readonly HashSet<string> Names = ["Alva", "Bosse", "Provhed", "Plojdina", "Rölvvikson", "Hugo", "Ines", "Övning", "Mentees"];

    [GeneratedRegex(@"[\w@.\-’]{4,}")]
    private static partial Regex Word();
}
