using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API that list what stands behind a number.</summary>
public sealed class ListsApi(RunLists lists, ListCsv csv, ActLog acts)
{
    private const string Feed = "feed";
    private const string Code = "code";
    private const string School = "school";
    private const string Format = "format";

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/lists/{list}</c>: rows, or with <c>format=csv</c> a file in the language of <c>Accept-Language</c>.</summary>
    public async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken ct) =>
        await FindAsync(call, ct) is not { } list ? Unknown
        : call.Query(Format) == "csv" ? await DownloadAsync(call, list, AcceptedLanguage.Of(call.Header("Accept-Language")), ct)
        : await ToldAsync(call, list, new ApiAnswer(200, list), ct);

    /// <summary>Null for a list that there is none of.</summary>
    public async Task<RunList?> FindAsync(ApiCall call, CancellationToken ct)
    {
        var (tenant, run, feed) = (call["tenant"], call["run"], call.Query(Feed));
        return SyncApi.IsName(tenant) && RunId.IsValid(run) && (feed is null || SyncApi.IsName(feed))
            ? (await lists.FindAsync(tenant, run, call["list"], feed, call.MayFindProtected, ct))?.Of(call.Query(Code), call.Query(School))
            : null;
    }

    /// <summary>As a file; who has taken it goes on record first.</summary>
    public Task<ApiAnswer> DownloadAsync(ApiCall call, RunList list, Language language, CancellationToken ct) => ToldAsync(
        call, list,
        new ApiAnswer(200, new Csv($"{list.Tenant}-{list.Run}-{list.List}.csv", csv.Of(list, language)))
        {
            Extra = ("Content-Disposition", $"attachment; filename=\"{list.Tenant}-{list.Run}-{list.List}.csv\""),
        },
        ct);

    /// <summary>The same question once more, behind an address.</summary>
    internal static string QueryOf(ApiCall call)
    {
        var asked = new[] { Feed, Code, School }.Select(name => (Name: name, Value: call.Query(name))).Where(part => part.Value is not null);
        return string.Join('&', asked.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private async Task<ApiAnswer> ToldAsync(ApiCall call, RunList list, ApiAnswer answer, CancellationToken ct)
    {
        var by = call.Asker(reason: null);
        string[] what = [list.List, .. new[] { call.Query(Code), call.Query(School) }.OfType<string>()];
        await acts.WriteAsync(
            new Act { Tenant = list.Tenant, Kind = ActKind.Download, By = by.Name, Run = list.Run, Feed = call.Query(Feed), What = what }, ct);
        return answer;
    }

    [Told]
    internal static ApiAnswer Unknown => ApiAnswer.Problem(404, "Unknown list", "The run has no such list, or it is no longer kept. The list of a plan needs the name of the feed.");
}
