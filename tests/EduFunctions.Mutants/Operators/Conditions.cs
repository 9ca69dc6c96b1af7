using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>The other way round. Comparisons have an operator of their own.</summary>
internal static class Conditions
{
    public static IEnumerable<Mutation> At(ExpressionSyntax expression)
    {
        if (expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
        {
            return [new Mutation("condition", node => $"{((PrefixUnaryExpressionSyntax)node).Operand}")];
        }

        var decides = expression.Parent switch
        {
            IfStatementSyntax branch => branch.Condition == expression,
            ConditionalExpressionSyntax choice => choice.Condition == expression,
            WhenClauseSyntax => true,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } => true,
            _ => false,
        };
        return decides && expression is not BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.IsExpression } ? [new Mutation("condition", node => $"!({node})")] : [];
    }
}
