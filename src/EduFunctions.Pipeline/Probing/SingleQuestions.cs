using System.Globalization;
using System.Text.Json;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Questions of one call each: what is not there, what is known, what is gone.</summary>
internal sealed class SingleQuestions(ProbeCalls calls, ProbedRegister seen, TimeProvider time)
{
    private const string Nowhere = "probe-no-such-collection";
    private const string NoToken = "cHJvYmUtbm8tc3VjaC10b2tlbg";

    public async Task AskAsync(CancellationToken ct)
    {
        seen.UnknownPath = await calls.GetAsync($"{Nowhere}?limit=1", ct);
        seen.UnknownId = await calls.GetAsync($"{RowShape.Persons}/{Guid.NewGuid()}", ct);
        seen.UnknownParameter = await calls.GetAsync($"{RowShape.Organisations}?limit=1&probeNoSuchParameter=1", ct);
        seen.UnknownToken = await calls.GetAsync($"{RowShape.Persons}?limit=1&pageToken={NoToken}", ct);
        seen.KnownId = await ByIdAsync(ct);
        seen.Tagged = await ByTagAsync(ct);
        seen.Deletions = await DeletionsAsync(ct);
    }

    /// <summary>A filter beside a token, where some page has had one.</summary>
    public async Task AskForBothAsync(CancellationToken ct)
    {
        if (seen.Readings.Values.SelectMany(readings => readings).LastOrDefault(reading => reading is { Token: not null, IsWhole: true }) is { } reading)
        {
            seen.FilterWithToken = await calls.GetAsync(
                $"{reading.Collection}?limit={reading.Limit}&pageToken={Uri.EscapeDataString(reading.Token!)}&meta.modified.after=2000-01-01T00:00:00Z", ct);
        }
    }

    private async Task<(ProbeAnswer Answer, bool IsIt)?> ByIdAsync(CancellationToken ct)
    {
        if (seen.First(RowShape.Organisations)?.Ids.FirstOrDefault(id => id.Length > 0) is not { } id)
        {
            return null;
        }

        var answer = await calls.GetAsync($"{RowShape.Organisations}/{Uri.EscapeDataString(id)}", ct);
        return (answer, answer.IsGood && string.Equals(RowPath.Id(answer.Json), id, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<(ProbeAnswer First, ProbeAnswer? Again)?> ByTagAsync(CancellationToken ct)
    {
        const string Page = $"{RowShape.Organisations}?limit=1";
        var first = await calls.GetAsync(Page, ct);
        return first.Tag is not { } tag ? (first, null) : (first, await calls.AskAsync(Again, ct));

        HttpRequestMessage Again()
        {
            var request = calls.To(HttpMethod.Get, Page);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return request;
        }
    }

    private async Task<DeletionsSeen> DeletionsAsync(CancellationToken ct)
    {
        var after = (time.GetUtcNow() - TimeSpan.FromDays(7)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var answer = await calls.GetAsync($"deletedEntities?after={after}&limit=1000", ct);
        var data = answer is { IsGood: true, Json.ValueKind: JsonValueKind.Object } && answer.Json.TryGetProperty("data", out var found) ? found : default;
        if (data.ValueKind != JsonValueKind.Object)
        {
            return new DeletionsSeen(answer, HasForm: false, 0, 0);
        }

        var there = seen.Firsts.SelectMany(reading => reading.Ids).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lists = data.EnumerateObject().Select(list => list.Value).Where(list => list.ValueKind != JsonValueKind.Null).ToList();
        var named = lists.Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray()).Select(RowPath.Text).ToList();
        return new DeletionsSeen(
            answer, lists.All(list => list.ValueKind == JsonValueKind.Array) && !named.Contains(null), named.Count, named.Count(id => id is not null && there.Contains(id)));
    }
}
