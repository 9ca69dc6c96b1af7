using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Retention;

/// <summary>Finds a person in stored bytes by id: as text in either case, as a row holds it, and within gzip and zip.</summary>
internal sealed class PersonTrace(EntityId person)
{
    private static readonly byte[] Nobody = Encoding.ASCII.GetBytes(default(EntityId).ToString());

    private readonly byte[] _lower = Encoding.ASCII.GetBytes(person.ToString());
    private readonly byte[] _upper = Encoding.ASCII.GetBytes(person.ToString().ToUpperInvariant());
    private readonly byte[] _row = MemoryMarshal.AsBytes([person]).ToArray();

    public bool IsIn(string name, byte[] content) =>
        name.EndsWith(".gz", StringComparison.Ordinal) ? IsIn(Unpacked(new GZipStream(new MemoryStream(content), CompressionMode.Decompress)))
        : name.EndsWith(".zip", StringComparison.Ordinal) ? IsInZip(content)
        : IsIn(content);

    /// <summary>The text with nobody's id in the person's place; of the same length, so that nothing else moves.</summary>
    public byte[] Without(byte[] text)
    {
        var rest = (byte[])text.Clone();
        foreach (var form in new[] { _lower, _upper })
        {
            for (int at; (at = rest.AsSpan().IndexOf(form)) >= 0;)
            {
                Nobody.CopyTo(rest, at);
            }
        }

        return rest;
    }

    private bool IsIn(ReadOnlySpan<byte> content) =>
        content.IndexOf(_lower) >= 0 || content.IndexOf(_upper) >= 0 || content.IndexOf(_row) >= 0;

    private bool IsInZip(byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        return zip.Entries.Any(entry => IsIn(Unpacked(entry.Open())));
    }

    private static byte[] Unpacked(Stream packed)
    {
        using var _ = packed;
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
