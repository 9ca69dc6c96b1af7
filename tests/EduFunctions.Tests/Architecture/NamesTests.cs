using EduFunctions.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>One word, one meaning: no two types of the repository have one name, whatever their namespaces.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NamesTests
{
    [Fact]
    public void No_name_is_given_to_two_types()
    {
        var types = Types().ToList();
        var doubles = types.GroupBy(type => type.Name).Where(name => name.DistinctBy(type => type.Namespace).Count() > 1);

        Assert.True(types.Count > 500, $"{types.Count}");
        Assert.Empty(doubles.Select(name => $"{name.Key}: {string.Join(", ", name.Select(type => type.Namespace))}"));
    }

    /// <summary>Types at the top of a file; the program of each executable has the name that the platform gives it.</summary>
    private static IEnumerable<(string Name, string Namespace)> Types() =>
        from file in new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        from space in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetCompilationUnitRoot().Members.OfType<BaseNamespaceDeclarationSyntax>()
        from type in space.Members.OfType<BaseTypeDeclarationSyntax>()
        where !type.Modifiers.Any(modifier => modifier.ValueText == "file")
        let parameters = type is TypeDeclarationSyntax { TypeParameterList.Parameters.Count: > 0 and var count } ? $"`{count}" : ""
        select (type.Identifier.ValueText + parameters, space.Name.ToString());
}
