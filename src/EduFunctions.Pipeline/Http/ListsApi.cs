using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API that list what stands behind a number.</summary>
public sealed class ListsApi(RunLists lists, ListCsv csv, ActLog acts)
{
    private const string Format = "format";

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/lists/{list}</c>: rows, or with <c>format=csv</c> a file in the language of <c>Accept-Language</c>.</summary>
    public async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken ct)
    {
        if (FindRefusal(call) is { } refusal)
        {
            return refusal;
        }

        return await FindAsync(call, ct) is not { } all ? Unknown
            : ListQuery.Of(call).Choose(all) is var list && call.Query(Format) == "csv" ? await DownloadAsync(call, list, AcceptedLanguage.Of(call.Header("Accept-Language")), ct)
            : await ToldAsync(call, list, new ApiAnswer(200, list), ct);
    }

    /// <summary>What a caller is told who wants to read names and may not.</summary>
    [Told]
    public static ApiAnswer? FindRefusal(ApiCall call) => ListQuery.Of(call).WithNames && !MayReadNames(call)
        ? ApiAnswer.Problem(403, "Not allowed", "What people are called is shown to the role operator.")
        : null;

    public static bool MayReadNames(ApiCall call) => call.Role >= ApiRole.Operator;

    /// <summary>All of the list, whatever is wanted of it; null for one that there is none of.</summary>
    public async Task<RunList?> FindAsync(ApiCall call, CancellationToken ct)
    {
        var (tenant, run, query) = (call["tenant"], call["run"], ListQuery.Of(call));
        return SyncApi.IsName(tenant) && RunId.IsValid(run) && (query.Feed is null || SyncApi.IsName(query.Feed))
            ? await lists.FindAsync(tenant, run, call["list"], query.Feed, call.MayFindProtected, query.WithNames, ct)
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

    /// <summary>An answer that goes on record before it is given.</summary>
    public async Task<ApiAnswer> ToldAsync(ApiCall call, RunList list, ApiAnswer answer, CancellationToken ct)
    {
        var query = ListQuery.Of(call);
        await acts.WriteAsync(
            new Act
            {
                Tenant = list.Tenant,
                Kind = ActKind.Download,
                By = call.Asker(reason: null).Name,
                Run = list.Run,
                Feed = query.Feed,
                What = [list.List, .. query.Told],
            },
            ct);
        return answer;
    }

    [Told]
    internal static ApiAnswer Unknown => ApiAnswer.Problem(404, "Unknown list", "The run has no such list, or it is no longer kept. The list of a plan needs the name of the feed.");
}
