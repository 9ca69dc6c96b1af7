using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Acts;

/// <summary>Who asks for something, as far as it can be told, and why.</summary>
public sealed record Asker(string? Name, string? Reason = null)
{
    public const int LongestName = 100;
    public const int LongestReason = 500;

    /// <summary>What tenants answer that want to know why.</summary>
    [Told]
    public const string Lack = "The tenant file says that a reason has to be given. Give one.";

    public static Asker Nobody { get; } = new(null, null);

    /// <summary>Of texts as people type them.</summary>
    public static Asker Of(string? name, string? reason) => new(Line(name, LongestName), Line(reason, LongestReason));

    /// <summary>In one line and no longer than it should be; null for nothing.</summary>
    private static string? Line(string? text, int most)
    {
        var line = string.Join(' ', new string([.. (text ?? "").Select(character => char.IsControl(character) ? ' ' : character)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }
}
