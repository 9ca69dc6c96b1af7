using EduFunctions.LocalHost.Commands;
using EduFunctions.LocalHost.Demo;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>A demo does not trip over the one before, and takes nothing of anybody else's away.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DemoBeginningTests
{
    private readonly BlobStorage _blobs = new(new InMemoryStorage(new InMemoryAccount(TimeProvider.System)).Open());

    [Fact]
    public async Task What_an_earlier_demo_has_left_is_forgotten_and_nothing_else()
    {
        await WriteAsync(Containers.Tenants, "nordhamn.json", """{"clientSecret": {"secret": "demo-educloud"}}""");
        await WriteAsync(Containers.State, "nordhamn/feeds/apple/delivered.json", "{}");
        await WriteAsync(Containers.Runs, "nordhamn/r.json", "{}");
        await WriteAsync(Containers.Runs, "nordhamn-own/r.json", "{}");
        await WriteAsync(Containers.Runs, "my-town/r.json", "{}");

        await DemoBeginning.ForgetAsync(_blobs, ["nordhamn", "solberga"], CancellationToken.None);

        Assert.False(await _blobs.AnyAsync(Containers.State, "nordhamn/", CancellationToken.None));
        Assert.False(await _blobs.AnyAsync(Containers.Runs, "nordhamn/", CancellationToken.None));
        Assert.True(await _blobs.AnyAsync(Containers.Runs, "nordhamn-own/", CancellationToken.None));
        Assert.True(await _blobs.AnyAsync(Containers.Runs, "my-town/", CancellationToken.None));
    }

    [Fact]
    public async Task A_tenant_of_ones_own_is_left_alone()
    {
        await WriteAsync(Containers.Tenants, "nordhamn.json", """{"clientSecret": {"secret": "nordhamn-educloud"}}""");
        await WriteAsync(Containers.State, "nordhamn/feeds/apple/delivered.json", "{}");

        var refused = await Assert.ThrowsAsync<CommandException>(() => DemoBeginning.ForgetAsync(_blobs, ["nordhamn"], CancellationToken.None));

        Assert.Contains("another storage by --storage", refused.Message);
        Assert.True(await _blobs.AnyAsync(Containers.State, "nordhamn/", CancellationToken.None));
    }

    private Task WriteAsync(string container, string name, string text) => _blobs.WriteAsync(container, name, System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None);
}
