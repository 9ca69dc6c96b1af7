using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// A pull as it would be without the marking of its protected students, who go by an alias: no name, number or address of theirs is left in it, and
/// nobody answers for them. Rules and roster take it like any other pull. Who works at a school, or has a marking that nobody knows, stays protected.
/// </summary>
internal static class Pseudonyms
{
    public static SourceData Apply(SourceData data, Pseudonym pseudonym)
    {
        var aliases = Aliases(data, pseudonym);
        var texts = TextChunk.Empty(ushort.MaxValue);
        var name = NameOf(pseudonym, texts);
        var heap = new TextHeap();
        heap.Add(data.Texts);
        heap.Add(texts);

        var persons = new EntityTable<PersonRow>();
        persons.Reserve(data.Persons.Count);
        for (var row = 0; row < data.Persons.Count; row++)
        {
            var id = data.Persons.Id(row);
            if (aliases.TryGetValue(id, out var alias))
            {
                persons.Add(alias, Hidden(data.Persons[row], name));
            }
            else
            {
                persons.Add(id, data.Persons[row]);
            }
        }

        persons.Index(_ => { });
        return data with
        {
            Texts = heap,
            Persons = persons,
            Responsibles = Without(data.Responsibles, row => IsAlias(row.Student) || IsAlias(row.Responsible)),
            Identifiers = Without(data.Identifiers, row => IsAlias(row.Person)),
            Doubts = new Table<DoubtRow>([.. data.Doubts.Rows, .. DoubtsOf(aliases, data)]),
        };

        bool IsAlias(int person) => person >= 0 && aliases.ContainsKey(data.Persons.Id(person));
    }

    private static IEnumerable<DoubtRow> DoubtsOf(Dictionary<EntityId, EntityId> aliases, SourceData data) => data.Doubts.Rows.ToArray()
        .Where(doubt => doubt.Kind == EntityKind.Person && aliases.ContainsKey(doubt.Entity))
        .Select(doubt => doubt with { Entity = aliases[doubt.Entity] });

    private static Dictionary<EntityId, EntityId> Aliases(SourceData data, Pseudonym pseudonym)
    {
        var key = Encoding.UTF8.GetBytes(pseudonym.Secret.Reveal());
        var aliases = data.ProtectedIds.ToDictionary(id => id, id => Alias(key, id));
        foreach (ref readonly var duty in data.Duties.Rows)
        {
            aliases.Remove(duty.Person < 0 ? default : data.Persons.Id(duty.Person));
        }

        foreach (ref readonly var marking in data.Markings.Rows)
        {
            aliases.Remove(marking.Marking == Marking.Unknown ? marking.Person : default);
        }

        for (var row = 0; row < data.Persons.Count; row++)
        {
            if (data.Persons[row].OwnMarking == Marking.Unknown)
            {
                aliases.Remove(data.Persons.Id(row));
            }
        }

        return aliases;
    }

    /// <summary>The same on every day, and nobody finds the person by it who has not the secret.</summary>
    private static EntityId Alias(byte[] key, EntityId id) => EntityId.OfHash(HMACSHA256.HashData(key, MemoryMarshal.AsBytes([id])));

    private static PersonTexts NameOf(Pseudonym pseudonym, TextChunk texts)
    {
        var name = new PersonDraft();
        name.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(pseudonym.GivenName));
        name.Set(PersonText.FamilyName, Encoding.UTF8.GetBytes(pseudonym.FamilyName));
        return name.AddTo(texts);
    }

    private static PersonRow Hidden(in PersonRow person, PersonTexts name) => new()
    {
        Texts = name,
        OwnMarking = person.OwnMarking == Marking.Protected ? Marking.None : person.OwnMarking,
        StrictestMarking = Marking.None,
        Facts = person.Facts,
    };

    private static Table<T> Without<T>(Table<T> rows, Predicate<T> unwanted)
        where T : unmanaged
    {
        var kept = new Table<T>(rows.Rows.ToArray());
        kept.RemoveAll(unwanted);
        return kept;
    }
}
