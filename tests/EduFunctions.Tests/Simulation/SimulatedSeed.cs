using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <param name="Quiet">Nights after those that something goes wrong in.</param>
internal sealed record SimulatedLength(int Nights, int Quiet, int Tenants)
{
    public static SimulatedLength Usual { get; } = new(5, 3, 3);

    /// <summary>Enough for a host that stands still in the second night through the third.</summary>
    public static SimulatedLength Short { get; } = new(3, 1, 1);
}

/// <summary>One seed: what was wrong with its nights, and what happened in them.</summary>
internal sealed class SimulatedSeed : IDisposable
{
    private const int Hosts = 2;

    /// <summary>In the second pull in a row without a marking somebody is as anybody else (docs/guard.md).</summary>
    private const int PullsUnmarked = 2;

    private readonly SimulatedNights _nights;
    private readonly SimulatedLength _length;
    private readonly int _seed;

    public SimulatedSeed(int seed, Misfortune fortune, SimulatedLength? length = null)
    {
        (_seed, _length) = (seed, length ?? SimulatedLength.Usual);
        _nights = new SimulatedNights(seed, fortune with { Restores = fortune.Restores || (fortune != Misfortune.None && seed % 4 == 0) }, NewWorld(), Hosts);
    }

    private SimulatedWorld World => _nights.World;

    public string Trace => _nights.Trace;

