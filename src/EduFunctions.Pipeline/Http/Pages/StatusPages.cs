using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The status page: reads what the API reads, and shows it to people. Everything works without a script.</summary>
public sealed class StatusPages(
    SyncApi api, TenantStatuses statuses, TenantStore tenants, RunStore runs, FeedsApi feeds, PoisonStore poison, Freshness freshness, ActLog acts, PeopleApi people, ListsApi lists, ListCsv csv,
    RunSchools schools, CodeSentences sentences, NightSettings nights, StartStage start, PipelineOptions options, TimeProvider time)
{
    private const int RunsRead = 40;
    private const int RunsCompared = 30;
    private const int ActsRead = 20;
    private const string Reason = "reason";

    public async Task<ApiAnswer> TenantsAsync(ApiCall call, CancellationToken ct)
    {
        var looked = await freshness.FindPlannedAsync(ct);
        var cards = await Task.WhenAll((await tenants.ListAsync(ct)).Where(call.MaySee).Select(tenant => CardAsync(tenant, looked, ct)));
        var unreadable = call.MaySeeAll ? (await poison.ListUnreadableAsync(ct)).Count : 0;
        return Answer(call, 200, TenantsView.Of(WordingOf(call), cards, await freshness.OfPlannerAsync(ct), unreadable, TenantFilter.Of(call)));
    }

    /// <param name="looked">When somebody last looked whose night begins.</param>
    private async Task<TenantCard> CardAsync(string tenant, DateTimeOffset? looked, CancellationToken ct)
    {
        var status = await statuses.OfAsync(tenant, ct);
        return new TenantCard(status, (await statuses.PoisonOfAsync(tenant, ct)).Count(message => message.Waits), await NextNightAsync(status, looked, ct))
        {
            Schools = await statuses.BesidesAsync(stop => schools.OfHeldAsync(status.LatestRun, stop), NamedSchools.None, ct),
        };
    }

    private async Task<DateTimeOffset?> NextNightAsync(TenantStatus status, DateTimeOffset? looked, CancellationToken ct) => !status.Enabled ? null
        : Nightfall.Next(
            time.GetUtcNow(), nights, status.Zone, await statuses.BesidesAsync(stop => start.FindNightAsync(status.Tenant, status.LatestRun, stop), null, ct), looked);

    public async Task<ApiAnswer> TenantAsync(ApiCall call, CancellationToken ct)
    {
        var tenant = call["tenant"];
        return await IsKnownAsync(tenant, ct)
            ? Answer(call, 200, TenantView.Of(
                WordingOf(call), await CardAsync(tenant, await freshness.FindPlannedAsync(ct), ct), await api.LatestAsync(tenant, RunsRead, ct), await poison.ListAsync(tenant, ct),
                await acts.ListAsync(tenant, withQuestions: call.MayFindProtected, ActsRead, ct), await feeds.RestingAsync(tenant, ct), MayOperate(call)))
            : Trouble(call, 404, "Unknown tenant", "There is no tenant of this name.");
    }

    public async Task<ApiAnswer> RunAsync(ApiCall call, CancellationToken ct)
    {
        var (tenant, name) = (call["tenant"], call["run"]);
        if (!SyncApi.IsName(tenant) || !RunId.IsValid(name) || await runs.ShowAsync(tenant, name, ct) is not { } run)
        {
            return Trouble(call, 404, "Unknown run", "The tenant has no run of this name.");
        }

        var done = await acts.OfRunAsync(tenant, name, ct);
        var failed = (await poison.ListAsync(tenant, ct)).Where(message => message.Run == name).ToList();
        return Answer(
            call, 200, RunView.Of(
                WordingOf(call).Naming(await schools.OfAsync(run, ct)), run, await statuses.OfAsync(tenant, ct), await feeds.OfRunAsync(run, ct), failed, done,
                await ComparedAsync(call, tenant, name, ct), new Answering(MayOperate(call), time.GetUtcNow(), options.ApprovalLifetime)));
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

        var form = await RequestBody.FormAsync(call.Body, ct);
        var question = new AskedAgain(form("person"), WithGone: form(AskedAgain.Gone) == AskedAgain.Yes);
        var answer = await people.AskAsync(call, question.Text, form(Reason), question.WithGone, ct);
        var (words, status) = (WordingOf(call), await statuses.OfAsync(tenant, ct));
        return answer.Explanation is { } explained ? Answer(call, 200, PersonView.Of(words.Naming(await schools.OfPersonAsync(tenant, [explained], ct)), status, answer, question))
            : answer.Found is { People.Count: > 0 } found ? Answer(call, 200, FoundView.Of(words, status, found, question))
            : Answer(call, 404, answer.Silence is { } why ? PersonView.OfNothing(words, status, why) : PersonView.OfNobody(words, status, answer.Found));
    }

    public async Task<ApiAnswer> HistoryAsync(ApiCall call, CancellationToken ct)
    {
        if (!await IsKnownAsync(call["tenant"], ct))
        {
            return Trouble(call, 404, "Unknown tenant", "There is no tenant of this name.");
        }

        var form = await RequestBody.FormAsync(call.Body, ct);
        var (words, status) = (WordingOf(call), await statuses.OfAsync(call["tenant"], ct));
        return await people.HistoryAsync(call, form("person"), form(Reason), ct) is { } history
            ? Answer(call, 200, HistoryView.Of(words.Naming(await schools.OfPersonAsync(status.Tenant, history.Nights, ct)), status, history))
            : Answer(call, 404, await people.SilenceAsync(status.Tenant, ct) is NothingKnown.Undecided
                ? PersonView.OfNothing(words, status, NothingKnown.Undecided)
                : PersonView.OfNobody(words, status, searched: null));
    }

    public async Task<ApiAnswer> ListAsync(ApiCall call, CancellationToken ct)
    {
        if (ListsApi.FindRefusal(call) is { } refusal)
        {
            return Done(call, refusal);
        }

        if (await lists.FindAsync(call, ct) is not { } list)
        {
            return Done(call, await lists.UnknownAsync(call, ct));
        }

        var (words, query) = (WordingOf(call), ListQuery.Of(call));
        var page = ListView.Of(
            words, await statuses.OfAsync(list.Tenant, ct), list, query, code => csv.MeaningOf(code, words.Language), new ListReader(ListsApi.MayReadNames(call), call.MayFindProtected),
            await lists.CountAsync(call, ct));
        return query.WithNames ? await lists.ToldAsync(call, list, Answer(call, 200, page), ct) : Answer(call, 200, page);
    }

    public async Task<ApiAnswer> DownloadAsync(ApiCall call, CancellationToken ct) =>
        ListsApi.FindRefusal(call) is { } refusal ? Done(call, refusal)
        : await lists.FindAsync(call, ct) is { } list ? await lists.DownloadAsync(call, ListQuery.Of(call).Choose(list), PageLanguage.Of(call), ct)
        : Done(call, await lists.UnknownAsync(call, ct));

    public Task<ApiAnswer> ApproveAsync(ApiCall call, CancellationToken ct) => PressAsync(
        call, form => form("plan") == RunView.AllPlans ? api.ApproveAllAsync(call, form(Reason), ct) : api.ApproveAsync(call, form("plan"), form(Reason), ct), ct);

    public Task<ApiAnswer> SyncAsync(ApiCall call, CancellationToken ct) =>
        PressAsync(call, form => api.SyncAsync(call, new SyncBody(form(Reason), DryRun: form(BeginForm.DryRun) != "false"), ct), ct);

    public Task<ApiAnswer> RefuseAsync(ApiCall call, CancellationToken ct) => PressAsync(call, form => api.RefuseAsync(call, form("plan"), form(Reason), ct), ct);

    public Task<ApiAnswer> RequeueAsync(ApiCall call, CancellationToken ct) => PressAsync(call, form => api.RequeueAsync(call, form(Reason), ct), ct);

    public Task<ApiAnswer> ResendAsync(ApiCall call, CancellationToken ct) => PressAsync(call, form => api.ResendAsync(call, form(Reason), ct), ct);

    public Task<ApiAnswer> FreezeAsync(ApiCall call, CancellationToken ct) =>
        PressAsync(call, form => feeds.FreezeAsync(call, new FreezeBody(form("feed"), form("until"), form("what"), form(Reason)), ct), ct);

    public Task<ApiAnswer> ThawAsync(ApiCall call, CancellationToken ct) => PressAsync(call, form => feeds.ThawAsync(call, new ThawBody(form("feed"), form(Reason)), ct), ct);

    private async Task<ApiAnswer> PressAsync(ApiCall call, Func<Func<string, string>, Task<ApiAnswer>> press, CancellationToken ct) =>
        Done(call, await press(await RequestBody.FormAsync(call.Body, ct)));

    /// <summary>After a button the browser is sent to the run, or to the tenant, so that loading the page again presses nothing.</summary>
    private ApiAnswer Done(ApiCall call, ApiAnswer answer) => answer.Body is ProblemDetails problem
        ? Trouble(call, problem.Status, problem.Title, problem.Detail, problem.Run)
        : new ApiAnswer(303, Html.None, $"/tenants/{call["tenant"]}{(answer.Body is BegunRun begun ? $"/runs/{begun.Run}" : "")}") { Next = answer.Next };

    /// <param name="run">The run that it is about, where it is another than the address says.</param>
    private ApiAnswer Trouble(ApiCall call, int status, string title, string detail, string? run = null)
    {
        var words = WordingOf(call);
        var (tenant, about) = (call.Values.GetValueOrDefault("tenant"), run ?? call.Values.GetValueOrDefault("run"));
        var isOfTenant = tenant is not null && SyncApi.IsName(tenant) && title != SyncApi.UnknownTenant;
        var isOfRun = isOfTenant && about is not null && RunId.IsValid(about) && title != SyncApi.UnknownRun;
        return Answer(call, status, Layout.Page(words, words.Told(title), [("/", words["Tenants"]), .. isOfTenant ? [($"/tenants/{tenant}", tenant!)] : Array.Empty<(string, string)>()], Html.Of(
            $"""
            {Layout.Note("warn", Html.Of($"<p>{words.Told(detail)}</p>"))}
            {Html.If(isOfTenant, () => Html.Of($"<p><a href=\"/tenants/{tenant}{(isOfRun ? $"/runs/{about}" : "")}\">{(isOfRun ? words["Look at the run"] : words["Back to the tenant"])}</a></p>"))}
            """)));
    }

    /// <summary>A choice that was made is kept for the pages to come.</summary>
    private static ApiAnswer Answer(ApiCall call, int status, Html page) =>
        new(status, page) { Extra = PageLanguage.IsChosen(call) ? PageLanguage.Cookie(PageLanguage.Of(call)) : null };

    /// <summary>What came of a form has no address of its own, and its tenant's page has.</summary>
    private Wording WordingOf(ApiCall call) =>
        new(PageLanguage.Of(call), sentences, call.Method == "POST" ? $"/tenants/{call["tenant"]}" : PageLanguage.AddressOf(call));

    private static bool MayOperate(ApiCall call) => call.Role >= ApiRole.Operator;

    private async Task<bool> IsKnownAsync(string tenant, CancellationToken ct) => SyncApi.IsName(tenant) && await tenants.ExistsAsync(tenant, ct);
}
