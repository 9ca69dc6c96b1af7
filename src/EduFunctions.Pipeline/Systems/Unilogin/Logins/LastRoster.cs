using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What the latest run that came to decisions says of the people of a login: the one place where UniIDs meet the ids of rosters.</summary>
public sealed class LastRoster(People people)
{
    /// <summary>Null when the tenant has no such run yet.</summary>
    internal Task<RunRecord?> RunAsync(ActiveLogin login, CancellationToken ct) => people.FindLatestAsync(login.Tenant.Id, before: null, ct);

    /// <summary>The decision on a person; null for whom that pull does not have.</summary>
    internal async Task<LedgerEntry?> FindAsync(ActiveLogin login, RunRecord? run, string userId, CancellationToken ct) =>
        run is not null && EntityId.TryFind(userId, out var id) ? await people.FindAsync(login.Tenant.Id, run.Run, id, ct) : null;

    /// <summary>Whether somebody else may be shown: the roster has the person, so the person is not protected.</summary>
    internal async Task<bool> HoldsAsync(ActiveLogin login, RunRecord? run, string userId, CancellationToken ct) =>
        await FindAsync(login, run, userId, ct) is { Person.Eligible: not Roles.None };
}
