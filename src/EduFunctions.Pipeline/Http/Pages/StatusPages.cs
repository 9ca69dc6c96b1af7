using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The status page: reads what the API reads, and shows it to people. Everything works without a script.</summary>
public sealed class StatusPages(SyncApi api, TenantStore tenants, RunStore runs, PlanStore plans, PoisonStore poison, Freshness freshness, CodeSentences sentences)
{
    private const int RunsRead = 40;

    public async Task<ApiAnswer> TenantsAsync(ApiCall call, CancellationToken ct)
    {
        var cards = await Task.WhenAll((await tenants.ListAsync(ct)).Select(async tenant => new TenantCard(
            await api.StatusAsync(tenant, ct), (await poison.ListAsync(tenant, ct)).Count(message => message.Waits))));
        var unreadable = (await poison.ListUnreadableAsync(ct)).Count;
        return new ApiAnswer(200, TenantsView.Of(cards, await freshness.OfPlannerAsync(ct), unreadable));
    }

    public async Task<ApiAnswer> TenantAsync(ApiCall call, CancellationToken ct)
    {
        var tenant = call["tenant"];
        return await IsKnownAsync(tenant, ct)
            ? new ApiAnswer(200, TenantView.Of(
                await api.StatusAsync(tenant, ct), await api.LatestAsync(tenant, RunsRead, ct), await poison.ListAsync(tenant, ct), MayOperate(call)))
            : Trouble(404, "Unknown tenant", "There is no tenant of this name.");
    }

    public async Task<ApiAnswer> RunAsync(ApiCall call, CancellationToken ct)
    {
        var (tenant, name) = (call["tenant"], call["run"]);
        if (!SyncApi.IsName(tenant) || !RunId.IsValid(name) || await runs.ShowAsync(tenant, name, ct) is not { } run)
        {
            return Trouble(404, "Unknown run", "The tenant has no run of this name.");
        }

        var shown = new Dictionary<string, HashedPlan>();
        foreach (var feed in run.Feeds)
        {
            if (await plans.FindAsync(tenant, name, feed.Name, ct) is { } plan)
            {
                shown[feed.Name] = plan;
            }
        }

        return new ApiAnswer(200, RunView.Of(run, await api.StatusAsync(tenant, ct), shown, MayOperate(call), sentences));
    }

    public async Task<ApiAnswer> PersonAsync(ApiCall call, CancellationToken ct)
    {
        var tenant = call["tenant"];
        if (!await IsKnownAsync(tenant, ct))
        {
            return Trouble(404, "Unknown tenant", "There is no tenant of this name.");
        }

        var person = await RequestBody.FieldAsync(call.Body, "person", ct);
        var explanation = await api.ExplainAsync(tenant, person, ct);
        return new ApiAnswer(explanation is null ? 404 : 200, PersonView.Of(await api.StatusAsync(tenant, ct), person, explanation, sentences));
    }

    public async Task<ApiAnswer> ApproveAsync(ApiCall call, CancellationToken ct) =>
        Done(call, await api.ApproveAsync(call, await RequestBody.FieldAsync(call.Body, "plan", ct), ct));

    public async Task<ApiAnswer> RefuseAsync(ApiCall call, CancellationToken ct) =>
        Done(call, await api.RefuseAsync(call, await RequestBody.FieldAsync(call.Body, "plan", ct), ct));

    public async Task<ApiAnswer> RequeueAsync(ApiCall call, CancellationToken ct) => Done(call, await api.RequeueAsync(call["tenant"], call["run"], ct));

    /// <summary>After a button the browser is sent to the run, so that loading the page again presses nothing.</summary>
    private static ApiAnswer Done(ApiCall call, ApiAnswer answer) => answer.Body is ProblemDetails problem
        ? Trouble(problem.Status, problem.Title, problem.Detail)
        : new ApiAnswer(303, Html.None, $"/tenants/{call["tenant"]}/runs/{call["run"]}") { Next = answer.Next };

    private static ApiAnswer Trouble(int status, string title, string detail) =>
        new(status, Layout.Page(title, [("/", "Tenants")], Layout.Note("warn", Html.Of($"<p>{detail}</p>"))));

    private static bool MayOperate(ApiCall call) => call.Role >= ApiRole.Operator;

    private async Task<bool> IsKnownAsync(string tenant, CancellationToken ct) => SyncApi.IsName(tenant) && await tenants.ExistsAsync(tenant, ct);
}
