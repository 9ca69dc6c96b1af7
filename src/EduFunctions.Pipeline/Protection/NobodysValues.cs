using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Logins and identifiers of protected persons that are the name of a school, the id of something or somebody else, or a word that the product itself writes into its files: they
/// identify nobody, and whoever looked for them would find everybody.
/// </summary>
internal sealed class NobodysValues(SourceData data, ProtectedValues values)
{
    private readonly Dictionary<ulong, PersonalKind> _values = values.Phrases.Rows.ToArray()
        .Where(phrase => phrase.Use.HasFlag(PhraseUse.Value) && (PersonalKind)phrase.Kind is not (PersonalKind.Id or PersonalKind.CivicNumber or PersonalKind.Phone))
        .ToDictionary(phrase => phrase.Hash, phrase => (PersonalKind)phrase.Kind);

    private readonly List<RowHit> _found = [];

    public IReadOnlyCollection<RowHit> Find(IEnumerable<string> words)
    {
        if (_values.Count == 0)
        {
            return [];
        }

        foreach (var word in words)
        {
            Look(values.Hash.Read(word).Hash, mayBeLogin: true);
        }

        foreach (ref readonly var unit in data.Units.Rows)
        {
            Look(values.Hash.Read(data.Texts.ToString(unit.Name)).Hash, mayBeLogin: true);
        }

        Look(data.Units.Ids);
        Look(data.Groups.Ids);
        Look(data.Activities.Ids);
        Look(data.Syllabuses.Ids);
        Look(data.Persons.Ids);
        return _found;
    }

    private void Look(ReadOnlySpan<EntityId> ids)
    {
        Span<byte> text = stackalloc byte[EntityId.UuidLength];
        foreach (var id in ids)
        {
            if (id.IsText)
            {
                // A login as the id of something tells of whom it is.
                Look(values.Hash.Read(id.ToString()).Hash, mayBeLogin: false);
            }
            else if (!data.ProtectedIds.Contains(id))
            {
                id.Format(text);
                Look(values.Hash.OfLetters(text), mayBeLogin: true);
            }
        }
    }

    private void Look(ulong hash, bool mayBeLogin)
    {
        if (_values.TryGetValue(hash, out var kind) && (mayBeLogin || kind == PersonalKind.Identifier))
        {
            _found.Add(new RowHit(kind, hash));
        }
    }
}
