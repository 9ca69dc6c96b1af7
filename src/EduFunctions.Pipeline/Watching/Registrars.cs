using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Watching;

/// <summary>
/// Writes to registrars what is to be corrected, weekly or when it has changed, school by school. What each was told last is kept (<c>state/{tenant}/registrars.json</c>),
/// as a hash; whoever could not be told is tried again by the next watch.
/// </summary>
public sealed class Registrars(BlobStorage blobs, RunLists lists, RegistrarMail mails, Mailer mailer, PipelineOptions options, TimeProvider time, ILogger<Registrars> log)
{
    private const string Everybody = "all";

    /// <summary>A week, but for the hours by which one night ends sooner than another.</summary>
    private static readonly TimeSpan Week = TimeSpan.FromDays(7) - TimeSpan.FromHours(6);

    /// <param name="run">The tenant's newest one.</param>
    public async Task TellAsync(Tenant tenant, RunRecord? run, CancellationToken ct)
    {
        if (tenant.Registrars is not { } settings || run is not { IsFinal: true, DryRun: false, Counts: not null, Resends: null }
            || await lists.FindAsync(tenant.Id, run.Run, RunList.Findings, feed: null, mayFindProtected: false, withNames: false, ct) is not { } all)
        {
            return;
        }

        await using var lease = await Lease.TakeAsync(blobs, $"{tenant.Id}/registrars.turn", options.LeasePatience, time, ct);
        if (lease is null)
        {
            return;
        }

        var told = await ReadAsync(tenant.Id, ct);
        foreach (var (school, to) in Addressees(settings))
        {
            var (key, list) = (school ?? Everybody, all.Of(code: null, school));
            if (IsDue(settings, told.GetValueOrDefault(key), list) && await TryTellAsync(tenant, list, school, to, ct))
            {
                told[key] = new ToldRegistrar(HashOf(list), list.Rows.Count, time.GetUtcNow());
                await blobs.WriteAsync(Containers.State, Name(tenant.Id), JsonSerializer.SerializeToUtf8Bytes(told, Serialization.Indented), ct);
            }
        }
    }

    private static IEnumerable<(string? School, IReadOnlyList<string> To)> Addressees(RegistrarSettings settings) =>
        settings.Schools.OrderBy(school => school.Key, StringComparer.Ordinal).Select(school => ((string?)school.Key, school.Value)).Prepend((null, settings.All))
            .Where(addressee => addressee.Item2.Count > 0);

    private bool IsDue(RegistrarSettings settings, ToldRegistrar? told, RunList list) => settings.When == RegistrarSettings.OnChange
        ? told?.Sha256 != HashOf(list) && (list.Rows.Count > 0 || told is { Count: > 0 })
        : list.Rows.Count > 0 && (told is null || time.GetUtcNow() - told.At >= Week);

    private async Task<bool> TryTellAsync(Tenant tenant, RunList list, string? school, IReadOnlyList<string> to, CancellationToken ct)
    {
        try
        {
            using var mail = mails.Of(tenant, list, school, to);
            await mailer.SendAsync(tenant.Alarms.Mail!, mail, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("{Tenant}: registrars could not be told what to correct ({Problem}); the next watch tries again", tenant.Id, e.GetType().Name);
            return false;
        }
    }

    /// <summary>Of the rows alone: another run that finds the same is no change.</summary>
    private static string HashOf(RunList list) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', list.Rows.Select(row => $"{row.School} {row.Code} {row.Kind} {row.Id} {row.RefersTo}")))));

    /// <summary>When the blob cannot be read, everybody is told once more.</summary>
    private async Task<Dictionary<string, ToldRegistrar>> ReadAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is { } blob ? StoredJson.TryParse<Dictionary<string, ToldRegistrar>>(blob.Content) ?? [] : [];

    private static string Name(string tenant) => $"{tenant}/registrars.json";

    private sealed record ToldRegistrar(string Sha256, int Count, DateTimeOffset At);
}
