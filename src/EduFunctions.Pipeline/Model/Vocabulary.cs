using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// The values of one open enumeration as numbers: 0 is absent, the known values follow in the given order, values met for the
/// first time come after them. Sources add values between versions, so an unknown one is kept, not refused.
/// </summary>
public sealed class Vocabulary(params string[] known)
{
    /// <summary>The number of all values after the 254th different one.</summary>
    public const byte Shared = byte.MaxValue;

    private readonly Lock _adding = new();
    private byte[][] _values = [[], .. known.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The number of a value; <see cref="Shared"/> when there are too many.</summary>
    public byte Number(ReadOnlySpan<byte> utf8)
    {
        var found = Find(_values, utf8);
        return found >= 0 ? (byte)found : AddUnknown(utf8);
    }

    public byte Number(string value) => Number(Encoding.UTF8.GetBytes(value));

    /// <summary>The number of a value, 0 when it was never met.</summary>
    public byte Find(ReadOnlySpan<byte> utf8) => (byte)Math.Max(0, Find(_values, utf8));

    /// <summary>The number of the known value that this one is but for case and blanks around; 0 when there is none.</summary>
    public byte FindLike(ReadOnlySpan<byte> utf8)
    {
        var value = Encoding.UTF8.GetString(utf8).Trim();
        return (byte)(1 + Array.FindIndex(known, word => word.Equals(value, StringComparison.OrdinalIgnoreCase)));
    }

    public bool IsKnown(byte number) => number <= known.Length;

    /// <summary>The values by number.</summary>
    public IReadOnlyList<string> Values => [.. _values.Select(Encoding.UTF8.GetString), .. _values.Length == Shared ? ["other"] : Array.Empty<string>()];

    private static int Find(byte[][] values, ReadOnlySpan<byte> utf8)
    {
        for (var number = 0; number < values.Length; number++)
        {
            if (utf8.SequenceEqual(values[number]))
            {
                return number;
            }
        }

        return -1;
    }

    private byte AddUnknown(ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            var found = Find(_values, utf8);
            if (found >= 0 || _values.Length >= Shared)
            {
                return found >= 0 ? (byte)found : Shared;
            }

            // Readers on other threads see the old array or the new one, never one in the making.
            _values = [.. _values, utf8.ToArray()];
            return (byte)(_values.Length - 1);
        }
    }
}
