using System.Globalization;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Verifying;

namespace EduFunctions.Pipeline.Incidents;

/// <summary>Collects from the record what a report of an incident needs. Only reads.</summary>
public sealed class IncidentCollecting(
    BlobStorage blobs, RunStore runs, ReceiptStore receipts, People people, KnownPersons known, PersonKeys keys, TenantStore tenants, Verification verification, ActLog acts,
    TimeProvider time)
{
    /// <summary>Of one run; null when there is none of that name.</summary>
    /// <param name="by">Who collects: it goes on record.</param>
    public async Task<IncidentReport?> OfRunAsync(string tenant, string run, DateTimeOffset? noticed, Asker by, CancellationToken ct) =>
        await runs.FindAsync(tenant, run, ct) is { } record ? await ReportAsync(tenant, null, run, noticed, [await CollectAsync(record, null, null, ct)], by, ct) : null;

    /// <summary>Of one person in all runs that are kept; null for whoever is in none, and for what nothing kept knows as a person's id.</summary>
    /// <param name="by">Who collects: it goes on record.</param>
    /// <param name="done">Told how many of how many runs have been looked through.</param>
    public async Task<IncidentReport?> OfPersonAsync(string tenant, EntityId person, DateTimeOffset? noticed, Asker by, Action<int, int> done, CancellationToken ct)
    {
        if (!await known.HasAsync(tenant, person, ct))
        {
            return null;
        }

        var found = new List<IncidentRun>();
        var (names, trace) = (await runs.ListAsync(tenant, ct), new PersonTrace(person, await keys.FindAsync(tenant, person, ct)));
        foreach (var (number, name) in names.Index())
        {
            if (await runs.ShowAsync(tenant, name, ct) is { IsUnreadable: false } record)
            {
                found.Add(await CollectAsync(record, person, trace, ct));
            }

            done(number + 1, names.Count);
        }

        var concerned = found.Where(Concerns).ToList();
        return concerned.Count == 0 ? null : await ReportAsync(tenant, person.ToString(), null, noticed, concerned, by, ct);
    }

    /// <summary>Records that prove what the report says, by the name of a file: none of them has a name or a value of anybody.</summary>
    public async IAsyncEnumerable<(string File, byte[] Content)> ProofsAsync(IncidentReport report)
    {
        foreach (var run in report.Runs)
        {
            yield return await ReadAsync(Containers.Runs, $"{report.Tenant}/{run.Run}.json");
            yield return await ReadAsync(Containers.Snapshots, SnapshotPath.Manifest(report.Tenant, run.Run));
            foreach (var feed in run.Feeds)
            {
                yield return await ReadAsync(Containers.Rosters, RosterPath.Plan(report.Tenant, run.Run, feed.Name));
                yield return await ReadAsync(Containers.Feeds, ReceiptStore.Name(report.Tenant, run.Run, feed.Name));
            }
        }

        foreach (var act in report.Acts)
        {
            yield return await ReadAsync(Containers.State, act.Blob!);
        }

        yield return await ReadAsync(Containers.State, $"{report.Tenant}/seal.jsonl");
    }

    private async Task<(string File, byte[] Content)> ReadAsync(string container, string name) =>
        ($"{container}/{name}", (await blobs.ReadAsync(container, name, CancellationToken.None))?.Content ?? []);

    private static bool Concerns(IncidentRun run) => run.Person?.InPull == true || run.Feeds.Any(feed => feed.Chosen == true || feed.InFiles == true);

    private async Task<IncidentReport> ReportAsync(
        string tenant, string? person, string? run, DateTimeOffset? noticed, IReadOnlyList<IncidentRun> concerned, Asker by, CancellationToken ct)
    {
        await acts.WriteAsync(
            new Act { Tenant = tenant, Kind = ActKind.Incident, By = by.Name, Reason = by.Reason, Run = run, People = person is null ? null : [person] }, ct);
        var now = time.GetUtcNow();
        var names = concerned.Select(each => each.Run).ToHashSet(StringComparer.Ordinal);
        var done = await acts.ListAsync(tenant, withQuestions: true, int.MaxValue, ct);
        var report = new IncidentReport(tenant, person, run, noticed ?? now, now, concerned, null)
        {
            Acts = [.. done.Where(act => (act.Run is { } about && names.Contains(about)) || (person is not null && (act.People?.Contains(person) == true || Purges(act, person))))],
        };
        try
        {
            return report with { Record = await verification.RunAsync(tenant, (await tenants.ReadSettingsAsync(tenant, ct)).Privacy, head: null, ct) };
        }
        catch (TenantRefusedException e)
        {
            return report with { NotVerified = e.Message };
        }
    }

    /// <summary>What was purged of the person is in no run any more, and that it was is part of the answer.</summary>
    private static bool Purges(Act act, string person) => act.Kind == ActKind.Purge && act.What?.Contains(PurgeProtocol.HashOf(person)) == true;

    private async Task<IncidentRun> CollectAsync(RunRecord run, EntityId? person, PersonTrace? trace, CancellationToken ct)
    {
        var explanation = person is { } asked && run.Counts is not null ? await ExplainAsync(run, asked, ct) : null;
        var feeds = new List<IncidentFeed>();
        foreach (var feed in run.Feeds)
        {
            feeds.Add(await CollectAsync(run, feed, trace, explanation, ct));
        }

        return new IncidentRun(
            run.Run, run.Trigger, run.Reason, run.Started, run.Finished, run.State, run.StateReason, run.Configuration, Decided(explanation), feeds);
    }

    private async Task<IncidentFeed> CollectAsync(RunRecord run, FeedRun feed, PersonTrace? trace, Explanation? explanation, CancellationToken ct)
    {
        var receipt = await receipts.FindAsync(run.Tenant, run.Run, feed.Name, ct);
        var isChosen = explanation is not null && explanation.Feeds.TryGetValue(feed.Name, out var explained) ? explained.Included : (bool?)null;
        var isInFiles = trace is not null && receipt is not null ? await IsInAsync(receipt, trace, ct) : null;
        return new IncidentFeed(
            feed.Name, feed.Type, receipt?.Target ?? feed.Target, receipt?.State ?? feed.State, receipt?.Finished, receipt?.Attempts ?? 0, isChosen, isInFiles,
            Decision(feed.Approval), receipt?.Files ?? []);
    }

    private static string? Decision(Approval? answer) => answer is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{answer.By ?? "somebody who gave no name"}, who {(answer.IsRefusal ? "refused" : "approved")} it at {answer.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Null when the run's decisions are gone.</summary>
    private async Task<Explanation?> ExplainAsync(RunRecord run, EntityId person, CancellationToken ct)
    {
        try
        {
            return await people.ExplainAsync(run.Tenant, person, run.Run, ct)
                ?? Explanation.OfAbsent(run.Tenant, run.Run, run.Date, person, run.Feeds.Select(feed => feed.Name));
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    private static IncidentPerson? Decided(Explanation? explanation) => explanation is null ? null : new IncidentPerson(
        explanation.Feeds.Values.All(feed => feed.Reasons.All(reason => reason.Code != FeedReasons.NotInPull)),
        [.. explanation.Roles.Where(role => role.Eligible).Select(role => role.Role.ToString().ToLowerInvariant())],
        [.. explanation.Roles.SelectMany(role => role.Reasons).Select(reason => reason.Code).Distinct(StringComparer.Ordinal)]);

    private async Task<bool?> IsInAsync(Receipt receipt, PersonTrace trace, CancellationToken ct)
    {
        if (receipt.Contents is not null)
        {
            // Encrypted for the target alone.
            return null;
        }

        bool? isIn = receipt.Files.Count == 0 ? null : false;
        foreach (var file in receipt.Files)
        {
            var stored = await blobs.ReadAsync(Containers.Feeds, FeedPath.Sent(receipt.Tenant, receipt.Run, receipt.Feed, file.Name), ct);
            var isInFile = stored is null ? null : Find(trace, file.Name, stored.Content);
            if (isInFile == true)
            {
                return true;
            }

            isIn = isInFile is null ? null : isIn;
        }

        return isIn;
    }

    /// <summary>Null for a zip that cannot be opened any more: one damaged blob must not keep the rest from being reported.</summary>
    private static bool? Find(PersonTrace trace, string file, byte[] content)
    {
        try
        {
            return trace.IsInFeed(file, content);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
