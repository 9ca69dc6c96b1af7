using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <summary>Every way in over HTTP, for both hosts and for the document that describes them.</summary>
public sealed class ApiRoutes
{
    private const string Get = "GET";
    private const string Post = "POST";

    public ApiRoutes(DiscreetAnswers discreet, SyncApi api, FeedsApi feeds, ManyTenantsApi many, PeopleApi people, ListsApi lists, LoginApi logins, Health health, StatusPages pages)
    {
        JsonObject? document = null;
        All = [.. Calls(discreet, api, many, logins, health, () => document ??= OpenApiDocument.Of(All!)), .. OfFeeds(discreet, feeds), .. Asked(people, lists), .. PagesOf(pages)];
    }

    public IReadOnlyList<ApiRoute> All { get; }

    private static IEnumerable<ApiRoute> Calls(DiscreetAnswers discreet, SyncApi api, ManyTenantsApi many, LoginApi logins, Health health, Func<JsonObject> document) =>
    [
        new("Health", Get, "/api/health", ApiRole.Anyone, (_, ct) => health.AnswerAsync(ct))
            { Summary = "Whether storage, queues and planner are ready (503 when one is not).", Good = ApiContent.Of(Examples.Health) },
        new("OpenApi", Get, "/api/openapi.json", ApiRole.Anyone, (_, _) => Task.FromResult(new ApiAnswer(200, document())))
            { Summary = "This document.", Good = ApiContent.Of(new JsonObject()) },
        new("Tenants", Get, "/api/tenants", ApiRole.Reader, discreet.Of(api.TenantsAsync))
            { IsOfMany = true, Summary = "All tenants with their latest run, and how old what each target has is.", Good = ApiContent.Of<IReadOnlyList<TenantStatus>>([Examples.Tenant]) },
        new("Runs", Get, "/api/tenants/{tenant}/runs", ApiRole.Reader, discreet.Of((call, ct) => api.RunsAsync(call["tenant"], ct)))
            { Summary = "The latest 50 runs of a tenant, newest first.", Good = ApiContent.Of<IReadOnlyList<RunRecord>>([Examples.Run]), Problems = [404] },
        new("Run", Get, "/api/tenants/{tenant}/runs/{run}", ApiRole.Reader, discreet.Of((call, ct) => api.RunAsync(call["tenant"], call["run"], ct)))
            { Summary = "A run: state, counts, exclusions per rule, feeds with plans and holds.", Good = ApiContent.Of(Examples.Run), Problems = [404] },
        new("Person", Get, "/api/tenants/{tenant}/people/{personId}", ApiRole.Reader, api.PersonAsync)
            { Summary = "Why a person is, or is not, handed on, by the latest run or, with ?run=, by another.", Good = ApiContent.Of(Examples.Person), Problems = [404] },
        new("Poison", Get, "/api/tenants/{tenant}/poison", ApiRole.Reader, (call, ct) => api.PoisonAsync(call["tenant"], ct))
            { Summary = "The tenant's messages that failed for good.", Good = ApiContent.Of<IReadOnlyList<PoisonMessage>>([Examples.Poison]), Problems = [404] },
        new("AllPoison", Get, "/api/poison", ApiRole.Reader, api.AllPoisonAsync)
            { IsOfMany = true, Summary = "All messages that failed for good, those that nobody can read included.", Good = ApiContent.Of<IReadOnlyList<PoisonMessage>>([Examples.Poison]) },
        new("Sync", Post, "/api/tenants/{tenant}/sync", ApiRole.Operator, api.SyncAsync)
            { Summary = "Begins a run; one of a tenant at a time.", Body = ApiContent.Of(Examples.Sync), Good = ApiContent.Of(Examples.Begun), Status = 202, Problems = [400, 404, 409, 422] },
        new("Nights", Post, "/api/nights", ApiRole.Operator, (_, ct) => many.NightsAsync(ct))
        {
            Summary = "Begins tonight for every tenant that has had no night in the last twelve hours; to repeat it begins nothing twice.",
            Good = ApiContent.Of(Examples.Nights),
            Status = 202,
            Problems = [400],
        },
        new("Approve", Post, "/api/tenants/{tenant}/runs/{run}/approve", ApiRole.Operator, api.ApproveAsync)
        {
            Summary = "Lets through exactly the plan that a held run showed, or with allFeeds every plan that it holds.",
            Body = ApiContent.Of(Examples.Approval),
            Good = ApiContent.Of(Examples.Begun),
            Status = 202,
            Problems = [400, 404, 409],
        },
        new("Approvals", Post, "/api/approvals", ApiRole.Operator, many.ApproveAsync)
        {
            IsOfMany = true,
            Summary = "Lets through plans of several runs, whosever they are; says run by run what became of it.",
            Body = ApiContent.Of(Examples.Approvals),
            Good = ApiContent.Of(Examples.Approved),
            Status = 202,
            Problems = [400],
        },
        new("Refuse", Post, "/api/tenants/{tenant}/runs/{run}/refuse", ApiRole.Operator, api.RefuseAsync)
        {
            Summary = "Drops the plan that a held run showed, and takes back what came where something is held (the plan's whenRefused).",
            Body = ApiContent.Of(Examples.Refusal),
            Good = ApiContent.Of(Examples.Begun),
            Status = 202,
            Problems = [400, 404, 409],
        },
        new("Resend", Post, "/api/tenants/{tenant}/runs/{run}/resend", ApiRole.Operator, api.ResendAsync)
        {
            Summary = "Sends a run's roster again, through plan and guard, also when it equals what was delivered last.",
            Body = ApiContent.Of(Examples.Why),
            Good = ApiContent.Of(Examples.Begun),
            Status = 202,
            Problems = [400, 404, 409, 422],
        },
        new("Requeue", Post, "/api/tenants/{tenant}/runs/{run}/requeue", ApiRole.Operator, api.RequeueAsync)
            {
            Summary = "Goes on with a run whose message failed for good.",
            Body = ApiContent.Of(Examples.Why),
            Good = ApiContent.Of(Examples.Begun),
            Status = 202,
            Problems = [400, 404, 409],
        },
        new("Logins", Post, "/api/tenants/{tenant}/logins", ApiRole.Reader, (call, ct) => logins.LookUpAsync(call["tenant"], call.Header("Authorization"), call.Body, ct))
        {
            Summary = "What the tenant's services know now of the person whose login is running; Authorization carries the login's own token.",
            Body = ApiContent.Of(Examples.Question),
            Good = ApiContent.Of(Examples.Login),
            Problems = [400, 404, 422, 502],
        },
    ];

