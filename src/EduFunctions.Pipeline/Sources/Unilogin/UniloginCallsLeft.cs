using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>What each institution of a tenant has left today, whoever has used the rest.</summary>
public sealed class UniloginCallsLeft(CallBudget budget, TimeProvider time) : ICallBudget
{
    public async Task<IReadOnlyList<CallsLeft>> LeftAsync(Tenant tenant, CancellationToken ct)
    {
        if (tenant.Source is not UniloginSettings settings)
        {
            return [];
        }

        var left = new List<CallsLeft>();
        foreach (var institution in settings.Institutions)
        {
            var ledger = await budget.ReadAsync(new Uri(settings.Endpoint), institution, ct);
            left.Add(new CallsLeft(institution, CallBudget.MostPerDay - ledger.Used(time.GetUtcNow())));
        }

        return left;
    }
}
