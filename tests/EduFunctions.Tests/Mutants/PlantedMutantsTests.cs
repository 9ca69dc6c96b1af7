using System.Reflection;
using EduFunctions.Mutants;
using EduFunctions.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace EduFunctions.Tests.Mutants;

/// <summary>The runner of mutants, on a room of one file: which it finds, and that each is alive alone.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PlantedMutantsTests : IDisposable
{
    private const string Gate =
        """
        using System;
        namespace EduFunctions.Pipeline.Gates;
        public static class Gate
        {
            private const int Most = 5;
            private static readonly int Fewest = 2;

            public static bool IsOpen(int count, string name)
            {
                Require(name);
                return count >= Fewest && count < Most && name != "closed";
            }

            private static void Require(string name)
            {
                // A comment stays where it is.
                if (name.Length == 0)
                {
                    throw new ArgumentException("A name is missing");
                }
            }
        }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("mutants").FullName;

    public PlantedMutantsTests()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, PipelineSources.Folder, "Gates"));
        File.WriteAllText(Path.Combine(folder.FullName, "Gate.cs"), Gate);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Every_place_that_could_be_otherwise_is_found() => Assert.Equal(
        [
            "\"closed\" => \"\"", "0 => 1", "2 => 1", "2 => 3", "Require(name); => ", "count < Most => count <= Most",
            "count >= Fewest && count < Most && name != \"closed\" => count >= Fewest && count < Most || name != \"closed\"",
            "count >= Fewest && count < Most && name != \"closed\" => false", "count >= Fewest && count < Most && name != \"closed\" => true",
            "count >= Fewest && count < Most => count >= Fewest || count < Most", "count >= Fewest => count > Fewest",
            "name != \"closed\" => name == \"closed\"", "name.Length == 0 => name.Length != 0",
        ],
        All().Select(mutant => $"{mutant.Was} => {mutant.Becomes}").Order(StringComparer.Ordinal));

    [Fact]
    public void What_a_type_begins_with_belongs_to_no_class_of_tests() => Assert.All(All(), mutant => Assert.Equal(mutant.Was == "2", mutant.Everywhere));

    [Fact]
    public void A_seed_chooses_the_same_again_and_another_others()
    {
        var (first, second, third) = (Sample(seed: 7), Sample(seed: 7), Sample(seed: 8));

        Assert.Equal(4, first.Count);
        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }

    [Theory]
    [InlineData("", 2, true)]
    [InlineData("", 5, false)]
    [InlineData("count >= Fewest => count > Fewest", 2, false)]
    [InlineData("count < Most => count <= Most", 5, true)]
    [InlineData("2 => 1", 1, true)]
    public void All_stand_in_one_file_and_one_is_alive(string alive, int count, bool isOpen)
    {
        var mutants = All();
        var id = mutants.SingleOrDefault(mutant => $"{mutant.Was} => {mutant.Becomes}" == alive)?.Id ?? -1;

        var gate = Compile(Planting.Plant(mutants), id);

        Assert.Equal(isOpen, gate.GetMethod("IsOpen")!.Invoke(null, [count, "north"]));
    }

    [Fact]
    public void What_cannot_be_compiled_is_looked_for_in_its_member()
    {
        var mutants = All();
        var planted = Planting.Plant(mutants);
        var line = planted.Split('\n').Index().First(line => line.Item.Contains("Most", StringComparison.Ordinal) && line.Item.Contains("return", StringComparison.Ordinal)).Index + 1;

        var near = Planting.Near(planted, [line]).ToHashSet();

        Assert.Contains(mutants.Single(mutant => mutant.Was == "Require(name);").Id, near);
        Assert.DoesNotContain(mutants.Single(mutant => mutant.Was == "name.Length == 0").Id, near);
    }

    private IReadOnlyList<Mutant> All() => new PipelineSources(_root).Sample(["Gates"], size: 100, seed: 1);

    private List<string> Sample(int seed) => [.. new PipelineSources(_root).Sample(["Gates/Ga*"], size: 4, seed).Select(mutant => $"{mutant.Place} {mutant.Becomes}")];

    private static Type Compile(string planted, int alive)
    {
        var switches =
            $$"""
            namespace EduFunctions.Pipeline.Infrastructure;
            public static class MutantSwitch { public static bool On(int id) => id == {{alive}}; }
            """;
        var compilation = CSharpCompilation.Create(
            "Gates", [CSharpSyntaxTree.ParseText(planted), CSharpSyntaxTree.ParseText(switches)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(assembly.ToArray()).GetType("EduFunctions.Pipeline.Gates.Gate")!;
    }
}
