using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>The export dies at a write and is started again: no document is sent twice, and the next night sets all right.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportKillTests(AzuriteFixture azurite)
{
    // One in three of the writes, before and after it in turn: planning, storing the files, and the record around each of two calls.
    private const int EachOther = 3;

    [Fact]
    public async Task Killed_at_any_step_it_sends_nothing_twice()
    {
        var write = 2;
        while (await DiesAtAsync(write, afterWriting: write % 2 == 0))
        {
            write += EachOther;
        }

        Assert.InRange(write, 14, 60);
    }

    private async Task<bool> DiesAtAsync(int write, bool afterWriting)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        var storage = new DyingStorage(azurite.ConnectionString, afterWriting);
        var died = false;
        await nights.Next(DanishSchool.With("alva", "bo"))
            .Registering(services => services.AddSingleton(storage.Blobs))
            .RunAsync(async (pipeline, started) => died = await storage.ExportAsync(pipeline, started, write));
        var calls = nights.Calls();
        Assert.Equal(calls.Distinct(), calls);

        await nights.NextAsync(DanishSchool.With("alva", "cleo"));

        nights.AssertHolds(DanishSchool.North, "alva", "cleo");
        nights.AssertHolds(DanishSchool.South, "sif");
        return died;
    }
}
