using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;

namespace EduFunctions.Tests.Deliveries;

/// <summary>What is on record of a tenant's deliveries, in a storage of its own that is nothing but memory.</summary>
internal sealed class Records
{
    public const string Tenant = "nordhamn";
    public const string Feed = "apple";
    public const string File = "people.csv";
    public const string Target = "sftp://nordhamn@upload.example.org:22/in";

    public Records()
    {
        Receipts = new ReceiptStore(Blobs, new Discretion());
        Files = new DeliveredFiles(Blobs, Receipts);
    }

    public BlobStorage Blobs { get; } = new(new InMemoryStorage(new InMemoryAccount(new EverLater())).Open());

    public ReceiptStore Receipts { get; }

    public DeliveredFiles Files { get; }

    /// <summary>A feed that says what has changed since, by what each delivery sent.</summary>
    public static TestFeed WithMemory { get; } = new((_, _) => { })
    {
        Remembers = sent => [.. sent.Files.Select(file => new KnownFile(file, sent.Run, sent.IsConfirmed(file)))],
    };

    public static Receipt Receipt(string run, ReceiptState state = ReceiptState.Sent) => new()
    {
        Tenant = Tenant,
        Run = run,
        Number = 1,
        Feed = Feed,
        Type = TestFeed.Name,
        State = state,
        Target = Target,
        Files = [],
        Roster = new DeliveredRoster(run, $"{Tenant}/{run}/roster", $"{Tenant}/{run}/{Feed}/selection"),
        Finished = DateTimeOffset.UnixEpoch,
    };

    public static FeedFiles Content(string text)
    {
        var files = new FeedFiles();
        files.Create(File).Write(Encoding.UTF8.GetBytes(text));
        return files;
    }

    /// <summary>What a delivery of this leaves behind, but for what a feed with a memory knows of its target.</summary>
    public async Task DeliverAsync(string run, string text)
    {
        using var files = Content(text);
        var receipt = Receipt(run) with { Files = files.Describe() };
        await Files.StoreAsync(receipt, files, CancellationToken.None);
        await Receipts.SaveAsync(receipt, CancellationToken.None);
        await Receipts.SaveLastAsync(receipt, CancellationToken.None);
    }

    public Task KnowAsync(string feed, string target, params KnownFile[] known) =>
        Receipts.SaveKnownAsync(Tenant, feed, known, TargetKey.Of(target), CancellationToken.None);

    public Task WriteAsync(string container, string name, string text) =>
        Blobs.WriteAsync(container, name, Encoding.UTF8.GetBytes(text), CancellationToken.None);

    public Task LoseLastAsync() => Blobs.DeleteAsync(Containers.State, ReceiptStore.LastName(Tenant, Feed), CancellationToken.None);

    public static string? Text(KnownFiles files)
    {
        if (files.Find(File) is not { } content)
        {
            return null;
        }

        using var reader = new StreamReader(content, leaveOpen: true);
        return reader.ReadToEnd();
    }

    /// <summary>Each write is later than the one before: which of two records is the latest must not depend on the clock's steps.</summary>
    private sealed class EverLater : TimeProvider
    {
        private long _seconds;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref _seconds));
    }
}
