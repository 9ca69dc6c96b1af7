using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Answers in clear, of whoever may be protected by now, are kept for so long and no longer.</summary>
[Collection(AzuriteTests.Name)]
public sealed class SnapshotRetentionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_night_deletes_the_snapshots_whose_time_is_over()
    {
        var first = await NightAsync();
        var tenant = first.Run.Tenant;
        const string Old = "20200101T000000Z-0000";
        foreach (var name in new[] { "manifest.json", "persons/000000.json.gz" })
        {
            await azurite.Blobs.WriteAsync("snapshots", $"{tenant}/{Old}/{name}", "{}"u8.ToArray(), CancellationToken.None);
        }

        Assert.Equal([Old, first.Run.Run], await SnapshotsAsync(tenant));
        var second = await NightAsync(tenant);

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal([first.Run.Run, second.Run.Run], await SnapshotsAsync(tenant));
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public async Task The_days_are_those_of_the_tenant(int later, int left)
    {
        var night = await NightAsync();

        await new SnapshotRetention(azurite.Blobs, new FakeTimeProvider(night.Run.Started.AddDays(later)))
            .ApplyAsync(night.Run.Tenant, 30, CancellationToken.None);

        Assert.Equal(left, (await SnapshotsAsync(night.Run.Tenant)).Count);
    }

    private Task<NightResult> NightAsync(string? tenant = null)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");
        return (tenant is null ? azurite.Night(school) : azurite.Night(school).As(tenant)).RunAsync();
    }

    private Task<IReadOnlyList<string>> SnapshotsAsync(string tenant) => azurite.Blobs.FoldersAsync("snapshots", $"{tenant}/", CancellationToken.None);
}
