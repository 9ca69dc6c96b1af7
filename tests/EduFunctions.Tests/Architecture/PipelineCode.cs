using EduFunctions.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Tests.Architecture;

/// <summary>That a file uses a type that another file declares.</summary>
internal sealed record TypeUse(string File, string Type, string DeclaredIn);

/// <summary>The pipeline's sources as the compiler understands them: which file uses which type of which other file.</summary>
internal sealed class PipelineCode
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly string[] OfTheProject =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private readonly CSharpCompilation _compilation;

    private PipelineCode(CSharpCompilation compilation) => _compilation = compilation;

    /// <summary>Which type a name means does not hang on whether it may be null, and following that through every method takes a fifth of the time.</summary>
    public static PipelineCode Read() => new(CSharpCompilation.Create(
        "EduFunctions.Pipeline.AsRead",
        [.. Files().Select(file => Parse(file.Path, file.Text)), Parse("", string.Concat(OfTheProject.Select(name => $"global using {name};\n")))],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Disable)));

    /// <summary>With a file more that is not there.</summary>
    public PipelineCode With(string path, string text) => new(_compilation.AddSyntaxTrees(Parse(path, text)));

    public IEnumerable<string> Paths => _compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(path => path.Length > 0);

    /// <summary>Types that the compiler does not find: their uses would not be seen.</summary>
    public IEnumerable<string> Unknown => _compilation.GetDeclarationDiagnostics()
        .Where(diagnostic => diagnostic.Id is "CS0246" or "CS0234")
        .Select(diagnostic => diagnostic.ToString());

    /// <param name="path">Of one file only; null of all.</param>
    public IReadOnlyList<TypeUse> Uses(string? path = null) =>
        [.. _compilation.SyntaxTrees.Where(tree => path is null || tree.FilePath == path).AsParallel()
            .SelectMany(tree => Uses(tree, _compilation.GetSemanticModel(tree))).Distinct()];

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    private static IEnumerable<TypeUse> Uses(SyntaxTree tree, SemanticModel model) =>
        from name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>()
        let symbol = model.GetSymbolInfo(name).Symbol
        where symbol is not null
        from type in (INamedTypeSymbol?[])[symbol as INamedTypeSymbol ?? symbol.ContainingType, model.GetTypeInfo(name).Type as INamedTypeSymbol]
        where type is not null
        from declaration in type.OriginalDefinition.DeclaringSyntaxReferences
        where declaration.SyntaxTree.FilePath != tree.FilePath
        select new TypeUse(tree.FilePath, type.Name, declaration.SyntaxTree.FilePath);

    /// <summary>By path from the pipeline's folder.</summary>
    public static IEnumerable<(string Path, string Text)> Files()
    {
        var root = Path.Combine(Repository.Root, RoomMap.Root);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => !file.Item1.StartsWith("obj/", StringComparison.Ordinal) && !file.Item1.StartsWith("bin/", StringComparison.Ordinal));
    }

    /// <summary>Everything the tests run with, which is more than the pipeline needs; its own assembly is read from its sources.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("EduFunctions.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
