using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>One more, one less; nothing instead of a text.</summary>
internal static class Literals
{
    public static IEnumerable<Mutation> At(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } number => Numbers(number, model),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token.ValueText.Length: > 0 } => [new Mutation("text", _ => "\"\"")],
        _ => [],
    };

    private static IEnumerable<Mutation> Numbers(LiteralExpressionSyntax literal, SemanticModel model)
    {
        var type = model.GetTypeInfo(literal).ConvertedType;
        if (!Comparisons.IsNumber(type) || literal.Token.Value is not int value)
        {
            yield break;
        }

        yield return Other(value + 1L, type!);
        if (value > 0)
        {
            yield return Other(value - 1L, type!);
        }
    }

    private static Mutation Other(long value, ITypeSymbol type) =>
        new("number", _ => value.ToString(CultureInfo.InvariantCulture), type.SpecialType == SpecialType.System_Int32 ? "" : $"({type.ToDisplayString()})");
}
