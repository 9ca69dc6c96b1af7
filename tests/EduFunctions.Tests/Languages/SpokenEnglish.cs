using EduFunctions.Pipeline.Languages;
using EduFunctions.Tests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EduFunctions.Tests.Languages;

/// <summary>
/// What the pipeline says to people in English, read from its sources: the words that pages and alarms ask a language for, and the sentences of what is
/// marked as <see cref="ToldAttribute"/>. Values are numbered holes, as the files of the languages have them.
/// </summary>
internal static class SpokenEnglish
{
    private const string Speaker = "Wording";

    private static readonly string[] Speakers = ["words", "language"];
    private static readonly string[] Stoppers = ["RunHeldException", "DeliveryRefusedException"];

    /// <summary>Said by name: <c>words["Feeds"]</c>, <c>language[$"{name}: held"]</c>, <c>words.Text($"Feed {name}")</c>.</summary>
    public static IReadOnlySet<string> Words { get; }

    /// <summary>All texts of what is marked.</summary>
    public static IReadOnlySet<string> Told { get; }

    /// <summary>Texts of what stops a run or a delivery, where they stand in the throwing itself.</summary>
    public static IReadOnlySet<string> Stops { get; }

    /// <summary>The trees of all sources are a tenth of a gigabyte, and go with this.</summary>
    static SpokenEnglish()
    {
        var files = PipelineCode.Files().Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot()).ToList();
        Words = files.SelectMany(Asked).ToHashSet();
        Stops = files.SelectMany(file => file.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Where(made => Stoppers.Contains(made.Type.ToString())))
            .SelectMany(made => made.ArgumentList?.Arguments.Take(1) ?? []).SelectMany(Texts).Select(text => text.Trim()).ToHashSet();
        Told = files
            .SelectMany(file => file.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(IsTold))
            .SelectMany(member => Texts(member))
            .Select(text => text.Trim())
            .ToHashSet();
    }

    /// <summary>Those that are sentences or parts of one, and not names or separators.</summary>
    public static IEnumerable<string> Sentences => Told.Where(text => text.Contains(' ', StringComparison.Ordinal) && SentenceForm.Of(text).HasWords);

    private static IEnumerable<string> Asked(SyntaxNode file) =>
    [
        .. from access in file.DescendantNodes().OfType<ElementAccessExpressionSyntax>()
           where (Speakers.Contains(access.Expression.ToString().Split('.')[^1].ToLowerInvariant()) || (access.Expression is ThisExpressionSyntax && IsInSpeaker(access)))
               && access.ArgumentList.Arguments.Count == 1
           let form = Form(access.ArgumentList.Arguments[0].Expression)
           where form is not null
           select form,
        .. from call in file.DescendantNodes().OfType<InvocationExpressionSyntax>()
           where (call.Expression.ToString() == "words.Text" || (call.Expression.ToString() == "Text" && IsInSpeaker(call))) && call.ArgumentList.Arguments.Count == 1
           let form = Form(call.ArgumentList.Arguments[0].Expression)
           where form is not null
           select form,
    ];

    private static bool IsInSpeaker(SyntaxNode node) => node.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.Identifier.ValueText == Speaker;

    private static bool IsTold(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Told");

    /// <summary>Each text with its holes, and the texts inside the holes; how a value is written is no text.</summary>
    private static IEnumerable<string> Texts(SyntaxNode node) => node switch
    {
        AttributeSyntax => [],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: nameof(ToString) } } => [],
        ExpressionSyntax expression when Parts(expression) is { } parts =>
            [Form(parts), .. parts.OfType<ExpressionSyntax>().SelectMany(Texts)],
        _ => node.ChildNodes().SelectMany(Texts),
    };

    private static string? Form(ExpressionSyntax expression) => Parts(expression) is { } parts ? Form(parts) : null;

    private static string Form(IReadOnlyList<object> parts)
    {
        var hole = 0;
        return string.Concat(parts.Select(part => part as string ?? $"{{{hole++}}}"));
    }

    /// <summary>Literals as texts and values as expressions; null for what is no text.</summary>
    private static IReadOnlyList<object>? Parts(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax text => [.. text.Contents.Select(content => content switch
        {
            InterpolationSyntax hole => (object)hole.Expression,
            _ => ((InterpolatedStringTextSyntax)content).TextToken.ValueText,
        })],
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => (Parts(sum.Left), Parts(sum.Right)) switch
        {
            (null, null) => null,
            var (left, right) => [.. left ?? [sum.Left], .. right ?? [sum.Right]],
        },
        _ => null,
    };
}
