using System.Text.Json;

namespace EduFunctions.Pipeline.Probing;

/// <summary>An answer, as far as it came.</summary>
internal sealed record ProbeAnswer
{
    /// <summary>0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>Why there is no answer, or its body cannot be read; null for a whole one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether nobody was asked, so that nothing can be said of the register.</summary>
    public bool IsUnasked { get; init; }

    public string MediaType { get; init; } = "";

    public string Charset { get; init; } = "";

    public bool IsPacked { get; init; }

    public string? Tag { get; init; }

    public bool SaysWhen { get; init; }

    /// <summary>Unpacked, with no half characters; empty once it has been judged.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public int Length { get; init; }

    /// <summary>The body; of the kind Undefined when it is no JSON, or has been judged.</summary>
    public JsonElement Json { get; init; }

    public bool IsJson { get; init; }

    public bool IsGood => Status == 200 && Problem is null && IsJson;

    public bool IsRedirect => Status is >= 300 and < 400 and not 304;

    /// <summary>What came, in a word: a status, or why there is none.</summary>
    public string Told => Problem ?? $"{Status}";

    /// <summary>Whether an error has the standard's form.</summary>
    public bool IsStandardError => Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
        && Json.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String;

    /// <summary>Whether it says 200 and is an error all the same. A row has an id, and some rows a code.</summary>
    public bool IsHiddenError => Status == 200 && Json.ValueKind == JsonValueKind.Object && !Json.TryGetProperty("id", out _)
        && Json.TryGetProperty("code", out var code) && code.ValueKind != JsonValueKind.Null;

    /// <summary>Without the body: what was asked for is not kept.</summary>
    public ProbeAnswer Judged() => this with { Body = default, Json = default };

    public static ProbeAnswer Unasked(string why) => new() { Problem = why, IsUnasked = true };
}
