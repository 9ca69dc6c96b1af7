using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Makes out of what records say what they may be alike in. A million people are asked, so plain texts are read where they lie.</summary>
/// <param name="key">The memory's.</param>
internal sealed class Likenesses(ulong key)
{
    private const int MostLetters = 200;
    private const int ShortestUserName = 6;
    private const int ShortestName = 2;
    private const int LinkSeed = 1 << 10;

    /// <summary>Which records of the memory are known to be of one human by nothing but likeness is said by the old one's id.</summary>
    public ulong LinkTo(EntityId id) => Keyed(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<EntityId>(in id)), LinkSeed));

    public Likeness Of(LikenessKind kind, EntityId id) => new(kind, Keyed(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<EntityId>(in id)), (int)kind)));

    public Likeness Of(LikenessKind kind, ReadOnlySpan<byte> utf8)
    {
        Span<char> words = stackalloc char[MostLetters];
        return Of(kind, Words(utf8, words));
    }

    /// <summary>What a pull says of somebody, name by name.</summary>
    public void AddTo(HashSet<Likeness> likenesses, IReadOnlyCollection<PersonalValue> values)
    {
        int[] births = [.. values.Select(BirthOf).Where(birth => birth != 0).Distinct()];
        foreach (var birth in births)
        {
            likenesses.Add(OfBirth(birth));
        }

        foreach (var value in values)
        {
            var utf8 = Encoding.UTF8.GetBytes(value.Value);
            if (value.Kind == PersonalKind.Name)
            {
                AddName(likenesses, utf8, Encoding.UTF8.GetBytes(value.FamilyName), births);
            }
            else if (value.Kind is PersonalKind.UserName or PersonalKind.Email)
            {
                AddLogin(likenesses, utf8);
            }
            else if (value.Kind == PersonalKind.PrivateEmail)
            {
                AddEmail(likenesses, utf8);
            }
        }
    }

    /// <summary>The same of anybody's row.</summary>
    public void AddTo(HashSet<Likeness> likenesses, in PersonRow person, TextHeap heap)
    {
        if (person.BirthDate != 0)
        {
            likenesses.Add(OfBirth(person.BirthDate));
        }

        AddName(likenesses, heap[person.Texts.GivenName], heap[person.Texts.FamilyName], person.BirthDate != 0 ? [person.BirthDate] : []);
        var login = heap[person.Texts.PrincipalName];
        AddLogin(likenesses, login);
        AddOther(heap[person.Texts.StudentEmail], login);
        AddOther(heap[person.Texts.StaffEmail], login);
        AddEmail(likenesses, heap[person.Texts.PrivateEmail]);

        // At most schools the address is the login.
        void AddOther(ReadOnlySpan<byte> address, ReadOnlySpan<byte> before)
        {
            if (!address.SequenceEqual(before))
            {
                AddLogin(likenesses, address);
            }
        }
    }

    private static int BirthOf(PersonalValue value) => value.Kind switch
    {
        PersonalKind.BirthDate => BirthDate.Of(Encoding.UTF8.GetBytes(value.Value)),
        PersonalKind.CivicNumber => BirthDate.OfCivicNumber(Encoding.UTF8.GetBytes(value.Value)),
        _ => 0,
    };

    private Likeness OfBirth(int birth) => new(LikenessKind.BirthDate, Keyed(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in birth)), 0)));

    /// <summary>Initials are anybody's.</summary>
    private void AddName(HashSet<Likeness> likenesses, ReadOnlySpan<byte> given, ReadOnlySpan<byte> family, ReadOnlySpan<int> births)
    {
        Span<char> room = stackalloc char[2 * MostLetters];
        var first = Words(given, room[..(MostLetters - 1)]);
        if (first.Length < ShortestName)
        {
            return;
        }

        likenesses.Add(Of(LikenessKind.GivenName, first));
        foreach (var birth in births)
        {
            likenesses.Add(new Likeness(LikenessKind.GivenNameAndBirthDate, Of(LikenessKind.GivenNameAndBirthDate, first).Hash ^ OfBirth(birth).Hash));
        }

        Span<char> last = stackalloc char[MostLetters];
        if (Words(family, last) is { Length: >= ShortestName } words)
        {
            likenesses.Add(Of(LikenessKind.FamilyName, words));
            likenesses.Add(Of(LikenessKind.Name, [.. first, '|', .. words]));
        }
    }

    private void AddLogin(HashSet<Likeness> likenesses, ReadOnlySpan<byte> login)
    {
        Span<char> room = stackalloc char[MostLetters];
        var local = Login(login, room);
        local = local.IndexOf('@') is >= 0 and var at ? local[..at] : local;
        if (local.Length < ShortestName)
        {
            return;
        }

        likenesses.Add(Of(LikenessKind.LocalPart, local));
        if (local.Length >= ShortestUserName && local.IndexOfAnyInRange('0', '9') >= 0 && local.IndexOfAnyInRange('a', 'z') >= 0)
        {
            likenesses.Add(Of(LikenessKind.UserName, local));
        }
    }

    private void AddEmail(HashSet<Likeness> likenesses, ReadOnlySpan<byte> email)
    {
        Span<char> room = stackalloc char[MostLetters];
        if (Login(email, room) is { Length: > 0 } address && address.Contains('@'))
        {
            likenesses.Add(Of(LikenessKind.PrivateEmail, address));
        }
    }

    private Likeness Of(LikenessKind kind, ReadOnlySpan<char> text) => new(kind, Keyed(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), (int)kind)));

    private ulong Keyed(ulong hash) => PersonIdentity.Keyed(hash | 1, key);

    private static ReadOnlySpan<char> Words(ReadOnlySpan<byte> utf8, Span<char> room) =>
        TryPlain(utf8.Trim((byte)' '), room, " "u8) is { } length ? room[..length] : Cut(IdentityText.Words(Encoding.UTF8.GetString(utf8)), room);

    private static ReadOnlySpan<char> Login(ReadOnlySpan<byte> utf8, Span<char> room) =>
        TryPlain(utf8, room, "@._-"u8) is { } length && length > 0 && room[length - 1] != '.' && !IdentityText.IsPlaceholder(room[..length])
            ? room[..length]
            : Cut(IdentityText.OfLogin(Encoding.UTF8.GetString(utf8)), room);

    private static ReadOnlySpan<char> Cut(string text, Span<char> room) => text.AsSpan(0, Math.Min(text.Length, room.Length));

    /// <summary>In lower case; null for what has anything else in it than letters, digits and single signs of these.</summary>
    private static int? TryPlain(ReadOnlySpan<byte> utf8, Span<char> room, ReadOnlySpan<byte> signs)
    {
        if (utf8.Length > room.Length)
        {
            return null;
        }

        for (var at = 0; at < utf8.Length; at++)
        {
            var letter = utf8[at];
            if (!char.IsAsciiLetterOrDigit((char)letter) && (!signs.Contains(letter) || (letter == ' ' && utf8[at - 1] == ' ')))
            {
                return null;
            }

            room[at] = char.ToLowerInvariant((char)letter);
        }

        return utf8.Length;
    }
}
