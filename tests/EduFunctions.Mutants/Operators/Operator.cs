using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>What can go wrong at a place in the code, as a person could have written it wrongly.</summary>
internal static class Operator
{
    public static IEnumerable<Mutation> At(SyntaxNode node, SemanticModel model) => node switch
    {
        StatementSyntax statement when !Declares(statement) => Statements.At(statement, model),
        ExpressionSyntax expression when !Declares(expression) && !IsFixed(expression) =>
            [.. Comparisons.At(expression, model), .. Conditions.At(expression), .. Literals.At(expression, model), .. Results.At(expression, model)],
        _ => [],
    };

    /// <summary>What is declared or assigned within would not be after a change, as the compiler sees it.</summary>
    private static bool Declares(SyntaxNode node) => node.DescendantNodes(below => below is not LambdaExpressionSyntax).Any(below =>
        below is SingleVariableDesignationSyntax or LocalDeclarationStatementSyntax or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword });

    /// <summary>What has to be known when it is compiled; and the sentences of errors, which are for people.</summary>
    private static bool IsFixed(ExpressionSyntax expression) => expression.Ancestors().Any(above => above switch
    {
        AttributeSyntax or EnumMemberDeclarationSyntax or PatternSyntax or SwitchLabelSyntax or ParameterSyntax or InterpolationAlignmentClauseSyntax => true,
        ThrowStatementSyntax or ThrowExpressionSyntax => true,
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        LocalDeclarationStatementSyntax local => local.IsConst,
        _ => false,
    });
}
