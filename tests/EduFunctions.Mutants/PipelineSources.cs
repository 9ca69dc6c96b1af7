using System.Text.RegularExpressions;
using EduFunctions.Mutants.Operators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants;

/// <summary>The pipeline's sources as the compiler understands them, and every mutant there could be.</summary>
internal sealed class PipelineSources
{
    public const string Folder = "src/EduFunctions.Pipeline";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly string[] OfTheProject =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private readonly CSharpCompilation _compilation;

    public PipelineSources(string root)
    {
        var folder = Path.Combine(root, Folder);
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.File), Parsing, file.Path));
        var usings = CSharpSyntaxTree.ParseText(string.Concat(OfTheProject.Select(name => $"global using {name};\n")), Parsing);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("EduFunctions.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create("AsRead", [.. trees, usings], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>As many of each room, chosen by the seed alone.</summary>
    /// <param name="rooms">Folders or files of the pipeline without their ending; a star is any part of a name.</param>
    public IReadOnlyList<Mutant> Sample(IEnumerable<string> rooms, int size, int seed)
    {
        var all = rooms.Select(Of).ToList();
        var share = (size + all.Count - 1) / Math.Max(1, all.Count);
        return [.. all.SelectMany(room => room.OrderBy(mutant => Shuffled($"{seed} {mutant.Place} {mutant.Node.SpanStart} {mutant.Becomes}")).Take(share))
            .DistinctBy(mutant => (mutant.Place, mutant.Node.SpanStart, mutant.Was, mutant.Becomes)).Select((mutant, id) => mutant with { Id = id })];
    }

    private List<Mutant> Of(string room)
    {
        var files = new Regex($"^{Regex.Escape(room).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}(/|\\.cs$)");
        var mutants =
            from tree in _compilation.SyntaxTrees
            where tree.FilePath.Length > 0 && files.IsMatch(tree.FilePath)
            let model = _compilation.GetSemanticModel(tree)
            from node in tree.GetRoot().DescendantNodes()
            from change in Operator.At(node, model)
            select new Mutant(0, room, tree.FilePath, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, IsEverywhere(node), node, change);
        var found = mutants.ToList();
        return found.Count > 0 ? found : throw new ArgumentException($"Nothing of {Folder} is {room}, or nothing in it could be otherwise.");
    }

    /// <summary>A hash that does not depend on the process, so that what is drawn in one file stays when another changes.</summary>
    private static ulong Shuffled(string text) => text.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL) * 0x9E3779B97F4A7C15UL;

    private static bool IsEverywhere(SyntaxNode node) => node.Ancestors().TakeWhile(above => above is not LambdaExpressionSyntax).Any(above => above switch
    {
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax { Modifiers: var modifiers } } => modifiers.Any(SyntaxKind.StaticKeyword),
        FieldDeclarationSyntax { Modifiers: var modifiers } => modifiers.Any(SyntaxKind.StaticKeyword),
        ConstructorDeclarationSyntax { Modifiers: var modifiers } => modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });
}
