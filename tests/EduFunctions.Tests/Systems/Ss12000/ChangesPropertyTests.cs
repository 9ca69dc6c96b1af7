using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Whatever changes in a register, hour by hour: pulls of changes, one on the other, come to what a pull of everything comes to.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ChangesPropertyTests
{
    private const int Hours = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Changes_come_to_what_everything_comes_to(int seed)
    {
        var random = new Random(seed);
        var world = new Hourly(random);
        await using var server = await EduCloudServer.StartAsync(world.Data, world.Habits);
        await using var services = Services();
        var pulls = new Pulls(services, server, random.Next(40, 100), world.Clock);
        var latest = await pulls.FullAsync();

        for (var hour = 1; hour <= Hours; hour++)
        {
            world.Pass();

            latest = await pulls.ChangesAsync(latest);

            var everything = await pulls.FullAsync(latest);
            Assert.DoesNotContain(everything.Manifest.Notes, note => note.Code == PullNote.ChangesMissed);
            Assert.Equal(await pulls.EverythingAsync(everything), await pulls.EverythingAsync(latest));
            Assert.Equal(
                Counts(everything).Where(entry => !SnapshotManifest.IsAside(entry.Key)), Counts(latest).Where(entry => !SnapshotManifest.IsAside(entry.Key)));
        }
    }

    private static Dictionary<string, (int, int, int, int)> Counts(Snapshot snapshot) =>
        snapshot.Manifest.Collections.ToDictionary(entry => entry.Key, entry => (entry.Value.Rows, entry.Value.Distinct, entry.Value.Resolved, entry.Value.Dangling));

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" }).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).BuildServiceProvider();
    }

    /// <summary>A world of which something changes every hour, and which says so.</summary>
    private sealed class Hourly
    {
        private readonly Random _random;
        private readonly List<Deletion> _deletions = [];
        private int _added;

        public Hourly(Random random)
        {
            _random = random;
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var world = new SchoolWorld(new WorldOptions { Today = Night.Today, Seed = random.Next(), Persons = 150 });
            foreach (var collection in Collections.All)
            {
                foreach (var row in world.Rows(collection).Where(row => seen.Add((string)row["id"]!)))
                {
                    // Longer ago than any pull.
                    row["meta"]!["modified"] = "2020-08-01T08:00:00Z";
                    Data[collection].Add(row);
                }
            }

            Registers.Strict(Habits);
            (Habits.WayIn, Habits.Clock, Habits.Deletions) = (WayIn.Bearer, Clock, _deletions);
        }

        public JsonSchoolData Data { get; } = new();

        public EduCloudHabits Habits { get; } = new();

        public SkippingTime Clock { get; } = new();

        public void Pass()
        {
            Clock.Skip(TimeSpan.FromMinutes(20));
            for (var change = _random.Next(8); change > 0; change--)
            {
                var collection = Collections.All[_random.Next(1, Collections.All.Count)];
                var at = _random.Next(Data[collection].Count);
                var row = Data[collection][at];
                switch (_random.Next(3))
                {
                    case 0:
                        Data[collection].RemoveAt(at);
                        _deletions.Add(new Deletion(collection, (string)row["id"]!, Clock.GetUtcNow()));
                        break;
                    case 1:
                        var copy = row.DeepClone().AsObject();
                        copy["id"] = Ids.Of($"added {++_added}");
                        Data[collection].Insert(at, Touched(copy));
                        break;
                    default:
                        Change(Touched(row));
                        break;
                }
            }

            Clock.Skip(TimeSpan.FromMinutes(40));
        }

        private JsonObject Touched(JsonObject row)
        {
            row["meta"]!["modified"] = Clock.GetUtcNow().ToString("o", CultureInfo.InvariantCulture);
            return row;
        }

        private void Change(JsonObject row)
        {
            foreach (var list in row.Select(property => property.Value).OfType<JsonArray>().Where(list => list.Count > 0))
            {
                list.RemoveAt(_random.Next(list.Count));
            }

            row["displayName"] = $"Namn {_random.Next(1000)}";
            row["givenName"] = $"Namn {_random.Next(1000)}";
        }
    }

    private sealed class Pulls(ServiceProvider services, EduCloudServer server, int pageSize, TimeProvider clock)
    {
        private readonly BlobStorage _blobs = new(new InMemoryStorage(new InMemoryAccount(TimeProvider.System)).Open());
        private readonly Tenant _tenant = new()
        {
            Id = "t",
            Name = "t",
            Feeds = [],
            Source = new Ss12000Settings { Type = "ss12000", BaseUrl = server.BaseUrl, Bearer = new Secret("handed", server.Handed), PageSize = pageSize, Changes = true },
        };

        private int _runs;

        private RegisterSource Source => (RegisterSource)services.GetRequiredService<Catalog<ISource>>()["ss12000"];

        /// <param name="proven">The pull of changes that it proves.</param>
        public Task<Snapshot> FullAsync(Snapshot? proven = null) => PullAsync(async (pull, snapshot) =>
        {
            Assert.True(await Source.ExtractAsync(pull, snapshot, CancellationToken.None, CancellationToken.None));
            await (proven is null ? Task.CompletedTask : Source.ProveAsync(pull, proven, snapshot, CancellationToken.None));
        });

        public Task<Snapshot> ChangesAsync(Snapshot basis) => PullAsync(async (pull, snapshot) =>
            Assert.True(await Source.ExtractChangesAsync(pull, basis, snapshot, CancellationToken.None, CancellationToken.None)));

        /// <summary>Who is there as what, where and with whom, and what they are called.</summary>
        public async Task<IEnumerable<string>> EverythingAsync(Snapshot snapshot)
        {
            var data = await Source.ReadAsync(snapshot, new ReadOptions { Source = _tenant.Source }, CancellationToken.None);
            var roster = RosterBuilder.Build(Decide.On(data, Source.Rules, new EligibilitySettings(), Night.Today));
            return NightInMemory.Everything(roster)
                .Concat(roster.Persons.Rows.ToArray().Select(person => $"{person.Id} {System.Text.Encoding.UTF8.GetString(roster[person.Texts.GivenName])}"))
                .Order(StringComparer.Ordinal);
        }

        private async Task<Snapshot> PullAsync(Func<Pull, SnapshotWriter, Task> pull)
        {
            var (run, started) = ($"run{++_runs}", clock.GetUtcNow());
            var snapshot = new SnapshotWriter(_blobs, _tenant.Id, run, Source.PageExtension, (_, _, _) => { });
            await pull(new Pull(_tenant, run, RunTrigger.CommandLine), snapshot);
            await snapshot.SealAsync("ss12000", started, clock.GetUtcNow(), previous: null, CancellationToken.None);
            return (await Snapshot.FindAsync(_blobs, _tenant.Id, run, CancellationToken.None))!;
        }
    }
}
