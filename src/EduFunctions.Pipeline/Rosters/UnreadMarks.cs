using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>By what a row that was not understood would be known again, if it is somebody's who was there under another id.</summary>
/// <param name="Hash">Of the names, of a login or address, or of the civic number; of a group, of its name. <see cref="UnreadMarks.Anybody"/> for a row without names.</param>
public readonly record struct UnreadMark(EntityKind Kind, EntityId Entity, ulong Hash);

/// <summary>What can be read of the persons and groups that were not understood and are in no roster, as hashes.</summary>
internal static class UnreadMarks
{
    /// <summary>Of a row of which no name can be read.</summary>
    public const ulong Anybody = 0;

    private static readonly PersonText[] Contacts = [PersonText.PrincipalName, PersonText.StudentEmail, PersonText.StaffEmail, PersonText.PrivateEmail];

    /// <summary>Of the source's doubts, sorted; of protected persons there are none.</summary>
    /// <param name="isInRoster">By row of the persons.</param>
    public static UnreadMark[] Of(SourceData data, Predicate<int> isInRoster)
    {
        var marks = new List<UnreadMark>();
        foreach (var doubt in data.Doubts.Rows.ToArray().Distinct().Where(doubt => !doubt.Entity.IsNone))
        {
            var hashes = doubt.Kind == EntityKind.Person ? OfPerson(data, doubt.Entity, isInRoster) : doubt.Kind == EntityKind.Group ? OfGroup(data, doubt.Entity) : [];
            marks.AddRange(hashes.Select(hash => new UnreadMark(doubt.Kind, doubt.Entity, hash)));
        }

        return [.. marks.OrderBy(mark => mark.Kind).ThenBy(mark => mark.Entity).ThenBy(mark => mark.Hash)];
    }

    /// <summary>What tells somebody who is in a roster.</summary>
    public static List<ulong> OfPerson(PersonTexts texts, PersonIdentity identity, TextHeap heap)
    {
        var marks = new List<ulong>();
        if (!texts.GivenName.IsEmpty && !texts.FamilyName.IsEmpty)
        {
            marks.Add(Hash("names", heap[texts.GivenName], heap[texts.FamilyName]));
        }

        marks.AddRange(Contacts.Where(contact => !texts[contact].IsEmpty).Select(contact => Hash("contact", heap[texts[contact]])));
        if (identity.CivicNumber != 0)
        {
            marks.Add(identity.CivicNumber);
        }

        return marks;
    }

    public static ulong OfName(ReadOnlySpan<byte> name) => name.IsEmpty ? Anybody : Hash("name", name);

    private static IEnumerable<ulong> OfPerson(SourceData data, EntityId id, Predicate<int> isInRoster)
    {
        var row = data.Persons.Find(id);
        if (row < 0 || isInRoster(row) || data.ProtectedIds.Contains(id) || data.KeysOnlyIds.Contains(id))
        {
            return [];
        }

        var texts = data.Persons[row].Texts;
        var marks = OfPerson(texts, data.Persons[row].Identity, data.Texts);
        return texts.GivenName.IsEmpty || texts.FamilyName.IsEmpty ? marks.Prepend(Anybody) : marks;
    }

    private static IEnumerable<ulong> OfGroup(SourceData data, EntityId id) => data.Groups.Find(id) is >= 0 and var row ? [OfName(data.Texts[data.Groups[row].Name])] : [];

    private static ulong Hash(string what, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.ASCII.GetBytes(what));
        hash.Append([0]);
        hash.Append(first);
        hash.Append([0]);
        hash.Append(second);
        return hash.GetCurrentHashAsUInt64() | 1;
    }
}
