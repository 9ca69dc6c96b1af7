namespace EduFunctions.Pipeline.Probing;

/// <summary>Questions for one thing, and for what is not there.</summary>
internal static class LookUpChecks
{
    private const string Nothing = "nothing could be asked";

    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new("lookup.known", ProbeGrade.Expected, "POST /persons/lookup with ids answers with these persons, as a bare list.", $"{ProbeChecks.Standard}: persons/lookup",
            "Guardians whom no list has can only be had so.",
            seen => seen.LookUp is not { Answer.IsUnasked: false } look ? ProbeVerdict.Unseen(Nothing)
                : ProbeVerdict.If(look.Found == look.Asked, look.Answer.IsGood ? $"{look.Found} of {look.Asked} persons" : look.Answer.Told)),
        new("lookup.unknown", ProbeGrade.Expected, "An id that nobody has does not spoil the answer for the others.", $"{ProbeChecks.Standard}: persons/lookup",
            "One id that has gone makes a client ask for every other one by itself.",
            seen => seen.LookUp is not { Answer.IsGood: true, Mixed.IsUnasked: false } look ? ProbeVerdict.Unseen("no look-up was answered")
                : ProbeVerdict.If(look.MixedFound, look.MixedFound ? "the known one came" : $"{look.Mixed.Told}, the known one did not come")),
        new("byId.known", ProbeGrade.Nice, "GET /organisations/{id} answers with that organisation.", $"{ProbeChecks.Standard}: every {{id}}", "A single doubt can be settled by a single call.",
            seen => seen.KnownId is not { Answer.IsUnasked: false } known ? ProbeVerdict.Unseen(Nothing)
                : ProbeVerdict.If(known.IsIt, known.IsIt ? "200, the same id" : $"{known.Answer.Told}, not that one")),
        new("byId.unknown", ProbeGrade.Expected, "An id that nobody has is answered 404.", $"{ProbeChecks.Standard}: 404 of every {{id}}", "Gone can be told from broken.",
            seen => Status(seen.UnknownId, status => status == 404)),
        new("unknown.path", ProbeGrade.Expected, "A path that is not there is answered 404.", "RFC 9110, 15.5.5", "A mistake in the address would look like an empty register.",
            seen => Status(seen.UnknownPath, status => status == 404)),
        new("unknown.parameter", ProbeGrade.Nice, "A parameter that nobody knows is passed over or refused (400), and breaks nothing.", "RFC 9110, 15.6.1",
            "Clients of version 2.1 ask servers of version 2.0.",
            seen => Status(seen.UnknownParameter, status => status is 200 or 400)),
    ];

    private static ProbeVerdict Status(ProbeAnswer? answer, Func<int, bool> passes) =>
        answer is not { Status: > 0 } ? ProbeVerdict.Unseen(answer?.Told ?? Nothing) : ProbeVerdict.If(passes(answer.Status), $"{answer.Status}");
}
