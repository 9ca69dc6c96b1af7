using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API that list what stands behind a number.</summary>
public sealed class ListsApi(RunLists lists, ListNarrowing narrowing, ListCsv csv, ActLog acts, RunStore runs)
{
    private const string Format = "format";

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/lists/{list}</c>: rows, or with <c>format=csv</c> a file in the language of <c>Accept-Language</c>.</summary>
    public async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken ct)
    {
        if (FindRefusal(call) is { } refusal)
        {
            return refusal;
        }

        var query = ListQuery.Of(call);
        return await FindAsync(call, ct) is not { } all ? RunList.All.Contains(call["list"]) ? await UnknownAsync(call, ct) : NoSuchList
            : await narrowing.FindUnknownAsync(all, query.Code, query.School, query.Kind, ct) is { } unknown ? ApiAnswer.Problem(400, "Bad request", unknown)
            : query.Choose(all) is var list && call.Query(Format) == "csv" ? await DownloadAsync(call, list, AcceptedLanguage.Of(call.Header("Accept-Language")), ct)
            : await ToldAsync(call, list, new ApiAnswer(200, list), ct);
    }

    private static ApiAnswer NoSuchList => ApiAnswer.Problem(404, "Unknown list", $"There is no list of this name: there are {string.Join(", ", RunList.All)}.");

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

    /// <summary>What is answered where there is no list: of a run that has decided on nobody there is none yet, whatever it would say.</summary>
    [Told]
    internal async Task<ApiAnswer> UnknownAsync(ApiCall call, CancellationToken ct) => await FindRunAsync(call, ct) is { Counts: null }
        ? ApiAnswer.Problem(404, "Nothing decided yet", "This run has decided on nobody, so there is nothing to list. Its page says what stopped it, or how far it is.")
        : ApiAnswer.Problem(404, "Unknown list", "The run has no such list, or it is no longer kept. The list of a plan needs the name of the feed.");

    /// <summary>What the run's page counts of what the list shows; null where it counts nothing of the kind.</summary>
    internal async Task<int?> CountAsync(ApiCall call, CancellationToken ct) => (call["list"], ListQuery.Of(call), await FindRunAsync(call, ct)) switch
    {
        (RunList.LeftOut, { Code: { } code, School: null, Kind: null }, { Exclusions: { } rules }) => rules.GetValueOrDefault(code),
        (RunList.Findings, { Code: { } code, School: null, Kind: null }, { } run) => run.Findings.Where(finding => finding.Code == code).Sum(finding => finding.Count),
        _ => null,
    };

    private async Task<RunRecord?> FindRunAsync(ApiCall call, CancellationToken ct) =>
        SyncApi.IsName(call["tenant"]) && RunId.IsValid(call["run"]) ? await runs.ShowAsync(call["tenant"], call["run"], ct) : null;
}
