using EduFunctions.Pipeline.Eligibility;
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

    /// <summary>Whether somebody is protected by what has been remembered since; everybody while nobody can say.</summary>
    internal async Task<Predicate<string>> FindRememberedAsync(ActiveLogin login, CancellationToken ct) => await hidden.FindRememberedAsync(login.Tenant.Id, orCompanion: false, ct) is { } isRemembered
        ? userId => EntityId.TryFind(userId, out var id) && isRemembered(id)
        : _ => true;

    /// <summary>Whether somebody else may be shown: the roster has the person, so the person was not protected.</summary>
    internal async Task<bool> HoldsAsync(ActiveLogin login, RunRecord? run, string userId, CancellationToken ct) =>
        await FindAsync(login, run, userId, ct) is { Person.Eligible: not Roles.None };

    /// <summary>Whether a name tells of somebody protected: any does where it is not on record who is, none before the first run.</summary>
    internal async Task<Predicate<string>> FindTellingAsync(ActiveLogin login, RunRecord? run, CancellationToken ct) =>
        run is null ? _ => false : await naming.TryFindTestAsync(login.Tenant.Id, run.Run, ct) ?? (_ => true);
}
