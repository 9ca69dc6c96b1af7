using System.Text.Json;

namespace EduFunctions.Pipeline.Languages;

/// <summary>A language's file: <c>sv.json</c>, <c>da.json</c>. That of English has no more than how one of something is told.</summary>
internal sealed record LanguageFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <summary>What codes of rules and findings mean, and what can be done about them.</summary>
    public IReadOnlyDictionary<string, CodeWords> Codes { get; init; } = new Dictionary<string, CodeWords>();

    /// <summary>What pages, alarms and mails say, by its English; values are <c>{0}</c>, <c>{1}</c> in both.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Sentences that records hold, by their English form. A value that is words of ours again is <c>{0~}</c>, sentences of ours <c>{0+}</c>; any other stays as it is.
    /// </summary>
    public IReadOnlyDictionary<string, string> Told { get; init; } = new Dictionary<string, string>();

    /// <summary>Words and sentences that begin with a number, by their English form: what is said where the number is one.</summary>
    public IReadOnlyDictionary<string, string> One { get; init; } = new Dictionary<string, string>();

    public static LanguageFile Read(string code)
    {
        using var stream = typeof(LanguageFile).Assembly.GetManifestResourceStream($"Languages.{code}.json");
        return stream is null ? new LanguageFile() : JsonSerializer.Deserialize<LanguageFile>(stream, Strict)!;
    }
}

internal sealed record CodeWords(string Sentence, string Advice);
