using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants;

/// <summary>All mutants of a file written into it, each behind its switch, so that one build serves them all.</summary>
internal static partial class Planting
{
    private const string Switch = "EduFunctions.Pipeline.Infrastructure.MutantSwitch.On";

    public static string Plant(IEnumerable<Mutant> mutants)
    {
        var places = mutants.ToLookup(mutant => mutant.Node);
        var root = places.First().Key.SyntaxTree.GetRoot();
        return root.ReplaceNodes(places.Select(place => place.Key), (before, node) => Switched(node, places[before])).ToFullString();
    }

    /// <summary>The mutants in the members that hold these lines: what the compiler could not make sense of, whichever of them it was.</summary>
    public static IEnumerable<int> Near(string planted, IEnumerable<int> lines)
    {
        var text = CSharpSyntaxTree.ParseText(planted);
        return from line in lines
               let span = text.GetText().Lines[line - 1].Span
               from member in text.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
               where member is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax) && member.Span.IntersectsWith(span)
               from match in On().Matches(member.ToString())
               select int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static SyntaxNode Switched(SyntaxNode node, IEnumerable<Mutant> mutants) => node switch
    {
        StatementSyntax statement => SyntaxFactory.ParseStatement(
            mutants.Aggregate(statement.ToString(), (text, mutant) => $"{{ if ({Switch}({mutant.Id})) {{ {mutant.Mutation.Text(node)} }} else {{ {text} }} }}")).WithTriviaFrom(node),
        _ => SyntaxFactory.ParseExpression(
            mutants.Aggregate(node.ToString(), (text, mutant) => $"({mutant.Mutation.Type}({Switch}({mutant.Id}) ? {mutant.Mutation.Text(node)} : {text}))")).WithTriviaFrom(node),
    };

    [GeneratedRegex(@"MutantSwitch\.On\((\d+)\)")]
    private static partial Regex On();
}
