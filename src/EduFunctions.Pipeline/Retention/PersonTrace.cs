using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Retention;

/// <summary>Finds a person in stored bytes by id: as a word of text in either case, as a row holds it, and within gzip and zip.</summary>
/// <param name="keys">By what else targets may know the person: looked for in what was made for them.</param>
internal sealed class PersonTrace(EntityId person, IEnumerable<string>? keys = null)
{
    /// <summary>A text shorter than this may stand anywhere without meaning the person.</summary>
    public const int ShortestText = 6;

    /// <summary>Of longer ones only a hash is in the rows.</summary>
    public const int LongestText = 15;

    private readonly byte[][] _forms = [Encoding.UTF8.GetBytes(person.ToString()), Encoding.UTF8.GetBytes(person.ToString().ToUpperInvariant())];
    private readonly byte[][] _keys = [.. (keys ?? []).SelectMany(key => new[] { key, key.ToLowerInvariant(), key.ToUpperInvariant() }).Distinct().Select(Encoding.UTF8.GetBytes)];
    private readonly byte[] _row = MemoryMarshal.AsBytes([person]).ToArray();

    public bool IsIn(string name, byte[] content) => Any(name, content, IsIn);

    /// <summary>The same of what was made for a target.</summary>
    public bool IsInFeed(string name, byte[] content) => Any(name, content, text => IsIn(text) || Array.Exists(_keys, key => Find(text, key) >= 0));

    /// <summary>The text with zeros in the person's place; of the same length, so that nothing else moves.</summary>
    public byte[] Without(byte[] text)
    {
        var rest = (byte[])text.Clone();
        foreach (var form in _forms)
        {
            for (int at; (at = Find(rest, form)) >= 0;)
            {
                foreach (ref var character in rest.AsSpan(at, form.Length))
                {
                    character = IsPartOfWord(character) ? (byte)'0' : character;
                }
            }
        }

        return rest;
    }

    private bool IsIn(byte[] content) =>
        Find(content, _forms[0]) >= 0 || Find(content, _forms[1]) >= 0 || content.AsSpan().IndexOf(_row) >= 0;

    /// <summary>Where the text stands by itself, not within a longer word.</summary>
    private static int Find(ReadOnlySpan<byte> content, ReadOnlySpan<byte> form)
    {
        for (var from = 0; content[from..].IndexOf(form) is >= 0 and var found; from += found + 1)
        {
            var (at, end) = (from + found, from + found + form.Length);
            if ((at == 0 || !IsPartOfWord(content[at - 1])) && (end == content.Length || !IsPartOfWord(content[end])))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsPartOfWord(byte character) => char.IsAsciiLetterOrDigit((char)character) || character >= 0x80;

    private static bool Any(string name, byte[] content, Predicate<byte[]> isIn) =>
        name.EndsWith(".gz", StringComparison.Ordinal) ? isIn(Unpacked(new GZipStream(new MemoryStream(content), CompressionMode.Decompress)))
        : name.EndsWith(".zip", StringComparison.Ordinal) ? AnyInZip(content, isIn)
        : isIn(content);

    private static bool AnyInZip(byte[] content, Predicate<byte[]> isIn)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        return zip.Entries.Any(entry => isIn(Unpacked(entry.Open())));
    }

    private static byte[] Unpacked(Stream packed)
    {
        using var _ = packed;
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
