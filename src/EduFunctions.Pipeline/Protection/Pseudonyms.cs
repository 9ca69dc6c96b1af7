using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// A pull as it would be without the marking of its protected students, who go by an alias: no name, number or address of theirs is left in it, and
/// nobody answers for them. Rules and roster take it like any other pull. Who has a marking that nobody knows stays protected, and so does, unless the
/// feed asks for them, who works at a school.
/// </summary>
internal static class Pseudonyms
{
    public static SourceData Apply(SourceData data, Pseudonym pseudonym)
    {
        var key = Encoding.UTF8.GetBytes(pseudonym.Secret.Reveal());
        var aliases = Aliases(data, key, pseudonym.Staff);
        var others = OtherNames(data, aliases);
        var names = new AliasNames(pseudonym, key, name => others.Contains(Folded(name.GivenName, name.FamilyName))).Of(aliases);
        var texts = TextChunk.Empty(ushort.MaxValue);
        var hidden = names.ToDictionary(name => name.Key, name => NameOf(name.Value, texts));
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
                persons.Add(alias, Hidden(data.Persons[row], hidden[alias]));
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

    /// <summary>What everybody else is called, however they write it.</summary>
    private static HashSet<string> OtherNames(SourceData data, Dictionary<EntityId, EntityId> aliases)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; aliases.Count > 0 && row < data.Persons.Count; row++)
        {
            if (!aliases.ContainsKey(data.Persons.Id(row)))
            {
                var texts = data.Persons[row].Texts;
                names.Add(Folded(Encoding.UTF8.GetString(data.Texts[texts.GivenName]), Encoding.UTF8.GetString(data.Texts[texts.FamilyName])));
            }
        }

        return names;
    }

    private static string Folded(string given, string family) =>
        string.Join(' ', $"{given} {family}".Normalize(NormalizationForm.FormKC).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<DoubtRow> DoubtsOf(Dictionary<EntityId, EntityId> aliases, SourceData data) => data.Doubts.Rows.ToArray()
        .Where(doubt => doubt.Kind == EntityKind.Person && aliases.ContainsKey(doubt.Entity))
        .Select(doubt => doubt with { Entity = aliases[doubt.Entity] });

    private static Dictionary<EntityId, EntityId> Aliases(SourceData data, byte[] key, bool withStaff)
    {
        var aliases = data.ProtectedIds.ToDictionary(id => id, id => Alias(key, id));
        foreach (ref readonly var duty in withStaff ? [] : data.Duties.Rows)
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

    private static PersonTexts NameOf(AliasName name, TextChunk texts)
    {
        var draft = new PersonDraft();
        draft.Set(PersonText.GivenName, Encoding.UTF8.GetBytes(name.GivenName));
        draft.Set(PersonText.FamilyName, Encoding.UTF8.GetBytes(name.FamilyName));
        return draft.AddTo(texts);
    }

    private static PersonRow Hidden(in PersonRow person, PersonTexts name) => new()
    {
        Texts = name,
        OwnMarking = person.OwnMarking == Marking.Protected ? Marking.None : person.OwnMarking,
        StrictestMarking = Marking.None,
        Facts = person.Facts | PersonFacts.IsAlias,
    };

    private static Table<T> Without<T>(Table<T> rows, Predicate<T> unwanted)
        where T : unmanaged
    {
        var kept = new Table<T>(rows.Rows.ToArray());
        kept.RemoveAll(unwanted);
        return kept;
    }
}
