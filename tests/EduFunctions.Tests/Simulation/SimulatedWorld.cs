using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;

namespace EduFunctions.Tests.Simulation;

/// <summary>What all hosts have in common: clock, storage, registers, and what the receivers have got.</summary>
internal sealed class SimulatedWorld : IDisposable
{
    public const string Marked = "alva";

    private static readonly DateTimeOffset Begins = new(2026, 9, 1, 17, 29, 0, TimeSpan.Zero);

    private static readonly string[] Pupils = [.. Enumerable.Range(0, 6).Select(number => $"p{number}")];

    private readonly Dictionary<string, List<SchoolBuilder>> _nights = [];

    public SimulatedWorld(int seed, int nights, int tenants)
    {
        Account = new InMemoryAccount(new WorldClock(Time));
        Nights = nights;
        for (var tenant = 0; tenant < tenants; tenant++)
        {
            _nights[$"tenant{tenant}"] = Registers(new Random((seed * 31) + tenant));
        }
    }

    public VirtualTime Time { get; } = new(Begins);

    public InMemoryAccount Account { get; }

    public Gate Gate { get; } = new();

    /// <summary>How many nights the registers change from one to the next; after that they stay as they are.</summary>
    public int Nights { get; }

    /// <summary>The night it is, from 0; it lasts until the next one.</summary>
    public int Night => (int)(Time.Now - Begins).TotalDays;

    public IReadOnlyCollection<string> Tenants => _nights.Keys;

    /// <summary>What came into the receivers' folders, in order.</summary>
    public List<Put> Puts { get; } = [];

    public DateTimeOffset EveningOf(int night) => Begins.AddDays(night).AddMinutes(1);

    public ISchoolData RegisterOf(string tenant) => _nights[tenant][Math.Min(Night, Nights - 1)].Data;

    /// <summary>How many bytes of the next file come through; null for all.</summary>
    public int? Cut { get; set; }

    public bool IsOnRecord(string tenant, string run, string feed) =>
        Account.Find($"feeds/{tenant}/{run}/{feed}/receipt.json") is { } blob && JsonNode.Parse(blob.Content) is var receipt
        && (string?)receipt?["state"] == "sent" && receipt["finished"] is not null;

    public bool Take(string tenant, string run, string feed, string name, byte[] content, bool wasOnRecord)
    {
        var cut = Cut is { } at ? content[..Math.Min(at, content.Length - 1)] : null;
        Puts.Add(new Put(tenant, run, feed, name, cut ?? content, cut is not null, wasOnRecord, Night));
        return true;
    }

    public string TenantFile(string tenant)
    {
        var file = TenantJson.Make(tenant);
        file["source"]!["baseUrl"] = "https://register.example/v2.0";
        file["source"]!["tokenUrl"] = "https://register.example/token";
        file["source"]!["clientId"] = tenant;
        file["source"]!["maxShrinkPercent"] = 100;
        file["guard"] = new JsonObject { ["maxRemovedPercent"] = 100, ["maxChangedPercent"] = 100 };
        file["feeds"]!.AsArray().Add(TenantJson.FeedOf(
            "unikumRelations", new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true }));
        return file.ToJsonString();
    }

    /// <summary>Pupils come and go, and one is marked for two nights.</summary>
    private List<SchoolBuilder> Registers(Random random)
    {
        var marked = random.Next(1, Nights);
        return
        [
            .. Enumerable.Range(0, Nights).Select(night =>
            {
                var school = MemoryTown.Make([.. Pupils.Where(_ => random.Next(3) > 0)]);
                return night < Nights - 1 && (night == marked || night == marked + 1) ? school.Marking(Marked) : school;
            }),
        ];
    }

    public void Dispose() => Gate.Dispose();

    private sealed class WorldClock(VirtualTime time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.Now;
    }
}
