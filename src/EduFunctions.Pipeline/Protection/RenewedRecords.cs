using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Old records of people who come marked under a new id in the night in which the old id goes, where nothing but the name has stayed. Two people of one name of whom
/// one goes and one comes marked in the same night would be taken for one: then the one who goes is taken out of targets without his or her name.
/// </summary>
internal sealed class RenewedRecords(SourceData data, Roster delivered)
{
    /// <param name="marked">Who is marked for the first time.</param>
    /// <returns>Ids that were delivered and are not in the pull any more.</returns>
    public IReadOnlySet<EntityId> Of(IEnumerable<EntityId> marked)
    {
        var names = marked.Select(id => data.Persons.Find(id)).Where(row => row >= 0).Select(row => NameOf(data.Persons[row].Texts, data.Texts))
            .Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 ? new HashSet<EntityId>() : delivered.Persons.Rows.ToArray()
            .Where(person => data.Persons.Find(person.Id) < 0 && names.Contains(NameOf(person.Texts, delivered.Texts))).Select(person => person.Id).ToHashSet();
    }

    /// <summary>Empty where one of both is missing.</summary>
    private static string NameOf(in PersonTexts texts, TextHeap heap)
    {
        var (given, family) = (Words(heap[texts.GivenName]), Words(heap[texts.FamilyName]));
        return given.Length > 0 && family.Length > 0 ? $"{given}|{family}" : "";
    }

    private static string Words(ReadOnlySpan<byte> name) => IdentityText.Words(Encoding.UTF8.GetString(name));
}
