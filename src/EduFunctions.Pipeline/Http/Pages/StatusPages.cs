using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The status page: reads what the API reads, and shows it to people. Everything works without a script.</summary>
public sealed class StatusPages(
    SyncApi api, TenantStore tenants, RunStore runs, PlanStore plans, PoisonStore poison, Freshness freshness, CodeSentences sentences, NightSettings nights, TimeProvider time)
{
    private const int RunsRead = 40;
    private const int RunsCompared = 30;

    public async Task<ApiAnswer> TenantsAsync(ApiCall call, CancellationToken ct)
    {
        var cards = await Task.WhenAll((await tenants.ListAsync(ct)).Where(call.MaySee).Select(tenant => CardAsync(tenant, ct)));
        var unreadable = call.MaySeeAll ? (await poison.ListUnreadableAsync(ct)).Count : 0;
        return Answer(call, 200, TenantsView.Of(WordingOf(call), cards, await freshness.OfPlannerAsync(ct), unreadable, TenantFilter.Of(call)));
    }

    private async Task<TenantCard> CardAsync(string tenant, CancellationToken ct)
    {
        var status = await api.StatusAsync(tenant, ct);
        return new TenantCard(status, (await poison.ListAsync(tenant, ct)).Count(message => message.Waits), NextNight(status));
    }

    private DateTimeOffset? NextNight(TenantStatus status) => status.Enabled ? Nightfall.Next(time.GetUtcNow(), nights.Hour, status.Zone) : null;

    public async Task<ApiAnswer> TenantAsync(ApiCall call, CancellationToken ct)
    {
        var tenant = call["tenant"];
        return await IsKnownAsync(tenant, ct)
            ? Answer(call, 200, TenantView.Of(
                WordingOf(call), await CardAsync(tenant, ct), await api.LatestAsync(tenant, RunsRead, ct), await poison.ListAsync(tenant, ct), MayOperate(call)))
            : Trouble(call, 404, "Unknown tenant", "There is no tenant of this name.");
    }

    public async Task<ApiAnswer> RunAsync(ApiCall call, CancellationToken ct)
    {
        var (tenant, name) = (call["tenant"], call["run"]);
        if (!SyncApi.IsName(tenant) || !RunId.IsValid(name) || await runs.ShowAsync(tenant, name, ct) is not { } run)
        {
            return Trouble(call, 404, "Unknown run", "The tenant has no run of this name.");
        }

        var shown = new Dictionary<string, HashedPlan>();
        foreach (var feed in run.Feeds)
        {
            if (await plans.FindAsync(tenant, name, feed.Name, ct) is { } plan)
            {
                shown[feed.Name] = plan;
            }
        }

        return Answer(call, 200, RunView.Of(WordingOf(call), run, await api.StatusAsync(tenant, ct), shown, await ComparedAsync(call, tenant, name, ct), MayOperate(call)));
    }

    /// <summary>What a run may be compared with, and the one that the address names.</summary>
    private async Task<(IReadOnlyList<string> Others, RunRecord? Chosen)> ComparedAsync(ApiCall call, string tenant, string run, CancellationToken ct)
    {
        var others = (await runs.ListAsync(tenant, ct)).Where(other => other != run).Take(RunsCompared).ToList();
        var with = call.Query("with");
        return (others, with is not null && RunId.IsValid(with) ? await runs.ShowAsync(tenant, with, ct) : null);
    }

    public async Task<ApiAnswer> PersonAsync(ApiCall call, CancellationToken ct)
    {
        var tenant = call["tenant"];
        if (!await IsKnownAsync(tenant, ct))
        {
            return Trouble(call, 404, "Unknown tenant", "There is no tenant of this name.");
        }

        var person = await RequestBody.FieldAsync(call.Body, "person", ct);
        var explanation = await api.ExplainAsync(tenant, person, ct);
        return Answer(call, explanation is null ? 404 : 200, PersonView.Of(WordingOf(call), await api.StatusAsync(tenant, ct), person, explanation));
    }

    public async Task<ApiAnswer> ApproveAsync(ApiCall call, CancellationToken ct)
    {
        var plan = await RequestBody.FieldAsync(call.Body, "plan", ct);
        return Done(call, plan == RunView.AllPlans ? await api.ApproveAllAsync(call, ct) : await api.ApproveAsync(call, plan, ct));
    }

    public async Task<ApiAnswer> SyncAsync(ApiCall call, CancellationToken ct)
    {
        var form = await RequestBody.FormAsync(call.Body, ct);
        var isDry = form(BeginForm.DryRun) != "false";
        return Done(call, await api.SyncAsync(call["tenant"], new SyncBody(form("reason"), isDry), ct));
    }

    public async Task<ApiAnswer> RefuseAsync(ApiCall call, CancellationToken ct) =>
        Done(call, await api.RefuseAsync(call, await RequestBody.FieldAsync(call.Body, "plan", ct), ct));

    public async Task<ApiAnswer> RequeueAsync(ApiCall call, CancellationToken ct) => Done(call, await api.RequeueAsync(call["tenant"], call["run"], ct));

    public async Task<ApiAnswer> ResendAsync(ApiCall call, CancellationToken ct) => Done(call, await api.ResendAsync(call["tenant"], call["run"], ct));

    /// <summary>After a button the browser is sent to the run, so that loading the page again presses nothing.</summary>
    private ApiAnswer Done(ApiCall call, ApiAnswer answer) => answer.Body is ProblemDetails problem
        ? Trouble(call, problem.Status, problem.Title, problem.Detail)
        : new ApiAnswer(303, Html.None, $"/tenants/{call["tenant"]}/runs/{(answer.Body as BegunRun)?.Run ?? call["run"]}") { Next = answer.Next };

    private ApiAnswer Trouble(ApiCall call, int status, string title, string detail)
    {
        var words = WordingOf(call);
        return Answer(call, status, Layout.Page(words, words.Told(title), [("/", words["Tenants"])], Layout.Note("warn", Html.Of($"<p>{words.Told(detail)}</p>"))));
    }

    /// <summary>A choice that was made is kept for the pages to come.</summary>
    private static ApiAnswer Answer(ApiCall call, int status, Html page) =>
        new(status, page) { Extra = PageLanguage.IsChosen(call) ? PageLanguage.Cookie(PageLanguage.Of(call)) : null };

    /// <summary>What came of a form has no address of its own, and its tenant's page has.</summary>
    private Wording WordingOf(ApiCall call) =>
        new(PageLanguage.Of(call), sentences, call.Method == "POST" ? $"/tenants/{call["tenant"]}" : call.Path);

    private static bool MayOperate(ApiCall call) => call.Role >= ApiRole.Operator;

    private async Task<bool> IsKnownAsync(string tenant, CancellationToken ct) => SyncApi.IsName(tenant) && await tenants.ExistsAsync(tenant, ct);
}