    private static IEnumerable<ApiRoute> OfFeeds(DiscreetAnswers discreet, FeedsApi feeds) =>
    [
        new("Plan", Get, "/api/tenants/{tenant}/runs/{run}/plans/{feed}", ApiRole.Reader, discreet.Of(feeds.PlanAsync))
            { Summary = "What a delivery changes, and what of it is held.", Good = new ApiContent(typeof(HashedPlan)), Problems = [404] },
        new("Receipt", Get, "/api/tenants/{tenant}/runs/{run}/receipts/{feed}", ApiRole.Reader, discreet.Of(feeds.ReceiptAsync))
            { Summary = "What was sent, and what the target answered, file by file.", Good = new ApiContent(typeof(Receipt)), Problems = [404] },
        new("Freezes", Get, "/api/tenants/{tenant}/freezes", ApiRole.Reader, feeds.FreezesAsync)
            { Summary = "The targets that rest, until when, and who says so.", Good = ApiContent.Of<IReadOnlyList<RestingFeed>>([Examples.Resting]), Problems = [404, 422] },
        new("Freeze", Post, "/api/tenants/{tenant}/freeze", ApiRole.Operator, feeds.FreezeAsync)
        {
            Summary = "Lets a target rest up to the day before: nobody goes (removals), nobody comes (adds), or nothing is sent (all).",
            Body = ApiContent.Of(Examples.Freeze),
            Good = ApiContent.Of<IReadOnlyList<RestingFeed>>([Examples.Resting]),
            Problems = [400, 404, 409, 422],
        },
        new("Thaw", Post, "/api/tenants/{tenant}/thaw", ApiRole.Operator, feeds.ThawAsync)
        {
            Summary = "Lets a target go on that an operator has let rest.",
            Body = ApiContent.Of(Examples.Thaw),
            Good = ApiContent.Of<IReadOnlyList<RestingFeed>>([]),
            Problems = [400, 404, 409, 422],
        },
    ];

    /// <summary>What a button sends: what it is about, and why.</summary>
    private static ApiContent Button(string name, string value) => ApiContent.Form((name, value), ("reason", Examples.Why.Reason!));

    private static IEnumerable<ApiRoute> Asked(PeopleApi people, ListsApi lists) =>
    [
        new("People", Post, "/api/tenants/{tenant}/people", ApiRole.Reader, people.FindAsync)
        {
            Summary = "Who is meant by a civic number, login, mail address or name: of the latest night, and who is gone of the latest one that had them. Protected persons are "
                + "found for the role protection alone.",
            Body = ApiContent.Of(Examples.Find),
            Good = ApiContent.Of(Examples.Found),
            Problems = [400, 404, 422],
        },
        new("History", Get, "/api/tenants/{tenant}/people/{personId}/history", ApiRole.Reader, people.HistoryAsync)
            { Summary = "Every night on which something changed for a person, what and why, as far back as decisions are kept.", Good = ApiContent.Of(Examples.History), Problems = [404] },
        new("List", Get, "/api/tenants/{tenant}/runs/{run}/lists/{list}", ApiRole.Reader, lists.ListAsync)
        {
            Summary = "What stands behind a number: left-out, findings, plan (with ?feed=, before and after row by row); narrowed by code=, school= and kind=; with names=true "
                + "(role operator) a plan says also what people are called; with format=csv a file in the language of Accept-Language.",
            Good = ApiContent.Of(Examples.List),
            Problems = [400, 403, 404],
        },
        new("Acts", Get, "/api/tenants/{tenant}/acts", ApiRole.Reader, people.ActsAsync)
        {
            Summary = "Who did what with the tenant, when and why: the latest 200, newest first (role operator or protection).",
            Good = ApiContent.Of<IReadOnlyList<Act>>([Examples.Done]),
            Problems = [403, 404],
        },
    ];

