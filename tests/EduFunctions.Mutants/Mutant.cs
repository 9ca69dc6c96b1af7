using Microsoft.CodeAnalysis;

namespace EduFunctions.Mutants;

/// <summary>One change at one place.</summary>
/// <param name="Everywhere">It takes effect when a type is first used, which no single class of tests can be said to do.</param>
internal sealed record Mutant(int Id, string Room, string File, int Line, bool Everywhere, SyntaxNode Node, Mutation Mutation)
{
    private const int Longest = 120;

    /// <summary>On one line; of a long text what stands around the difference.</summary>
    public string Was => Around(OnOneLine(Node.ToString()), OnOneLine(Mutation.Text(Node)));

    public string Becomes => Around(OnOneLine(Mutation.Text(Node)), OnOneLine(Node.ToString()));

    /// <summary>The line on which it begins.</summary>
    public string Code => Node.SyntaxTree.GetText().Lines[Line - 1].ToString().Trim();

    public string Place => $"{File}:{Line}";

    private static string Around(string text, string other)
    {
        var start = Math.Max(text.Length, other.Length) <= Longest ? 0 : Math.Max(0, text.AsSpan().CommonPrefixLength(other) - (Longest / 2));
        var end = Math.Min(text.Length, start + Longest);
        return $"{(start > 0 ? "…" : "")}{text[start..end]}{(end < text.Length ? "…" : "")}";
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <param name="Kind">The operator's name.</param>
/// <param name="Text">What stands there instead, given the node as it is; empty: nothing.</param>
/// <param name="Type">What both have to be made, where the compiler would take them for something else.</param>
internal sealed record Mutation(string Kind, Func<SyntaxNode, string> Text, string Type = "");
