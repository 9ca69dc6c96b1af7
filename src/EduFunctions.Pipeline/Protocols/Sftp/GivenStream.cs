using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>A file that tells when something of it is taken; it stays open.</summary>
internal sealed class GivenStream(Stream file, Action<int> given) : ReadThroughStream(file)
{
    public override int Read(byte[] buffer, int offset, int count) => Tell(File.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Tell(File.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Tell(await File.ReadAsync(buffer, cancellationToken));

    private int Tell(int read)
    {
        given(read);
        return read;
    }
}
