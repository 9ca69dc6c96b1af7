using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Eligibility.Rules;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What the latest run that came to decisions says of the people of a login: the one place where UniIDs meet the ids of rosters.</summary>
public sealed class LastRoster(People people, HiddenPersons hidden, SchoolNaming naming)
{
    /// <summary>Null when the tenant has no such run yet.</summary>
    internal Task<RunRecord?> RunAsync(ActiveLogin login, CancellationToken ct) => people.FindLatestAsync(login.Tenant.Id, before: null, ct);

    /// <summary>The decision on a person; null for whom that pull does not have.</summary>
    internal async Task<LedgerEntry?> FindAsync(ActiveLogin login, RunRecord? run, string userId, CancellationToken ct) =>
        run is not null && EntityId.TryFind(userId, out var id) ? await people.FindAsync(login.Tenant.Id, run.Run, id, ct) : null;

    /// <summary>Whether somebody else may be shown: the roster has the person, so the person was not protected, and is not since.</summary>
    internal async Task<bool> HoldsAsync(ActiveLogin login, RunRecord? run, string userId, CancellationToken ct) =>
        await FindAsync(login, run, userId, ct) is { Person: { Eligible: not Roles.None, Id: var id } } && !(await hidden.FindRememberedAsync(login.Tenant.Id, ct))(id);

    /// <summary>Whether the person of the login is protected, by the roster or by what has been remembered since.</summary>
    internal async Task<bool> IsProtectedAsync(ActiveLogin login, LedgerEntry? entry, CancellationToken ct) =>
        (entry is not null && (entry.Person.Reasons.Has(PersonRules.Protected) || entry.Person.Reasons.Has(PersonRules.MarkingUnknown)))
        || (EntityId.TryFind(login.UserId, out var id) && (await hidden.FindRememberedAsync(login.Tenant.Id, ct))(id));

    /// <summary>Whether a name tells of somebody protected: any does where it is not on record who is, none before the first run.</summary>
    internal async Task<Predicate<string>> FindTellingAsync(ActiveLogin login, RunRecord? run, CancellationToken ct) =>
        run is null ? _ => false : await naming.TryFindTestAsync(login.Tenant.Id, run.Run, ct) ?? (_ => true);
}