    /// <summary>The same for the same nights, operation by operation.</summary>
    public string Print => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Trace)))[..16];

    public int Operations => _nights.Operations;

    /// <inheritdoc cref="SimulatedNights.Met"/>
    public string? Met => _nights.Met;

    public IReadOnlyDictionary<string, int> Happened => _nights.Happened;

    /// <summary>What is not as it should be.</summary>
    public IReadOnlyList<string> Play()
    {
        try
        {
            _nights.Run(_length.Quiet);
            using var undisturbed = Undisturbed();
            return [.. _nights.WentBack, .. World.Tenants.SelectMany(tenant => Wrong(tenant, undisturbed).Select(what => $"{tenant}: {what}"))];
        }
        catch (Exception e)
        {
            return [$"{e.GetType().Name} {e.Message}"];
        }
    }

    public void Dispose() => World.Dispose();

    /// <summary>What first deliveries of the last registers bring when nothing goes wrong.</summary>
    private SimulatedWorld Undisturbed()
    {
        var nights = new SimulatedNights(_seed, Misfortune.None, NewWorld(), hosts: 1);
        nights.RunLast();
        return nights.World;
    }

    private SimulatedWorld NewWorld() => new(_seed, _length.Nights, _length.Tenants);

    private IEnumerable<string> Wrong(string tenant, SimulatedWorld undisturbed)
    {
        var (apple, expected) = (PutsOf(World, tenant, "apple"), PutsOf(undisturbed, tenant, "apple")[^1]);
        if (apple.Count == 0 || apple[^1].IsCut || !apple[^1].Content.AsSpan().SequenceEqual(expected.Content))
        {
            yield return $"Apple has {(apple.Count == 0 ? "nothing" : apple[^1].IsCut ? "half a file" : Students(apple[^1]))} and not {Students(expected)}";
        }

        if (World.Account.Blobs($"runs/{tenant}/").Select(blob => JsonNode.Parse(blob.Value.Content)!).Any(run => run["finished"] is null))
        {
            yield return "a run never ends";
        }

        // A storage that is put back knows less than the targets have.
        if (_nights.WasRestored)
        {
            yield break;
        }

        foreach (var problem in _nights.Verify(tenant))
        {
            yield return problem;
        }

        var (unikum, wanted) = (ReceiverOf(World, tenant), ReceiverOf(undisturbed, tenant));
        if (!Relations(unikum).SequenceEqual(Relations(wanted)) || Objects(wanted).Except(Objects(unikum)).Any())
        {
            yield return $"Unikum has {string.Join(", ", Relations(unikum).Except(Relations(wanted)))} and lacks {string.Join(", ", Relations(wanted).Except(Relations(unikum)))}";
        }

        foreach (var feed in new[] { "apple", "unikumrelations" })
        {
            var puts = PutsOf(World, tenant, feed);
            var numbers = puts.Select(put => (int)JsonNode.Parse(World.Account.Find($"runs/{tenant}/{put.Run}.json")!.Content)!["number"]!).ToList();
            if (!numbers.SequenceEqual(numbers.Order()))
            {
                yield return $"{feed}: an older run came after a newer one: {string.Join(' ', numbers)}";
            }

            if (puts.Any(put => put.WasOnRecord))
            {
                yield return $"{feed}: a file came again that was on record as sent";
            }
        }

        if (IsShownAgain(PutsOf(World, tenant, "apple"), UnmarkedPulls(World, tenant)))
        {
            yield return "somebody who is protected came back too soon";
        }
    }

    /// <summary>Whether the marked pupil is handed on once more too soon, after a run that has delivered without.</summary>
    private static bool IsShownAgain(IEnumerable<Put> puts, Dictionary<string, int> unmarked)
    {
        var wasMarked = false;
        foreach (var put in puts.Where(put => !put.IsCut && unmarked[put.Run] < PullsUnmarked))
        {
            var isShown = new AppleZip(put.Content).Files["students.csv"].Contains(Ids.Of(SimulatedWorld.Marked), StringComparison.OrdinalIgnoreCase);
            if (wasMarked && isShown)
            {
                return true;
            }

            wasMarked |= !isShown;
        }

        return false;
    }

    /// <summary>By run the pulls in a row, its own among them, that do not mark the pupil. A night that comes a day late is another pull of the same evening.</summary>
    private static Dictionary<string, int> UnmarkedPulls(SimulatedWorld world, string tenant)
    {
        var (pulls, unmarked) = (new Dictionary<string, int>(StringComparer.Ordinal), 0);
        foreach (var run in world.Account.Blobs($"runs/{tenant}/").Select(blob => JsonNode.Parse(blob.Value.Content)!).OrderBy(run => (int)run["number"]!))
        {
            if (world.Account.Find($"snapshots/{tenant}/{run["run"]}/persons/000000.json.gz") is { } page)
            {
                using var json = new GZipStream(new MemoryStream(page.Content), CompressionMode.Decompress);
                var pupil = JsonNode.Parse(json)!["data"]!.AsArray().Single(person => (string?)person!["id"] == Ids.Of(SimulatedWorld.Marked))!;
                unmarked = (string?)pupil["securityMarking"] == "Sekretessmarkering" ? 0 : unmarked + 1;
            }

            pulls[(string)run["run"]!] = unmarked;
        }

        return pulls;
    }

    private static List<Put> PutsOf(SimulatedWorld world, string tenant, string feed) => [.. world.Puts.Where(put => put.Tenant == tenant && put.Feed == feed)];

    private static string Students(Put put) => string.Join(' ', new AppleZip(put.Content).Column("students.csv", "person_id").Select(id => id[^4..]));

    private static UnikumState ReceiverOf(SimulatedWorld world, string tenant)
    {
        var receiver = new UnikumReceiver(new UnikumOptions());
        foreach (var put in PutsOf(world, tenant, "unikumrelations").Where(put => !put.IsCut))
        {
            receiver.Import(put.Name, new MemoryStream(put.Content));
        }

        return receiver.State;
    }

    private static IEnumerable<string> Relations(UnikumState state) => state.Relations.Select(relation => relation.ToString()).Order(StringComparer.Ordinal);

    /// <summary>Of those who have gone only the relations are taken away.</summary>
    private static IEnumerable<string> Objects(UnikumState state) =>
        new[] { "school", "class", "user" }.SelectMany(kind => state.Objects(kind).Select(id => $"{kind} {id}"));
}
