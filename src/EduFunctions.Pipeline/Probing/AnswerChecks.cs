namespace EduFunctions.Pipeline.Probing;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal static class AnswerChecks
{
    /// <summary>Below this length packing saves nothing.</summary>
    private const int WorthPacking = 2000;

    private const string Nothing = "no answer came";

    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new("answer.json", ProbeGrade.Needed, "The body of a 200 is complete JSON in UTF-8.", "RFC 8259, 8.1", "A page that cannot be read stops the night.",
            seen => Of(Good(seen), answer => answer.Problem, "answers in JSON")),
        new("answer.hiddenError", ProbeGrade.Needed, "An error has a status of its own and is no 200.", $"{ProbeChecks.Standard}: default response Error",
            "Taken for a last page, an error makes pupils leave who are still there.",
            seen => Of(Good(seen), answer => answer.IsHiddenError ? "200 with an error" : null, "answers without an error in them")),
        new("answer.redirect", ProbeGrade.Needed, "Answers come from the address that was asked; nothing is redirected.", "RFC 9110, 15.4",
            "A token follows no redirect to anywhere, so nothing is read.",
            seen => Of(Came(seen), answer => answer.IsRedirect ? $"{answer.Status}" : null, "answers, none redirected")),
        new("answer.type", ProbeGrade.Expected, "JSON is labelled as it: Content-Type application/json, and no charset but utf-8.", "RFC 8259, 11",
            "Proxies and clients that go by the label do not read it, or read å, ä and ö wrongly.",
            seen => Of(Good(seen), answer => TypeOf(answer), "answers labelled application/json")),
        new("answer.packed", ProbeGrade.Expected, "Whoever accepts gzip gets gzip.", "RFC 9110, 12.5.3", "A night's pull is some ten times larger without.", Packed),
        new("answer.errorForm", ProbeGrade.Nice, "The body of an error is an object with code and message.", $"{ProbeChecks.Standard}: Error",
            "A client can then tell an outage from a mistake of its own.",
            seen => Of([.. Came(seen).Where(answer => answer.Status >= 400 && answer.Status is not (401 or 404 or 429))],
                answer => answer.IsStandardError ? null : $"{answer.Status} without code and message", "errors with code and message")),
        new("answer.retryAfter", ProbeGrade.Expected, "Whoever asks too often (429) is told by Retry-After when to come again.", "RFC 6585, 4; RFC 9110, 10.2.3",
            "A client that has to guess comes too early, again and again.",
            seen => Of([.. Came(seen).Where(answer => answer.Status == 429)], answer => answer.SaysWhen ? null : "429 without Retry-After", "answers 429 with Retry-After")),
        new("answer.tag", ProbeGrade.Nice, "Answers carry an ETag, and If-None-Match is answered 304 while nothing has changed.", "RFC 9110, 8.8.3 and 13.1.2",
            "What has not changed need not be read again.",
            seen => seen.Tagged switch
            {
                not { First.Status: 200 } => ProbeVerdict.Unseen(Nothing),
                { Again: null } => ProbeVerdict.Miss("no ETag"),
                { Again: { } again } => ProbeVerdict.If(again.Status == 304, $"an ETag, and {again.Told} to it"),
            }),
    ];

    private static List<ProbeAnswer> Came(ProbedRegister seen) => [.. seen.Answers.Where(answer => answer.Status > 0)];

    private static List<ProbeAnswer> Good(ProbedRegister seen) => [.. seen.Answers.Where(answer => answer.Status == 200)];

    private static ProbeVerdict Of(List<ProbeAnswer> answers, Func<ProbeAnswer, string?> wrong, string what)
    {
        var misses = answers.Select(wrong).OfType<string>().GroupBy(miss => miss, StringComparer.Ordinal).Select(same => $"{same.Key} ({same.Count()})").ToList();
        return answers.Count == 0 ? ProbeVerdict.Unseen($"no {what} came")
            : misses.Count == 0 ? ProbeVerdict.Pass($"{answers.Count} {what}")
            : ProbeVerdict.Miss(string.Join(", ", misses));
    }

    private static string? TypeOf(ProbeAnswer answer) =>
        answer.MediaType.Length == 0 ? "no Content-Type"
        : !answer.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? "another type"
        : answer.Charset.Length > 0 && !answer.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? "another charset"
        : null;

    private static ProbeVerdict Packed(ProbedRegister seen)
    {
        var large = Good(seen).Where(answer => answer.Length >= WorthPacking).ToList();
        return large.Count == 0
            ? ProbeVerdict.Unseen("no answer was large enough")
            : ProbeVerdict.If(large.All(answer => answer.IsPacked), $"{large.Count(answer => answer.IsPacked)} of {large.Count} larger answers");
    }
}
