using System.Text.Json;

namespace EduFunctions.Pipeline.Languages;

/// <summary>A language's file: <c>sv.json</c>, <c>da.json</c>. English needs none.</summary>
/// <param name="Codes">What codes of rules and findings mean, and what can be done about them.</param>
/// <param name="Words">What pages, alarms and mails say, by its English; values are <c>{0}</c>, <c>{1}</c> in both.</param>
/// <param name="Told">
/// Sentences that records hold, by their English form. A value that is words of ours again is <c>{0~}</c>, sentences of ours <c>{0+}</c>; any other stays as it is.
/// </param>
internal sealed record LanguageFile(
    IReadOnlyDictionary<string, CodeWords> Codes, IReadOnlyDictionary<string, string> Words, IReadOnlyDictionary<string, string> Told)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    public static LanguageFile Read(string code)
    {
        using var stream = typeof(LanguageFile).Assembly.GetManifestResourceStream($"Languages.{code}.json");
        return stream is null
            ? new LanguageFile(new Dictionary<string, CodeWords>(), new Dictionary<string, string>(), new Dictionary<string, string>())
            : JsonSerializer.Deserialize<LanguageFile>(stream, Strict)!;
    }
}

internal sealed record CodeWords(string Sentence, string Advice);
