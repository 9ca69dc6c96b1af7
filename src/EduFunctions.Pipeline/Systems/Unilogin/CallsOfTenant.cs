using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Pipeline.Systems.Unilogin;

/// <summary>What the tenant's institutions have left of their day.</summary>
public sealed class CallsOfTenant(CallBudget budget, TimeProvider time) : ICallBudget
{
    public async Task<IReadOnlyList<CallsLeft>> LeftAsync(Tenant tenant, CancellationToken ct)
    {
        var left = new List<CallsLeft>();
        if (tenant.Source is UniloginSettings settings)
        {
            foreach (var institution in settings.Institutions)
            {
                var ledger = await budget.ReadAsync(new Uri(settings.Endpoint), institution, ct);
                left.Add(new CallsLeft(institution, CallBudget.MostPerDay - ledger.Used(time.GetUtcNow())));
            }
        }

        return left;
    }
}
