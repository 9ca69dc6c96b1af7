using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The memory as a record: nothing in it can be read, it is sealed, and it is forgotten with the person.</summary>
[Collection(TargetTests.Name)]
public sealed class MemoryRecordTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_holds_ids_and_hashes_only()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));

        var memory = await MemoryAsync(nights.Tenant);

        Assert.True(Holds(memory, "alva"));
        Assert.False(Holds(memory, "bo"));
        var text = Encoding.Latin1.GetString(memory);
        Assert.All(new[] { "alva", "provhed", "2013" }, value => Assert.DoesNotContain(value, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_is_written_when_something_changes_only()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        var first = await MemoryAsync(nights.Tenant);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));

        Assert.Equal(first, await MemoryAsync(nights.Tenant));
    }

    [Fact]
    public async Task A_change_by_anybody_else_is_told()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        Assert.Empty((await VerifyAsync(nights.Tenant)).Problems);

        var memory = await MemoryAsync(nights.Tenant);
        memory[^40] ^= 1;
        await azurite.Blobs.WriteAsync("state", $"{nights.Tenant}/memory.bin", memory, CancellationToken.None);

        Assert.Contains((await VerifyAsync(nights.Tenant)).Problems, problem => problem.Contains("memory.bin was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_purge_forgets_who_is_nowhere_else_and_verify_knows_it()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await PurgeAsync(nights.Tenant);
        Assert.True(Holds(await MemoryAsync(nights.Tenant), "alva"));

        await nights.NextAsync(MemoryTown.Make().Without("alva"));
        await PurgeAsync(nights.Tenant);

        Assert.False(Holds(await MemoryAsync(nights.Tenant), "alva"));
        Assert.Empty((await VerifyAsync(nights.Tenant)).Problems);
    }

    private static bool Holds(byte[] memory, string label) => memory.AsSpan().IndexOf(MemoryMarshal.AsBytes([EntityId.Parse(Ids.Of(label))])) >= 0;

    private async Task<byte[]> MemoryAsync(string tenant) => (await azurite.Blobs.ReadAsync("state", $"{tenant}/memory.bin", CancellationToken.None))!.Content;

    private Task<VerificationResult> VerifyAsync(string tenant) =>
        Services().GetRequiredService<Verification>().RunAsync(tenant, new PrivacySettings(), head: null, CancellationToken.None);

    private Task<PurgeProtocol?> PurgeAsync(string tenant) =>
        Services().GetRequiredService<PersonPurge>().RunAsync(tenant, Ids.Of("alva"), isDryRun: false, Asker.Nobody, CancellationToken.None);

    private ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString }).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).BuildServiceProvider();
    }
}
