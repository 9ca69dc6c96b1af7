using System.Net.Http.Headers;
using System.Text.Json;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Asks by id for persons that the list has, for one that nobody has, and for some that are only referred to.</summary>
internal sealed class LookUpQuestions(ProbeCalls calls, ProbedRegister seen)
{
    private const int Few = 3;
    private const int Most = 100;

    public async Task<LookUpSeen?> AskAsync(CancellationToken ct)
    {
        var known = seen.First(RowShape.Persons)?.Ids.Where(id => id.Length > 0).Take(Few).ToArray() ?? [];
        if (known.Length == 0)
        {
            return null;
        }

        var answer = await AskAsync(known, ct);
        if (!answer.IsGood)
        {
            return new LookUpSeen(answer, known.Length, 0, answer, MixedFound: false, new HashSet<string>());
        }

        var mixed = await AskAsync([known[0], Guid.NewGuid().ToString()], ct);
        var missing = Missing();
        var others = missing.Length == 0 ? [] : IdsOf(await AskAsync(missing, ct));
        return new LookUpSeen(answer, known.Length, known.Count(IdsOf(answer).Contains), mixed, IdsOf(mixed).Contains(known[0]), others);
    }

    private string[] Missing()
    {
        var listed = seen.First(RowShape.Persons)!.Ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. seen.Facts.References.Values.Where(named => named.To == RowShape.Persons).SelectMany(named => named.Ids)
                .Where(id => id.Length > 0 && !listed.Contains(id)).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most),
        ];
    }

    private Task<ProbeAnswer> AskAsync(string[] ids, CancellationToken ct) => calls.AskAsync(() => Request(ids), ct);

    private HttpRequestMessage Request(string[] ids)
    {
        var request = calls.To(HttpMethod.Post, $"{RowShape.Persons}/lookup");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { ids })) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private static HashSet<string> IdsOf(ProbeAnswer answer) => answer is { IsGood: true, Json.ValueKind: JsonValueKind.Array }
        ? answer.Json.EnumerateArray().Select(RowPath.Id).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase)
        : [];
}
