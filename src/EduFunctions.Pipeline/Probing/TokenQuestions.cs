using System.Globalization;
using System.Text.Json;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Asks for a token twice: what it looks like, and whether the second one takes the first one's place.</summary>
internal sealed class TokenQuestions(ProbeCalls calls, ClientCredentials client)
{
    public async Task<TokenSeen> AskAsync(CancellationToken ct)
    {
        var first = await calls.AskAsync(client.Request, shown: null, ct);
        var token = TokenOf(first);
        var (life, hasLife) = LifeOf(first);
        var seen = new TokenSeen(first.Judged(), token is not null, IsBearer(first), life, hasLife);
        if (token is null)
        {
            return seen;
        }

        var answer = await calls.AskAsync(client.Request, shown: null, ct);
        var second = TokenOf(answer);
        return seen with
        {
            SecondIsGiven = answer.IsUnasked ? null : second is not null,
            FirstAgain = second is null || second == token ? null : await calls.AskAsync(() => WithToken(token), shown: null, ct),
        };
    }

    private HttpRequestMessage WithToken(string token)
    {
        var request = calls.To(HttpMethod.Get, $"{RowShape.Organisations}?limit=1");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }

    private static string? TokenOf(ProbeAnswer answer) =>
        Member(answer, "access_token") is { ValueKind: JsonValueKind.String } token && token.GetString() is { Length: > 0 } text
        && text.All(c => c is > ' ' and < '\u007F') ? text : null;

    private static bool IsBearer(ProbeAnswer answer) =>
        Member(answer, "token_type") is { ValueKind: JsonValueKind.String } type && string.Equals(type.GetString(), "Bearer", StringComparison.OrdinalIgnoreCase);

    private static (string Told, bool IsNumber) LifeOf(ProbeAnswer answer) => Member(answer, "expires_in") switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds) && seconds is > 0 and <= int.MaxValue =>
            ($"{seconds.ToString("0", CultureInfo.InvariantCulture)} seconds", true),
        { ValueKind: JsonValueKind.Number } => ("a number that is no time", false),
        { ValueKind: JsonValueKind.String } => ("a text", false),
        { ValueKind: JsonValueKind.Undefined } => ("absent", false),
        { ValueKind: JsonValueKind.Null } => ("null", false),
        _ => ("neither number nor text", false),
    };

    private static JsonElement Member(ProbeAnswer answer, string name) =>
        answer is { IsGood: true, Json.ValueKind: JsonValueKind.Object } && answer.Json.TryGetProperty(name, out var value) ? value : default;
}
