using System.IO.Compression;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>An answer on its way into a snapshot, compressed and measured while it comes in, in a file: it may be larger than the memory.</summary>
internal sealed class SpooledPage : IDisposable
{
    private readonly FileStream _file = TemporaryFile.Create();
    private readonly MeasuringStream _stored;
    private readonly MeasuringStream _answer;

    public SpooledPage()
    {
        _stored = new MeasuringStream(_file);
        _answer = new MeasuringStream(new GZipStream(_stored, CompressionLevel.Fastest, leaveOpen: true));
    }

    /// <summary>Takes the answer's bytes.</summary>
    public Stream Input => _answer;

    /// <summary>The answer from its beginning; nothing more can be put in from then on.</summary>
    public Stream Open()
    {
        _answer.Dispose();
        _file.Position = 0;
        return new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>The page as the snapshot lists it, and the bytes to store.</summary>
    public (StoredPage Page, Stream Content) Store(int rows)
    {
        _answer.Dispose();
        _file.Position = 0;
        return (new StoredPage(new PageManifest(0, rows, _answer.Written, _answer.Sha256, _stored.Written, _stored.Sha256), null), _file);
    }

    public void Dispose()
    {
        _answer.Dispose();
        _stored.Dispose();
        _file.Dispose();
    }
}
