namespace EduFunctions.Pipeline.Probing;

/// <summary>Who gets in, and to what.</summary>
internal static class AccessChecks
{
    private const string NoTokens = "this way in has no token endpoint";

    private static readonly string[] Core = [RowShape.Organisations, RowShape.Persons];

    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new("token.given", ProbeGrade.Needed, "The token endpoint answers id and secret of a client with 200 and an access_token of visible ASCII characters.",
            "RFC 6749, 4.4 and 5.1", "Without a token nothing can be read.",
            seen => seen.Token is not { } token ? ProbeVerdict.Unseen(NoTokens)
                : token.First.IsUnasked ? ProbeVerdict.Unseen(token.First.Told)
                : ProbeVerdict.If(token.IsGiven, token.IsGiven ? "200 with a token" : $"{token.First.Told}, no token that can be shown")),
        new("token.form", ProbeGrade.Expected, "The token's answer says token_type Bearer and gives expires_in as a number of seconds.", "RFC 6749, 5.1",
            "A client that does not know how long a token lasts asks for a new one far too often, or too late.",
            seen => seen.Token is not { IsGiven: true } token ? ProbeVerdict.Unseen(seen.Token is null ? NoTokens : "no token came")
                : ProbeVerdict.If(token is { IsBearer: true, HasLife: true }, $"token_type {(token.IsBearer ? "Bearer" : "is not Bearer")}, expires_in {token.Life}")),
        new("token.second", ProbeGrade.Expected, "A second token can be had at once, and the first one stays good.", "RFC 6749, 5.1",
            "Two readers of one client, such as a night and a test of the connection, would throw each other out.", Second),
        new("access.closed", ProbeGrade.Needed, "Whoever shows no token or key is refused (401 or 403).", "RFC 6750, 3",
            "Pupils' data would be open to everybody who knows the address.",
            seen => seen.Stranger is not { } answer ? ProbeVerdict.Unseen(seen.Readings.Count > 0 ? "the connection itself shows who calls" : "nothing could be asked")
                : answer.Status == 0 ? ProbeVerdict.Unseen(answer.Told)
                : ProbeVerdict.If(answer.Status is 401 or 403, answer.Told)),
        new("collections.core", ProbeGrade.Needed, "GET /organisations and GET /persons answer 200.", ProbeChecks.Standard, "Without them there is no school and nobody in it.",
            seen => Open(seen, Core)),
        new("collections.rest", ProbeGrade.Expected, "GET /groups, /duties, /activities, /placements and /syllabuses answer 200.", ProbeChecks.Standard,
            "Without them there are no classes, no staff, no teaching groups with their teachers, no preschool and no subjects.",
            seen => Open(seen, [.. seen.Collections.Except(Core)])),
    ];

    private static ProbeVerdict Second(ProbedRegister seen) => seen.Token switch
    {
        null => ProbeVerdict.Unseen(NoTokens),
        { SecondIsGiven: null } => ProbeVerdict.Unseen("nobody was asked a second time"),
        { SecondIsGiven: false } => ProbeVerdict.Miss("no second token came"),
        { FirstAgain: null } => ProbeVerdict.Pass("the same token again"),
        { FirstAgain.IsUnasked: true } => ProbeVerdict.Unseen("nothing more may be asked"),
        { FirstAgain: var again } => ProbeVerdict.If(again.Status is not 401 and not 403, $"the first token after it: {again.Told}"),
    };

    private static ProbeVerdict Open(ProbedRegister seen, string[] collections)
    {
        var readings = collections.Where(seen.Readings.ContainsKey).Select(collection => seen.Readings[collection][0]).Where(reading => !reading.IsUnasked || reading.IsThere).ToList();
        return ProbeVerdict.Each(
            readings, reading => reading.IsThere || reading.End == ReadingEnd.Unclear ? null : $"{reading.Collection}: {reading.Problem}",
            string.Join(", ", readings.Select(reading => $"{reading.Collection} {reading.Ids.Count} rows")), "nothing could be asked");
    }
}
