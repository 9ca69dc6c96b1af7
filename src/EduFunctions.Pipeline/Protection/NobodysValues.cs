using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Logins and identifiers of protected persons that are the name of a school, the id of something or somebody else, or a word that the product itself writes into
/// its files: they identify nobody, and whoever looked for them would find everybody.
/// </summary>
internal sealed class NobodysValues
{
    private readonly ProtectedValues _values;
    private readonly IReadOnlySet<EntityId> _protected;
    private readonly Dictionary<ulong, PersonalKind> _wanted;
    private readonly List<RowHit> _found = [];

    private NobodysValues(ProtectedValues values, IReadOnlySet<EntityId> protectedIds)
    {
        (_values, _protected) = (values, protectedIds);
        _wanted = values.Phrases.Rows.ToArray()
            .Where(phrase => phrase.Use.HasFlag(PhraseUse.Value) && (PersonalKind)phrase.Kind is not (PersonalKind.Id or PersonalKind.CivicNumber or PersonalKind.Phone))
            .ToDictionary(phrase => phrase.Hash, phrase => (PersonalKind)phrase.Kind);
    }

    /// <param name="words">The product's own.</param>
    public static IReadOnlyCollection<RowHit> Find(SourceData data, ProtectedValues values, IEnumerable<string> words)
    {
        var nobodys = new NobodysValues(values, data.ProtectedIds);
        nobodys.LookAt(words);
        nobodys.LookAt(data.Units.Rows.ToArray().Select(unit => data.Texts.ToString(unit.Name)));
        nobodys.LookAt(data.Units.Ids);
        nobodys.LookAt(data.Groups.Ids);
        nobodys.LookAt(data.Activities.Ids);
        nobodys.LookAt(data.Syllabuses.Ids);
        nobodys.LookAt(data.Persons.Ids);
        return nobodys._found;
    }

    public static IReadOnlyCollection<RowHit> Find(Roster roster, IReadOnlySet<EntityId> protectedIds, ProtectedValues values)
    {
        var nobodys = new NobodysValues(values, protectedIds);
        nobodys.LookAt(roster.Units.Rows.ToArray().Select(unit => roster.Texts.ToString(unit.Name)));
        nobodys.LookAt(Array.ConvertAll(roster.Units.Rows.ToArray(), static unit => unit.Id));
        nobodys.LookAt(Array.ConvertAll(roster.Sections.Rows.ToArray(), static section => section.Id));
        nobodys.LookAt(Array.ConvertAll(roster.Sections.Rows.ToArray(), static section => section.Group));
        nobodys.LookAt(Array.ConvertAll(roster.Syllabuses.Rows.ToArray(), static syllabus => syllabus.Id));
        nobodys.LookAt(Array.ConvertAll(roster.Persons.Rows.ToArray(), static person => person.Id));
        return nobodys._found;
    }

    private void LookAt(IEnumerable<string> words)
    {
        foreach (var word in _wanted.Count == 0 ? [] : words)
        {
            LookAt(_values.Hash.Read(word).Hash, mayBeLogin: true);
        }
    }

    private void LookAt(ReadOnlySpan<EntityId> ids)
    {
        Span<byte> text = stackalloc byte[EntityId.UuidLength];
        foreach (var id in _wanted.Count == 0 ? [] : ids)
        {
            if (id.IsText)
            {
                // A login as the id of something tells of whom it is.
                LookAt(_values.Hash.Read(id.ToString()).Hash, mayBeLogin: false);
            }
            else if (!_protected.Contains(id))
            {
                id.Format(text);
                LookAt(_values.Hash.OfLetters(text), mayBeLogin: true);
            }
        }
    }

    private void LookAt(ulong hash, bool mayBeLogin)
    {
        if (_wanted.TryGetValue(hash, out var kind) && (mayBeLogin || kind == PersonalKind.Identifier))
        {
            _found.Add(new RowHit(kind, hash));
        }
    }
}
