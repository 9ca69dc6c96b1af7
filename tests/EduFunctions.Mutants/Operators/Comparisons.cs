using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>Boundaries, equality, both and either, plus and minus.</summary>
internal static class Comparisons
{
    private static readonly Dictionary<SyntaxKind, string> Others = new()
    {
        [SyntaxKind.LessThanExpression] = "<=",
        [SyntaxKind.LessThanOrEqualExpression] = "<",
        [SyntaxKind.GreaterThanExpression] = ">=",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">",
        [SyntaxKind.EqualsExpression] = "!=",
        [SyntaxKind.NotEqualsExpression] = "==",
        [SyntaxKind.LogicalAndExpression] = "||",
        [SyntaxKind.LogicalOrExpression] = "&&",
    };

    private static readonly Dictionary<SyntaxKind, string> Sums = new()
    {
        [SyntaxKind.AddExpression] = "-",
        [SyntaxKind.SubtractExpression] = "+",
        [SyntaxKind.MultiplyExpression] = "/",
        [SyntaxKind.DivideExpression] = "*",
    };

    public static IEnumerable<Mutation> At(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression is not BinaryExpressionSyntax binary || model.GetConstantValue(binary).HasValue)
        {
            return [];
        }

        return Others.TryGetValue(binary.Kind(), out var other) ? [With("comparison", other)]
            : Sums.TryGetValue(binary.Kind(), out other) && IsNumber(model.GetTypeInfo(binary).Type) ? [With("sum", other)]
            : [];
    }

    public static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static Mutation With(string kind, string sign) => new(kind, node => node is BinaryExpressionSyntax binary ? $"{binary.Left} {sign} {binary.Right}" : "");
}
