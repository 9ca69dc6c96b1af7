using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Makes the words to look for out of what a pull says of its protected persons. Pure.</summary>
public sealed class ProtectedValuesBuilder
{
    private const int ShortestUserName = 5;

    private readonly ulong _key;
    private readonly Dictionary<ulong, ProtectedPhrase> _phrases = [];
    private readonly HashSet<ProtectedName> _names = [];

    private ProtectedValuesBuilder(ulong key) => _key = key;

    /// <param name="memory">Whoever is protected, with all that is known by now.</param>
    /// <param name="data">The pull in which others may be called the same.</param>
    public static ProtectedValues Of(ProtectionMemory memory, SourceData data)
    {
        if (memory.Count == 0)
        {
            return ProtectedValues.None;
        }

        var builder = new ProtectedValuesBuilder(memory.Key);
        foreach (var person in memory.People)
        {
            builder.AddPhrase(PersonalKind.Id, person.Id.ToString());
            builder.Add(person);
        }

        foreach (var hit in SharedValues.Find(data, builder.Build()))
        {
            builder.Remove(hit);
        }

        return builder.Build();
    }

    /// <summary>Adds to what is remembered of somebody.</summary>
    internal static void AddTo(Remembered person, IEnumerable<PersonalValue> values, ulong key)
    {
        var builder = new ProtectedValuesBuilder(key);
        foreach (var value in values)
        {
            builder.Add(value);
        }

        person.Phrases.UnionWith(builder._phrases.Values);
        person.Names.UnionWith(builder._names);
    }

    private ProtectedValues Build()
    {
        var (phrases, names) = (new Table<ProtectedPhrase>(), new Table<ProtectedName>());
        phrases.Add([.. _phrases.Values.OrderBy(phrase => phrase.Hash)]);
        names.Add([.. _names.OrderBy(name => name.Given).ThenBy(name => name.Family)]);
        return new ProtectedValues(_key, phrases, names);
    }

    private void Add(Remembered person)
    {
        foreach (var phrase in person.Phrases)
        {
            var isValue = phrase.Use.HasFlag(PhraseUse.Value);
            Mark(phrase.Hash, phrase.Use & ~PhraseUse.Value, kind: null);
            if (isValue)
            {
                Mark(phrase.Hash, PhraseUse.Value, (PersonalKind)phrase.Kind);
            }
        }

        _names.UnionWith(person.Names);
    }

    private void Add(PersonalValue value)
    {
        switch (value.Kind)
        {
            case PersonalKind.Name:
                AddName(value.Value, value.FamilyName);
                break;
            case PersonalKind.CivicNumber:
                AddPhrases(value.Kind, NumberForms.OfCivicNumber(value.Value));
                break;
            case PersonalKind.Phone:
                AddPhrases(value.Kind, NumberForms.OfPhone(value.Value));
                break;
            case PersonalKind.UserName when value.Value.Length >= ShortestUserName:
            case PersonalKind.Email or PersonalKind.PrivateEmail when value.Value.Contains('@'):
            // A village or a farm is no address by its name alone.
            case PersonalKind.Address when value.Value.Trim().Contains(' ') && value.Value.Any(char.IsDigit):
                AddPhrase(value.Kind, value.Value);
                break;
        }
    }

    private void AddName(string given, string family)
    {
        if (Note(given, PhraseUse.GivenName, PersonalKind.Name) is { } first && Note(family, PhraseUse.FamilyName, PersonalKind.Name) is { } last)
        {
            _names.Add(new ProtectedName(first, last));
        }
    }

    private void AddPhrases(PersonalKind kind, IEnumerable<string> forms)
    {
        foreach (var form in forms)
        {
            AddPhrase(kind, form);
        }
    }

    private void AddPhrase(PersonalKind kind, string text) => Note(text, PhraseUse.Value, kind);

    /// <summary>Notes a text word by word; its hash, or null when it has no word.</summary>
    private ulong? Note(string text, PhraseUse use, PersonalKind kind)
    {
        var words = new WordReader(Encoding.UTF8.GetBytes(text), _key);
        var phrase = _key;
        var any = false;
        while (words.Next())
        {
            if (any)
            {
                Mark(phrase, PhraseUse.Beginning, kind: null);
            }

            phrase = WordReader.Join(phrase, words.Hash);
            any = true;
        }

        if (any)
        {
            Mark(phrase, use, use == PhraseUse.Value ? kind : null);
        }

        return any ? phrase : null;
    }

    private void Mark(ulong hash, PhraseUse use, PersonalKind? kind)
    {
        var known = _phrases.GetValueOrDefault(hash);

        // What is a school's address for one is not a private one for another: the stricter kind counts.
        var isFirst = !known.Use.HasFlag(PhraseUse.Value);
        _phrases[hash] = new ProtectedPhrase(
            hash, known.Use | use, kind is not { } given ? known.Kind : isFirst ? (int)given : Math.Min(known.Kind, (int)given));
    }

    private void Remove(RowHit shared)
    {
        if (shared.Kind == PersonalKind.Name)
        {
            _names.Remove(new ProtectedName(shared.Phrase, shared.Family));
        }
        else
        {
            _phrases[shared.Phrase] = _phrases[shared.Phrase] with { Use = _phrases[shared.Phrase].Use & ~PhraseUse.Value };
        }
    }
}
