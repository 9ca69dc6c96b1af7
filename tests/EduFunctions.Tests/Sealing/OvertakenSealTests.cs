using System.Text;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Sealing;

/// <summary>Two hosts write a record and seal it; the one that wrote first seals last.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OvertakenSealTests
{
    private const string Name = "nordhamn/1/apple/receipt.json";

    private readonly BlobStorage _blobs = new(new InMemoryStorage(new InMemoryAccount(TimeProvider.System)).Open());

    [Fact]
    public async Task What_somebody_else_has_written_meanwhile_stays_as_that_one_has_sealed_it()
    {
        var seals = new Seals(_blobs);
        await StoreAsync("begun");
        await seals.SealAsync("nordhamn", [Record("begun")], CancellationToken.None);
        await StoreAsync("failed");
        await StoreAsync("sent");
        var sealedAs = await seals.SealAsync("nordhamn", [Record("sent")], CancellationToken.None);

        var overtaken = await seals.SealAsync("nordhamn", [Record("failed")], CancellationToken.None);

        var chain = await seals.ReadAsync("nordhamn", CancellationToken.None);
        Assert.Equal(SealChain.Hash("sent"u8), chain.Entries.Last().Sha256);
        Assert.Equal(sealedAs, overtaken);
    }

    private Task StoreAsync(string content) => _blobs.WriteAsync(Containers.Feeds, Name, Record(content).Content, CancellationToken.None);

    private static StoredRecord Record(string content) => new(Containers.Feeds, Name, Encoding.UTF8.GetBytes(content));
}
