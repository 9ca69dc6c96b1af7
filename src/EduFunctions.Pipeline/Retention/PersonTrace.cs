using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Retention;

/// <summary>
/// Finds a person in stored bytes by id, as a row holds it and in text, within gzip and zip, too. A uuid is found as a word, in either case. Any other id may
/// look like a name (a Danish user id of letters): it is found where ids stand, as a whole value.
/// </summary>
/// <param name="keys">By what else targets may know the person: looked for in what was made for them.</param>
internal sealed class PersonTrace(EntityId person, IEnumerable<string>? keys = null)
{
    /// <summary>A text shorter than this may stand anywhere without meaning the person, but in a place for ids of persons.</summary>
    public const int ShortestText = 6;

    private const string Gzip = ".gz";
    private const string Table = ".bin";

    private readonly byte[][] _forms = [Encoding.UTF8.GetBytes(person.ToString()), Encoding.UTF8.GetBytes(person.ToString().ToUpperInvariant())];
    private readonly HashSet<string> _values = person.IsText ? [person.ToString(), person.ToString().ToUpperInvariant()] : [];
    private readonly byte[][] _keys = [.. Several(keys).Where(IsPlain).SelectMany(Cases).Select(Encoding.UTF8.GetBytes)];
    private readonly HashSet<string> _keyValues = [.. Several(keys).Where(key => !IsPlain(key)).SelectMany(Cases)];
    private readonly byte[] _row = MemoryMarshal.AsBytes([person]).ToArray();

    /// <summary>Whether the id is a number of at least so many digits.</summary>
    public bool IsOfDigits(int fewest) => _forms[0].Length >= fewest && _forms[0].All(letter => char.IsAsciiDigit((char)letter));

    /// <exception cref="InvalidDataException">What is packed is cut or damaged.</exception>
    public bool IsIn(string name, byte[] content) => Any(name, content, IsInUnpacked);

    /// <summary>The same of what was made for a target.</summary>
    public bool IsInFeed(string name, byte[] content) => Any(
        name, content,
        (file, text) => IsInUnpacked(file, text) || Array.Exists(_keys, key => Find(text, key) >= 0) || PlacesOf(_keyValues, file, text).Any(IsOf));

    /// <summary>Whether the id stands where only one of a person can: what nobody else knows of may be a name, or the id of something else.</summary>
    public bool IsSurelyIn(string name, byte[] content) => Any(name, content, (file, text) =>
        file.EndsWith(Table, StringComparison.Ordinal) ? text.AsSpan().IndexOf(_row) >= 0
        : person.IsText ? PlacesOf(_values, file, text).Any(IdPlaces.IsSurelyOfPerson)
        : Find(text) >= 0 && PlacesOf(Cases(person.ToString()), file, text) is var places && (places.Count == 0 || places.Any(value => IdPlaces.Of(value) is not IdPlace.Other)));

    /// <summary>The text with zeros in the person's place; of the same length, so that nothing else moves.</summary>
    /// <param name="name">Of the blob, in JSON.</param>
    public byte[] Without(string name, byte[] text)
    {
        var rest = (byte[])text.Clone();
        foreach (var value in PlacesOf(_values, name, text).Where(value => value.Start >= 0 && IsOf(value)))
        {
            var place = rest.AsSpan(value.Start, value.Length);
            Empty(place, isWhole: place.Contains((byte)'\\'));
        }

        for (int at; !person.IsText && (at = Find(rest)) >= 0;)
        {
            Empty(rest.AsSpan(at, _forms[0].Length), isWhole: false);
        }

        return rest;
    }

    private bool IsInUnpacked(string file, byte[] content) =>
        content.AsSpan().IndexOf(_row) >= 0 || (person.IsText ? PlacesOf(_values, file, content).Any(IsOf) : Find(content) >= 0);

    /// <summary>Tables hold ids as rows: what is text in them is what people are called.</summary>
    private static IReadOnlyList<PlacedValue> PlacesOf(HashSet<string> values, string file, byte[] content) =>
        values.Count == 0 || file.EndsWith(Table, StringComparison.Ordinal) ? [] : PlacedValue.Find(file, content, values.Contains);

    private bool IsOf(PlacedValue value) => IdPlaces.Of(value) switch
    {
        IdPlace.Person or IdPlace.Login => true,
        IdPlace.Unclear => _forms[0].Length >= ShortestText || !person.IsText,
        _ => false,
    };

    /// <summary>A key with a digit or a sign in it is nobody's name, and found as a word.</summary>
    private static bool IsPlain(string key) => key.Any(letter => !char.IsLetter(letter));

    private static IEnumerable<string> Several(IEnumerable<string>? keys) => keys ?? [];

    private static HashSet<string> Cases(string text) => [text, text.ToLowerInvariant(), text.ToUpperInvariant()];

    /// <param name="isWhole">Whether nothing of it can stay, since signs are written otherwise.</param>
    private static void Empty(Span<byte> place, bool isWhole)
    {
        foreach (ref var character in place)
        {
            character = isWhole || IsPartOfWord(character) ? (byte)'0' : character;
        }
    }

    private int Find(byte[] content) => Find(content, _forms[0]) is >= 0 and var at ? at : Find(content, _forms[1]);

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

    /// <exception cref="InvalidDataException">What is packed is cut or damaged.</exception>
    private static bool Any(string name, byte[] content, Func<string, byte[], bool> isIn)
    {
        try
        {
            return name.EndsWith(Gzip, StringComparison.Ordinal) ? isIn(name[..^Gzip.Length], Unpacked(new GZipStream(new MemoryStream(content), CompressionMode.Decompress)))
                : name.EndsWith(".zip", StringComparison.Ordinal) ? AnyInZip(content, isIn)
                : isIn(name, content);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            // What unpacks says of damage whatever it comes upon.
            throw new InvalidDataException($"{name} is cut or damaged.", e);
        }
    }

    private static bool AnyInZip(byte[] content, Func<string, byte[], bool> isIn)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        return zip.Entries.Any(entry => isIn(entry.FullName, Unpacked(entry.Open())));
    }

    private static byte[] Unpacked(Stream packed)
    {
        using var _ = packed;
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
