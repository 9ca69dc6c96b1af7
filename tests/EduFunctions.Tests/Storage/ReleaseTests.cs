using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>
/// A release goes on where the one before stopped: <c>Released/{version}.zip</c> is all that a night of that version left of a tenant. With
/// <c>EDUFUNCTIONS_WRITE_RELEASED</c> in the environment the version of now writes its own.
/// </summary>
[Collection(AzuriteTests.Name)]
public sealed class ReleaseTests(AzuriteFixture azurite)
{
    private const string Switch = "EDUFUNCTIONS_WRITE_RELEASED";

    public static TheoryData<string> Released => [.. Directory.EnumerateFiles(Folder, "*.zip").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "tests", "EduFunctions.Tests", "Storage", "Released");

    [Theory]
    [MemberData(nameof(Released))]
    public async Task A_night_after_an_update_goes_on_where_the_release_before_stopped(string version)
    {
        var tenant = $"released-{version.Replace('.', '-')}";
        await TenantArchive.UnpackAsync(azurite.Blobs, Path.Combine(Folder, $"{version}.zip"));
        await DeliverToThisDropBoxAsync(tenant);

        var night = await Night(tenant, Town.Next().Joining("berget", "stig")).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.All(night.Run.Feeds, feed => Assert.Equal((ReceiptState.Sent, 1, 0), (feed.State, feed.Plan!.Added, feed.Plan.Removed)));
        Assert.Empty((await VerifyAsync(tenant)).Problems);
        var explanation = await night.ExplainAsync(Ids.Of("stig"));
        Assert.Equal(["person: new in the pull"], explanation!.ChangedSince!.Changes);
    }

    /// <summary>Writes what the next release has to read; does nothing without the switch.</summary>
    [Fact]
    public async Task What_this_version_leaves_can_be_packed()
    {
        if (Environment.GetEnvironmentVariable(Switch) is { Length: > 0 } version)
        {
            var tenant = $"released-{version.Replace('.', '-')}";
            await Night(tenant, Town).RunAsync();
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{version}.zip"), await TenantArchive.PackAsync(azurite.Blobs, tenant));
        }

        Assert.NotEmpty(Released);
    }

    /// <summary>The drop box of that night is gone; what it had, the one of now has.</summary>
    private async Task DeliverToThisDropBoxAsync(string tenant)
    {
        var port = (await azurite.DropBoxAsync()).Port;
        foreach (var feed in Feeds)
        {
            var name = $"{tenant}/feeds/{feed!["name"]}/delivered.json";
            var delivered = JsonNode.Parse((await azurite.Blobs.ReadAsync(Containers.State, name, CancellationToken.None))!.Content)!;
            delivered["target"] = $"sftp://{feed["delivery"]!["username"]}@127.0.0.1:{port}/{feed["delivery"]!["directory"]}";
            await azurite.Blobs.WriteAsync(Containers.State, name, Encoding.UTF8.GetBytes(delivered.ToJsonString()), CancellationToken.None);
        }
    }

    private static JsonArray Feeds => new(
        TenantJson.FeedOf("appleSchoolManager", []),
        TenantJson.FeedOf("unikumRelations", new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true }));

    private static ISchoolData Town => GuardTown.Of(("berget", 5));

    private async Task<VerificationResult> VerifyAsync(string tenant)
    {
        var runs = new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System);
        return await new Verification(azurite.Blobs, new Seals(azurite.Blobs), runs, TimeProvider.System)
            .RunAsync(tenant, new PrivacySettings(), head: null, CancellationToken.None);
    }

    private Night Night(string tenant, ISchoolData school) => azurite.Night(school).As(tenant).With(new JsonObject
    {
        ["guard"] = new JsonObject { ["maxRemovedPercent"] = 100, ["maxChangedPercent"] = 100 },
        ["feeds"] = Feeds,
    });
}
