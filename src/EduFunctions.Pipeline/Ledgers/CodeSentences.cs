using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What codes of rules and findings mean, for who knows no codes.</summary>
public sealed class CodeSentences(RuleCatalog rules, FindingCatalog findings)
{
    /// <summary>Nothing for a code of another version.</summary>
    public string Of(string code, Language language) =>
        (rules.Find(code)?.Sentence ?? findings.Find(code)?.Sentence) is { } sentence ? language.MeaningOf(code, sentence) : "";

    /// <summary>What can be done about it.</summary>
    public string AdviceOn(string code, Language language) =>
        (rules.Find(code)?.Advice ?? findings.Find(code)?.Advice) is { } advice ? language.AdviceOn(code, advice) : "";
}
