using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Runs;

/// <summary>A person's nights on which something was another than before, newest first.</summary>
/// <param name="Since">The day of the oldest night whose decisions are kept: nothing is known of earlier ones.</param>
/// <param name="Nights">None for somebody whom dry runs alone have had. Each as it was explained then, with what had changed since the night before it that is kept.</param>
public sealed record PersonHistory(string Tenant, string Person, DateOnly Since, IReadOnlyList<Explanation> Nights);

/// <summary>Tells a person's whole history from the ledgers of all nights, as far back as they are kept. Dry runs are no nights.</summary>
public sealed class PersonHistories(RunStore runs, People people, RuleCatalog rules, SchoolNaming naming)
{
    private const int AtOnce = 8;

    /// <returns>Null for somebody whom no night has had.</returns>
    [Told]
    public async Task<PersonHistory?> FindAsync(string tenant, EntityId person, CancellationToken ct)
    {
        var nights = await NightsAsync(tenant, person, ct);
        var (told, before) = (new List<Explanation>(), (Night?)null);
        foreach (var night in nights)
        {
            IReadOnlyList<string> changes = before is not null ? Between(before, night) : night.Entry is null ? [] : ["person: in the first night that is kept"];
            if (changes.Count > 0)
            {
                told.Add(night.Explanation with { ChangedSince = new ChangesSince((before ?? night).Run.Run, (before ?? night).Run.Date, changes) });
            }

            before = night;
        }

        var isTelling = told.Count == 0 ? null : await naming.FindTestAsync(tenant, nights[^1].Run.Run, ct);
        return told.Count == 0 ? await TriedAsync(tenant, person, ct) : new PersonHistory(
            tenant, person.ToString(), nights[0].Run.Date,
            [.. Enumerable.Reverse(told).Select(night => isTelling is null ? night : DiscreetExplanation.Of(night, isTelling))]);
    }

    /// <summary>Who was in dry runs alone is known, and has no night.</summary>
    private async Task<PersonHistory?> TriedAsync(string tenant, EntityId person, CancellationToken ct) =>
        await people.FindLastAsync(tenant, person, ct) is { } tried ? new PersonHistory(tenant, person.ToString(), tried.Date, []) : null;

    /// <summary>Oldest first.</summary>
    private async Task<IReadOnlyList<Night>> NightsAsync(string tenant, EntityId person, CancellationToken ct)
    {
        var nights = new List<Night>();
        foreach (var part in (await runs.ListAsync(tenant, ct)).Reverse().Chunk(AtOnce))
        {
            nights.AddRange((await Task.WhenAll(part.Select(run => NightAsync(tenant, run, person, ct)))).OfType<Night>());
        }

        return nights;
    }

    private async Task<Night?> NightAsync(string tenant, string name, EntityId person, CancellationToken ct)
    {
        if (await runs.ShowAsync(tenant, name, ct) is not { IsUnreadable: false, DryRun: false, Counts: not null, Resends: null } run
            || await people.TryReadAsync(tenant, name, person, ct) is not { IsKept: true, Entry: var entry })
        {
            return null;
        }

        var explanation = entry is null
            ? Explanation.OfAbsent(tenant, name, run.Date, person, run.Feeds.Select(feed => feed.Name))
            : Explanation.Of(tenant, name, entry, rules);
        return new Night(run, entry, explanation with { Feeds = await people.AtTargetsAsync(explanation, person, ct) });
    }

    [Told]
    private IReadOnlyList<string> Between(Night before, Night now) =>
    [
        .. (before.Entry, now.Entry) switch
        {
            (null, null) => [],
            (not null, null) => ["person: not in the pull any more"],
            (_, { } entry) => ChangesSince.Of(before.Run.Run, before.Run.Date, before.Entry, entry, rules)?.Changes ?? [],
        },
        .. from feed in now.Explanation.Feeds
           let then = before.Explanation.Feeds.GetValueOrDefault(feed.Key)
           where then is not null
           from code in Codes(then).Union(Codes(feed.Value)).Where(FeedReasons.IsOfGuard)
           where Codes(then).Contains(code) != Codes(feed.Value).Contains(code)
           select ChangesSince.Went($"feeds.{feed.Key}: {code}", Codes(then).Contains(code), Codes(feed.Value).Contains(code)),
    ];

    private static IEnumerable<string> Codes(FeedExplanation feed) => feed.Reasons.Select(reason => reason.Code);

    private sealed record Night(RunRecord Run, LedgerEntry? Entry, Explanation Explanation);
}
