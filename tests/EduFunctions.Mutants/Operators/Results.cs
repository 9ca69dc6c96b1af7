using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Mutants.Operators;

/// <summary>Always the same answer: true, false, none.</summary>
internal static class Results
{
    public static IEnumerable<Mutation> At(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression is RefExpressionSyntax or ThrowExpressionSyntax or LiteralExpressionSyntax || !IsResult(expression) || model.GetTypeInfo(expression) is not { ConvertedType: { } type })
        {
            return [];
        }

        return type.SpecialType == SpecialType.System_Boolean ? [Always("true"), Always("false")]
            : type.SpecialType == SpecialType.System_Void || type.Name is "Task" or "ValueTask" ? []
            : [Always("default!")];
    }

    private static bool IsResult(ExpressionSyntax expression) => expression.Parent switch
    {
        ReturnStatementSyntax => true,
        ArrowExpressionClauseSyntax { Parent: not (ConstructorDeclarationSyntax or DestructorDeclarationSyntax) } => true,
        _ => false,
    };

    private static Mutation Always(string text) => new("result", _ => text);
}
