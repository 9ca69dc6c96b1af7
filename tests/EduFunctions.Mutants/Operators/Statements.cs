using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>A call left out, a sum the other way.</summary>
internal static class Statements
{
    public static IEnumerable<Mutation> At(StatementSyntax statement, SemanticModel model) => statement is not ExpressionStatementSyntax { Expression: var expression } ? [] : expression switch
    {
        InvocationExpressionSyntax or AwaitExpressionSyntax when model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_Void => [new Mutation("call", _ => "")],
        PostfixUnaryExpressionSyntax { OperatorToken.Text: var sign } => [new Mutation("sum", node => $"{((PostfixUnaryExpressionSyntax)Inner(node)).Operand}{(sign == "++" ? "--" : "++")};")],
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } sum
            when Comparisons.IsNumber(model.GetTypeInfo(sum).Type) => [new Mutation("sum", Turned)],
        _ => [],
    };

    private static string Turned(SyntaxNode node)
    {
        var sum = (AssignmentExpressionSyntax)Inner(node);
        return $"{sum.Left} {(sum.IsKind(SyntaxKind.AddAssignmentExpression) ? "-=" : "+=")} {sum.Right};";
    }

    private static ExpressionSyntax Inner(SyntaxNode node) => ((ExpressionStatementSyntax)node).Expression;
}
