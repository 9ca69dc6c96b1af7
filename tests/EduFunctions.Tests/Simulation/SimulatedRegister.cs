using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Simulation;

/// <summary>A register as it is tonight, a page per collection, that may break off; everything behind the pages is EduCloud's own.</summary>
internal sealed class SimulatedRegister(EduCloudSource real, SimulatedHost host) : ISource
{
    public string Type => real.Type;

    public Type Settings => real.Settings;

    public RuleBook Rules => real.Rules;

    public string PageExtension => real.PageExtension;

    public Vocabularies MakeVocabularies() => real.MakeVocabularies();

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var world = host.World;
        foreach (var collection in Collections.All.Where(collection => snapshot.Pages(collection).Count == 0))
        {
            var (body, rows) = await world.Gate.PerformAsync(
                host, OperationKind.Source, $"pull {pull.Tenant.Id} {collection}", () => Page(world.RegisterOf(pull.Tenant.Id), collection), ct);
            var stored = RegisterPage.Stored(body);
            var manifest = new PageManifest(0, rows, body.Length, Hex(body), stored.Length, Hex(stored));
            await snapshot.AddAsync(collection, new StoredPage(manifest, Next: null), stored, ct);
            snapshot.Ids[collection] = new IdCounts(rows, 0, 0);
        }

        return true;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) => real.ReadAsync(snapshot, options, ct);

    public Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> ids, SourceData data, CancellationToken ct) => real.ReadPeopleAsync(snapshot, ids, data, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) => real.ReadProtectedAsync(snapshot, data, ct);

    private static (byte[] Body, int Rows) Page(ISchoolData school, string collection) => (RegisterPage.Of(school, collection), school.Count(collection));

    private static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
