using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API that concern many tenants at once.</summary>
public sealed class ManyTenantsApi(RosterPipeline pipeline, Approvals approvals)
{
    /// <summary><c>POST /api/nights</c>: begins tonight for every tenant that has not had one.</summary>
    public async Task<ApiAnswer> NightsAsync(CancellationToken ct)
    {
        var started = await pipeline.StartNightsAsync(resume: false, ct);
        var told = started.Where(run => run.IsNew || run.Problem is not null).Select(run => new BegunNight(run.Run.Tenant, run.IsUnkept ? null : run.Run.Run, run.Problem));
        return new ApiAnswer(202, new BegunNights([.. told])) { Next = NextMessages.All(started.Select(run => run.Next)) };
    }

    /// <summary><c>POST /api/approvals</c>: lets through plans of several runs; what is refused of them keeps no other from it.</summary>
    public async Task<ApiAnswer> ApproveAsync(ApiCall call, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync<ApprovalList>(call.Body, ifEmpty: null, ct) is not { IsWhole: true } list)
        {
            return ApiAnswer.Problem(
                400, "Bad request",
                "The body must be a JSON object with a list named plans, each with tenant and run, and with plan unless all of the run's are meant, and at most a reason beside it.");
        }

        var answers = new List<(ListedAnswer Told, NextMessages Next)>();
        foreach (var run in list.Plans!.GroupBy(plan => (plan!.Tenant, plan.Run), plan => plan!.Plan))
        {
            answers.Add(call.Grants.At(run.Key.Tenant!) >= ApiRole.Operator
                ? await AnswerAsync(run.Key.Tenant!, run.Key.Run!, [.. run], call.Asker(list.Reason), ct)
                : (new ListedAnswer(run.Key.Tenant!, run.Key.Run!, "The call needs the role operator at this tenant.", null), NextMessages.None));
        }

        return new ApiAnswer(202, new ListedAnswers([.. answers.Select(answer => answer.Told)])) { Next = NextMessages.All(answers.Select(answer => answer.Next)) };
    }

    /// <param name="plans">Null among them for all.</param>
    private async Task<(ListedAnswer Told, NextMessages Next)> AnswerAsync(string tenant, string run, IReadOnlyList<string?> plans, Asker by, CancellationToken ct)
    {
        if (!SyncApi.IsName(tenant) || !RunId.IsValid(run))
        {
            return (new ListedAnswer(tenant, run, "The tenant has no run of this name.", null), NextMessages.None);
        }

        var answer = plans.Contains(null)
            ? await approvals.ApproveAllAsync(tenant, run, by, ct)
            : await approvals.ApproveAsync(tenant, run, [.. plans.OfType<string>()], by, ct);
        return (new ListedAnswer(tenant, run, answer.Refusal, answer.Note), answer.Next);
    }
}
