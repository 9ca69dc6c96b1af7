using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>What a tenant file may not say of the words that its register writes for protection and for none.</summary>
internal static class MarkingSettings
{
    public static IEnumerable<(string Key, string Cause)> Contradictions(SourceSettings source) =>
        Wrong("noMarking", source.NoMarking, word =>
            ProtectionWords.MayMeanProtection(word) ? "holds a word of protection: whoever bears it may be protected"
            : ProtectionWords.IsPlainYes(word) ? "says yes: whoever bears it may be protected"
            : source.ProtectionWords.Any(other => other.Trim().Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)) ? "stands in protectionWords too"
            : null)
        .Concat(Wrong("protectionWords", source.ProtectionWords, word => ProtectionWords.IsPlainNo(word) ? "says no: whoever bears it is not protected" : null));

    private static IEnumerable<(string Key, string Cause)> Wrong(string key, IReadOnlyList<string> words, Func<string, string?> causeOf) =>
        from word in words.Index()
        let cause = causeOf(word.Item)
        where cause is not null
        select ($"{key}[{word.Index}]", cause);
}
