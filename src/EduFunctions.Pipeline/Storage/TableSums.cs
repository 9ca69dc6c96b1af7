using System.Buffers.Binary;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// The checksums of a file of tables, of its header and of each table in order, 8 bytes each (XXH3, little-endian), behind the last table: a reader of
/// the release before does not look there, and a file of that release ends there.
/// </summary>
internal static class TableSums
{
    private const int Size = sizeof(ulong);

    public static void Write(Stream stream, IEnumerable<ulong> sums)
    {
        Span<byte> bytes = stackalloc byte[Size];
        foreach (var sum in sums)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, sum);
            stream.Write(bytes);
        }
    }

    /// <param name="stream">Behind the last table.</param>
    /// <param name="sums">Of what was read.</param>
    /// <param name="isRequired">Whether the header says that there are some.</param>
    /// <exception cref="InvalidDataException">Something is not what was written.</exception>
    public static async Task RequireAsync(Stream stream, IReadOnlyList<ulong> sums, bool isRequired, CancellationToken ct)
    {
        // One byte more than there may be, so that a file that goes on is noticed.
        var rest = new byte[(sums.Count * Size) + 1];
        var length = await stream.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, ct);
        if ((length > 0 || isRequired) && (length != sums.Count * Size || !Equal(rest, sums)))
        {
            throw new InvalidDataException("The file is not what was written: its checksums say that it is damaged.");
        }
    }

    private static bool Equal(ReadOnlySpan<byte> written, IReadOnlyList<ulong> sums)
    {
        for (var at = 0; at < sums.Count; at++)
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(written[(at * Size)..]) != sums[at])
            {
                return false;
            }
        }

        return true;
    }
}