    private static IEnumerable<ApiRoute> PagesOf(StatusPages pages) =>
    [
        new("TenantsPage", Get, "/", ApiRole.Reader, pages.TenantsAsync) { IsOfMany = true, Summary = "The status page for people.", Good = ApiContent.Page },
        new("TenantPage", Get, "/tenants/{tenant}", ApiRole.Reader, pages.TenantAsync) { Summary = "A tenant's nights.", Good = ApiContent.Page, Problems = [404] },
        new("RunPage", Get, "/tenants/{tenant}/runs/{run}", ApiRole.Reader, pages.RunAsync) { Summary = "A run with its plans.", Good = ApiContent.Page, Problems = [404] },

        new("ListPage", Get, "/tenants/{tenant}/runs/{run}/lists/{list}", ApiRole.Reader, pages.ListAsync)
            { Summary = "What stands behind a number.", Good = ApiContent.Page, Problems = [404] },
        new("ListFile", Get, "/tenants/{tenant}/runs/{run}/lists/{list}/csv", ApiRole.Reader, pages.DownloadAsync)
            { Summary = "The same as a file for a spreadsheet.", Good = ApiContent.Of(new Csv("left-out.csv", "")), Problems = [404] },

        // By form, so that ids of people stand in no address and no log of addresses.
        new("PersonPage", Post, "/tenants/{tenant}/person", ApiRole.Reader, pages.PersonAsync)
            { Summary = "Why is this person missing?", Body = ApiContent.Form(("person", Examples.Person.Person), (AskedAgain.Gone, AskedAgain.Yes)), Good = ApiContent.Page, Problems = [404] },
        new("HistoryPage", Post, "/tenants/{tenant}/history", ApiRole.Reader, pages.HistoryAsync)
            { Summary = "A person's whole history.", Body = ApiContent.Form(("person", Examples.Person.Person)), Good = ApiContent.Page, Problems = [404] },
        new("SyncPage", Post, "/tenants/{tenant}/sync", ApiRole.Operator, pages.SyncAsync)
        {
            Summary = "The buttons that begin a run, dry or not.",
            Body = ApiContent.Form(("reason", Examples.Sync.Reason!)),
            Good = ApiContent.Page,
            Status = 303,
            Problems = [404, 409, 422],
        },
        new("FreezePage", Post, "/tenants/{tenant}/freeze", ApiRole.Operator, pages.FreezeAsync)
        {
            Summary = "The button that lets a target rest.",
            Body = ApiContent.Form(("feed", Examples.Thaw.Feed!), ("what", Examples.Freeze.What), ("until", Examples.Freeze.Until!), ("reason", Examples.Freeze.Reason!)),
            Good = ApiContent.Page,
            Status = 303,
            Problems = [404, 409, 422],
        },
        new("ThawPage", Post, "/tenants/{tenant}/thaw", ApiRole.Operator, pages.ThawAsync)
            { Summary = "The button that lets it go on.", Body = Button("feed", Examples.Thaw.Feed!), Good = ApiContent.Page, Status = 303, Problems = [404, 409, 422] },
        new("ApprovePage", Post, "/tenants/{tenant}/runs/{run}/approve", ApiRole.Operator, pages.ApproveAsync)
            { Summary = "The release button.", Body = Button("plan", Examples.Approval.Plan!), Good = ApiContent.Page, Status = 303, Problems = [404, 409] },
        new("RefusePage", Post, "/tenants/{tenant}/runs/{run}/refuse", ApiRole.Operator, pages.RefuseAsync)
            { Summary = "The button that refuses.", Body = Button("plan", Examples.Approval.Plan!), Good = ApiContent.Page, Status = 303, Problems = [404, 409] },
        new("ResendPage", Post, "/tenants/{tenant}/runs/{run}/resend", ApiRole.Operator, pages.ResendAsync)
            { Summary = "The button that sends again.", Body = Button("run", Examples.Begun.Run), Good = ApiContent.Page, Status = 303, Problems = [404, 409, 422] },
        new("RequeuePage", Post, "/tenants/{tenant}/runs/{run}/requeue", ApiRole.Operator, pages.RequeueAsync)
            { Summary = "The requeue button.", Body = Button("run", Examples.Begun.Run), Good = ApiContent.Page, Status = 303, Problems = [404, 409] },
    ];
}
