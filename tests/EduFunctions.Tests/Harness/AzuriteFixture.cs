using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Harness;

/// <summary>What all nights of a test run share: the storage, and a drop box for those that deliver.</summary>
public sealed class AzuriteFixture : INightGround, IAsyncLifetime
{
    private readonly Lazy<Task<DropBox>> _dropBox = new(() => DropBox.StartAsync(DropBoxOptions));
    private AzuriteServer? _azurite;

    public static DropBoxOptions DropBoxOptions { get; } = new() { Folders = ["/", "/dropbox", "/dropbox/*"] };

    public string ConnectionString => _azurite!.ConnectionString;

    public BlobStorage Blobs => new(Open());

    public BlobServiceClient Open(BlobClientOptions? options = null) => new(ConnectionString, options);

    public async Task InitializeAsync()
    {
        _azurite = await AzuriteServer.StartInMemoryAsync();
        await Blobs.CreateContainersAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_dropBox.IsValueCreated)
        {
            await (await _dropBox.Value).DisposeAsync();
        }

        await _azurite!.DisposeAsync();
    }

    /// <summary>Started for the first night that delivers.</summary>
    public Task<DropBox> DropBoxAsync() => _dropBox.Value;

    public async Task<IDropBox?> DropBoxAsync(bool isNeeded) => isNeeded || _dropBox.IsValueCreated ? await DropBoxAsync() : null;

    public void Register(IServiceCollection services)
    {
        // Addresses lead to all of it.
    }

    /// <summary>A night over these schools, on the hand-made worlds' usual day, as a tenant of its own.</summary>
    public Night Night(ISchoolData school) => new(this, school);

    public Night Night(SchoolBuilder school) => Night(school.Data);

    /// <summary>Takes away, cuts or overwrites what a run left for the next night to be compared with.</summary>
    /// <param name="blob"><c>selection</c>, <c>roster</c>, <c>effective</c>, <c>ledger</c>, <c>snapshot</c>, <c>receipt</c>, or a file of the feed's state.</param>
    /// <param name="mishap"><c>gone</c>, <c>cut</c>, <c>empty</c>, <c>bit</c>, <c>version</c> or <c>garbage</c>.</param>
    public async Task DamageAsync(RunRecord run, string blob, string mishap)
    {
        var (container, name) = blob switch
        {
            "selection" => (Containers.Rosters, RosterPath.Selection(run.Tenant, run.Run, TenantJson.Feed, "planned")),
            "roster" => (Containers.Rosters, RosterPath.Roster(run.Tenant, run.Run)),
            "effective" => (Containers.Rosters, RosterPath.Effective(run.Tenant, run.Run, TenantJson.Feed, "planned")),
            "ledger" => (Containers.Rosters, RosterPath.Ledger(run.Tenant, run.Run)),
            "snapshot" => (Containers.Snapshots, $"{run.Tenant}/{run.Run}/manifest.json"),
            "receipt" => (Containers.Feeds, $"{run.Tenant}/{run.Run}/{TenantJson.Feed}/receipt.json"),
            _ => (Containers.State, $"{run.Tenant}/feeds/{TenantJson.Feed}/{blob}"),
        };
        var client = new BlobServiceClient(ConnectionString).GetBlobContainerClient(container).GetBlobClient(name);
        var content = (await client.DownloadContentAsync()).Value.Content.ToArray();
        await client.DeleteAsync();
        if (mishap != "gone")
        {
            await client.UploadAsync(new BinaryData(Damaged(content, mishap)));
        }
    }

    private static byte[] Damaged(byte[] content, string mishap)
    {
        switch (mishap)
        {
            case "cut":
                return content[..(content.Length / 2)];
            case "empty":
                return [];
            case "bit":
                content[content.Length * 3 / 4] ^= 4;
                return content;
            case "version":
                // As a release would write it that nobody here knows.
                content[content.AsSpan().IndexOf("/"u8) + 1] = (byte)'9';
                return content;
            default:
                return "a page that is no data at all"u8.ToArray();
        }
    }
}
