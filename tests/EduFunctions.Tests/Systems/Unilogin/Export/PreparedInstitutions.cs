using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>Unilogin from the stored answers on: the documents are there without a call.</summary>
/// <param name="documents">By the institution's number, as often as they are asked for.</param>
internal sealed class PreparedInstitutions(IReadOnlyDictionary<string, byte[]> documents, UniloginSource reading) : ISource
{
    public string Type => reading.Type;

    public Type Settings => reading.Settings;

    public RuleBook Rules => reading.Rules;

    public Vocabularies MakeVocabularies() => UniloginVocabularies.Make();

    public string PageExtension => reading.PageExtension;

    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        foreach (var (number, document) in documents)
        {
            var gzipped = Gzip(document);
            var persons = document.AsSpan().Count("InstitutionPerson "u8);
            var page = new PageManifest(0, persons, document.Length, Hash(document), gzipped.Length, Hash(gzipped));
            await snapshot.AddAsync(number.ToLowerInvariant(), new StoredPage(page, Next: null), gzipped, ct);
        }

        return true;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) => reading.ReadAsync(snapshot, options, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) => reading.ReadProtectedAsync(snapshot, data, ct);

    public Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct) =>
        reading.ReadPeopleAsync(snapshot, people, data, ct);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gzip(byte[] document)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(document);
        }

        return bytes.ToArray();
    }
}
