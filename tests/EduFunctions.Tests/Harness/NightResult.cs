using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Tests.Harness;

/// <summary>What a night left behind.</summary>
public sealed class NightResult(RunRecord run, JsonObject tenant, BlobStorage blobs, IReadOnlyList<string> logLines)
{
    private static readonly RuleCatalog Rules = new(Ss12000Rules.Book, UniloginRules.Book);

    private readonly People _people = new(blobs, new RunStore(blobs, new Discretion(), TimeProvider.System), Rules, new KeptPersons(blobs), new SchoolNaming(blobs, blobs.Memories()));

    public RunRecord Run => run;

    /// <summary>The tenant file the night ran with.</summary>
    public JsonObject Tenant => tenant;

    public IReadOnlyList<string> LogLines => logLines;

    /// <summary>What reached the drop box in this night.</summary>
    public required IReadOnlyList<ReceivedFile> Received { get; init; }

    public required IReadOnlyList<LoggedRequest> Requests { get; init; }

    /// <summary>The decision on a person by id; null for somebody the pull does not have.</summary>
    public Task<Explanation?> ExplainAsync(string id) =>
        EntityId.TryFind(id, out var person)
            ? _people.ExplainAsync(run.Tenant, person, run.Run, CancellationToken.None)
            : throw new ArgumentException($"{id} is no id.");

    /// <summary>The decision as it is printed, on a person of a hand-made world by label.</summary>
    public async Task<JsonNode> ExplainAsJsonAsync(string label) =>
        JsonSerializer.SerializeToNode(await ExplainAsync(Ids.Of(label)), Serialization.Indented)!;

    /// <summary>Everything the run wrote into a container, one blob behind the other.</summary>
    public async Task<byte[]> StoredAsync(string container)
    {
        using var all = new MemoryStream();
        await foreach (var blob in blobs.ListAsync(container, $"{run.Tenant}/{run.Run}", CancellationToken.None))
        {
            all.Write((await blobs.ReadAsync(container, blob.Name, CancellationToken.None))!.Content);
        }

        return all.ToArray();
    }

    /// <summary>A stored file of the first feed: exactly what was, or in a dry run would be, sent.</summary>
    public async Task<byte[]> SentAsync(string name) =>
        (await blobs.ReadAsync(Containers.Feeds, $"{run.Tenant}/{run.Run}/{run.Feeds[0].Name}/{name}", CancellationToken.None))!.Content;

    /// <summary>What became of the first feed.</summary>
    public async Task<Receipt> ReceiptAsync() =>
        (await new ReceiptStore(blobs, new Discretion()).FindAsync(run.Tenant, run.Run, run.Feeds[0].Name, CancellationToken.None))!;

    /// <summary>The findings of the run, by school.</summary>
    public async Task<string> ReportAsync() =>
        Encoding.UTF8.GetString((await blobs.ReadAsync(Containers.Rosters, RosterPath.Findings(run.Tenant, run.Run), CancellationToken.None))!.Content);

    /// <summary>A stored file of the first feed as text.</summary>
    public async Task<string> FileAsync(string name) => Encoding.UTF8.GetString(await SentAsync(name));

    /// <summary>The feed's plan, as it is shown.</summary>
    public async Task<HashedPlan> PlanAsync(string feed = TenantJson.Feed) => (await new PlanStore(blobs).FindAsync(run.Tenant, run.Run, feed, CancellationToken.None))!;

    /// <summary>The stored zip of the feed: exactly what was, or in a dry run would be, sent.</summary>
    public async Task<AppleZip> AppleAsync()
    {
        var feed = run.Feeds.SingleOrDefault(feed => feed.Name == TenantJson.Feed) ?? run.Feeds.Single();
        var name = $"{run.Tenant}/{run.Run}/{feed.Name}/{feed.Files.Single().Name}";
        return new AppleZip((await blobs.ReadAsync(Containers.Feeds, name, CancellationToken.None))!.Content);
    }
}
