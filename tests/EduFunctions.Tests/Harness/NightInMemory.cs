using System.Collections;
using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Tests.Harness;

/// <summary>What a night makes of a pull, from the pages to the roster that feeds are made of, without storage, hosts and targets: for thousands of nights.</summary>
internal static class NightInMemory
{
    /// <param name="pages">The only page of each collection.</param>
    public static async Task<Roster> RosterAsync(
        IReadOnlyDictionary<string, byte[]> pages, string extension, RuleBook rules,
        Func<Snapshot, ReadOptions, CancellationToken, Task<SourceData>> read)
    {
        var options = new ReadOptions { MaxNotUnderstoodPercent = 5, DateMarginDays = new EligibilitySettings().DateMarginDays };
        var data = await read(SnapshotOf(pages, extension), options, CancellationToken.None);
        return data.Refusal is { } refusal ? throw new RunHeldException(refusal) : RosterBuilder.Build(Decide.On(data, rules, new EligibilitySettings(), Night.Today));
    }

    /// <summary>The roster as a feed of everybody gets it, when limits are far away.</summary>
    public static Roster After(Roster before, Roster now)
    {
        var difference = RosterDifference.Between(before, All(before), now, All(now));
        var verdict = Guard.Judge(
            difference, new GuardSettings { MinRemoved = 100_000, MaxRemovedPercent = 100 }, Absences.None, "night", isReleased: false, today: Night.Today);
        return verdict.KeepsNothing ? now : EffectiveRoster.Of(difference, verdict);
    }

    /// <summary>Who is there as what, where and with whom.</summary>
    public static HashSet<string> Everything(Roster roster)
    {
        var all = new HashSet<string>();
        foreach (var person in roster.Persons.Rows)
        {
            all.UnionWith(Enum.GetValues<Roles>().Where(role => role != Roles.None && person.Roles.HasFlag(role)).Select(role => $"{role} {person.Id}"));
        }

        foreach (var place in roster.StudentUnits.Rows.ToArray().Concat(roster.StaffUnits.Rows.ToArray()))
        {
            all.Add($"at {roster.Persons[place.Person].Id} {roster.Units[place.Unit].Id}");
        }

        foreach (var pair in roster.Guardianships.Rows)
        {
            all.Add($"guards {roster.Persons[pair.Guardian].Id} {roster.Persons[pair.Student].Id}");
        }

        foreach (var (name, rows) in new[] { ("member", roster.Members), ("teacher", roster.Teachers), ("mentor", roster.Mentors) })
        {
            foreach (var row in rows.Rows)
            {
                all.Add($"{name} {roster.Sections[row.Section].Id} {roster.Persons[row.Person].Id}");
            }
        }

        return all;
    }

    private static FeedSelection All(Roster roster) =>
        new(new BitArray(roster.Persons.Count, true), new BitArray(roster.Sections.Count, true), new FindingLog());

    public static Snapshot SnapshotOf(IReadOnlyDictionary<string, byte[]> pages, string extension)
    {
        var (blobs, collections) = (new Dictionary<string, byte[]>(), new SortedDictionary<string, CollectionManifest>(StringComparer.Ordinal));
        foreach (var (collection, body) in pages)
        {
            var stored = Gzip(body);
            blobs[SnapshotPath.Page("t", "r", collection, 0, extension)] = stored;
            var page = new PageManifest(0, 1, body.Length, "", stored.Length, Convert.ToHexStringLower(SHA256.HashData(stored)));
            collections[collection] = new CollectionManifest(1, 1, 0, 0, [page]);
        }

        var manifest = new SnapshotManifest
        {
            Tenant = "t",
            Run = "r",
            Source = "any",
            Started = new DateTimeOffset(Night.Today, default, default),
            Finished = default,
            Extension = extension,
            Sha256 = "",
            Collections = collections,
        };
        return new Snapshot(manifest, (name, _) => Task.FromResult<Stream?>(new MemoryStream(blobs[name], writable: false)));
    }

    private static byte[] Gzip(byte[] body)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stored.ToArray();
    }
}
