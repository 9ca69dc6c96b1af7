namespace EduFunctions.Pipeline.Runs;

/// <summary>
/// Which run stands. One that has ended before it read or made anything, since a secret was missing, a tenant file refused or nobody let in, has seen no more than the
/// run before it, and takes nobody's place. One that has read a page may have learned who is protected, and does.
/// </summary>
public sealed partial class RunStore
{
    /// <summary>Whoever begins so many runs in vain is told of those.</summary>
    private const int LookedPast = 30;

    /// <summary>The tenant's newest run but for those that came to nothing; null when there is none.</summary>
    public async Task<RunRecord?> FindStandingAsync(string tenant, CancellationToken ct)
    {
        foreach (var run in (await ListAsync(tenant, ct)).Take(LookedPast))
        {
            if (await FindIfLeftAsync(tenant, run, ct) is { } standing)
            {
                return standing;
            }
        }

        return null;
    }

    /// <summary>The same where the newest is known already.</summary>
    public async Task<RunRecord?> FindStandingAsync(RunRecord? newest, CancellationToken ct) =>
        newest is { MayHaveComeToNothing: true } ? await FindStandingAsync(newest.Tenant, ct) : newest;

    /// <summary>The newest of the runs that have taken this one's place; null when none has.</summary>
    public async Task<RunRecord?> FindOvertakingAsync(RunRecord run, CancellationToken ct)
    {
        foreach (var later in (await ListAsync(run.Tenant, ct)).TakeWhile(name => name != run.Run))
        {
            if (await FindIfLeftAsync(run.Tenant, later, ct) is { } overtaking)
            {
                return overtaking;
            }
        }

        return null;
    }

    /// <summary>The run, unless it came to nothing.</summary>
    private async Task<RunRecord?> FindIfLeftAsync(string tenant, string run, CancellationToken ct) =>
        await ShowAsync(tenant, run, ct) is { } record && !(record.MayHaveComeToNothing && (record.IsRefusal || !await HasLeftAsync(record, ct))) ? record : null;
}
