using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Makes the words to look for out of what is known of protected persons, by a pull and by what was made with the same key before. Pure.</summary>
public sealed class ProtectedValuesBuilder
{
    private const int ShortestUserName = 5;
    private const int ShortestLocalPart = 6;
    private const int ShortestGlued = 6;

    private readonly ulong _key;
    private readonly PhraseHash _hash;
    private readonly NameForms _nameForms;
    private readonly Dictionary<ulong, ProtectedPhrase> _phrases = [];
    private readonly HashSet<ProtectedPair> _names = [];

    public ProtectedValuesBuilder(ulong key)
    {
        (_key, _hash) = (key, new PhraseHash(key));
        _nameForms = new NameForms(_hash);
    }

    /// <summary>What a pull says of its protected persons, apart from what it says of others too.</summary>
    /// <param name="key">Makes the hashes of this pull unlike those of another.</param>
    public static ProtectedValues Of(SourceData data, ulong key)
    {
        if (data.ProtectedIds.Count == 0)
        {
            return ProtectedValues.None;
        }

        return new ProtectedValuesBuilder(key).Add(data).Build().WithoutOthers(data, []);
    }

    /// <summary>What is remembered of the protected, apart from what a pull says of others too.</summary>
    /// <param name="memory">Whoever is protected, with all that is known by now.</param>
    /// <param name="data">The pull in which others may be called the same.</param>
    /// <param name="words">What the product itself writes into files.</param>
    public static ProtectedValues Of(ProtectionMemory memory, SourceData data, IEnumerable<string> words) => Of(memory).WithoutOthers(data, words);

    /// <summary>The same where there is no pull to ask what others say of themselves, too.</summary>
    public static ProtectedValues Of(ProtectionMemory memory)
    {
        // With the key also where it has nobody: by that a lost memory finds it again.
        var builder = new ProtectedValuesBuilder(memory.Key);
        foreach (var person in memory.People)
        {
            builder.AddPhrase(PersonalKind.Id, person.Id.ToString());
            builder.Add(person);
        }

        return builder.Build();
    }

    /// <summary>What is remembered by now, with what a run noted when the memory had the same key.</summary>
    /// <param name="now">The roster in which others may be called the same.</param>
    internal static ProtectedValues Of(ProtectionMemory memory, ProtectedValues noted, Roster now)
    {
        var remembered = Of(memory);
        var all = noted.Key == memory.Key ? new ProtectedValuesBuilder(memory.Key).Add(noted).Add(remembered).Build() : remembered;
        return all.WithoutOthers(now, now.Protected.Rows.ToArray().Union(memory.People.Select(person => person.Id)).ToHashSet());
    }

    /// <summary>Adds to what is remembered of somebody; serves one person after the other.</summary>
    internal void AddTo(Remembered person, IEnumerable<PersonalValue> values)
    {
        _phrases.Clear();
        _names.Clear();
        foreach (var value in values)
        {
            Add(value);
        }

        person.Phrases.UnionWith(_phrases.Values);
        person.Names.UnionWith(_names);
    }

    /// <summary>What a pull says of its protected persons.</summary>
    public ProtectedValuesBuilder Add(SourceData data)
    {
        foreach (var id in data.ProtectedIds)
        {
            AddPhrase(PersonalKind.Id, id.ToString());
        }

        foreach (var value in data.PersonalValues)
        {
            if (data.ProtectedIds.Contains(value.Person))
            {
                Add(value);
            }
        }

        return this;
    }

    /// <summary>What was made with the same key before.</summary>
    public ProtectedValuesBuilder Add(ProtectedValues others)
    {
        foreach (ref readonly var phrase in others.Phrases.Rows)
        {
            Mark(phrase);
        }

        _names.UnionWith(others.Names.Rows.ToArray());
        return this;
    }

    public ProtectedValues Build()
    {
        var (phrases, names) = (new Table<ProtectedPhrase>(), new Table<ProtectedPair>());
        phrases.Add([.. _phrases.Values.OrderBy(phrase => phrase.Hash)]);
        names.Add([.. _names.OrderBy(pair => pair.Name.Given).ThenBy(pair => pair.Name.Family).ThenBy(pair => pair.Glued).ThenBy(pair => pair.IsNear)]);
        return new ProtectedValues(_key, phrases, names);
    }

    internal void Add(Remembered person)
    {
        foreach (var phrase in person.Phrases)
        {
            Mark(phrase);
        }

        _names.UnionWith(person.Names);
    }

    public void Add(PersonalValue value)
    {
        switch (value.Kind)
        {
            case PersonalKind.Name:
                foreach (var (given, family) in Readings(value))
                {
                    AddName(given, family);
                }

                break;
            case PersonalKind.CivicNumber:
                AddPhrases(value.Kind, NumberForms.OfCivicNumber(value.Value));
                break;
            case PersonalKind.Phone:
                AddPhrases(value.Kind, NumberForms.OfPhone(value.Value));
                break;
            case PersonalKind.Identifier:
                AddPhrases(PersonalKind.CivicNumber, PersonIdentity.OfCivicNumber(Encoding.UTF8.GetBytes(value.Value)) == 0 ? [] : NumberForms.OfCivicNumber(value.Value));
                AddLogin(value.Kind, IdentityText.OfLogin(value.Value));
                break;
            case PersonalKind.UserName:
            case PersonalKind.Email or PersonalKind.PrivateEmail when value.Value.Contains('@') || value.Value.Contains('\uff20'):
                AddLogin(value.Kind, IdentityText.OfLogin(value.Value));
                AddLocalPart(IdentityText.OfLogin(value.Value));
                break;

            // A village or a farm is no address by its name alone.
            case PersonalKind.Address when value.Value.Trim().Contains(' ') && value.Value.Any(char.IsDigit):
                AddPhrase(value.Kind, value.Value);
                break;
        }
    }

    private void AddLogin(PersonalKind kind, string login)
    {
        if (login.Length >= ShortestUserName)
        {
            AddPhrase(kind, login);
        }
    }

    /// <summary>What stands before the @ is a user name where it has letters and digits; without digits it is a word or a name.</summary>
    private void AddLocalPart(string login)
    {
        var local = login.Split('@')[0];
        if (local.Length >= ShortestLocalPart && local.Length < login.Length && local.Any(char.IsAsciiDigit) && local.Any(char.IsAsciiLetter))
        {
            AddPhrase(PersonalKind.LocalPart, local);
        }
    }

    /// <summary>The name as it is, and as what it was before its bytes were read wrongly.</summary>
    private static IEnumerable<(string Given, string Family)> Readings(PersonalValue name) =>
        from given in TextRepair.Of(name.Value, isLoose: false).Prepend(name.Value)
        from family in TextRepair.Of(name.FamilyName, isLoose: false).Prepend(name.FamilyName)
        select (given, family);

    private void AddName(string given, string family)
    {
        if (string.IsNullOrWhiteSpace(given) != string.IsNullOrWhiteSpace(family))
        {
            AddWholeName(given + family);
            return;
        }

        var families = _nameForms.OfFamily(family);
        foreach (var first in families.Count == 0 ? [] : _nameForms.OfGiven(given))
        {
            Mark(first.Hash, PhraseUse.GivenName);
            foreach (var last in families)
            {
                Mark(last.Hash, PhraseUse.FamilyName);
                AddPair(first, last, _hash.Join(first.Hash, last.Hash, last.Length));
                AddPair(first, last, _hash.Join(last.Hash, first.Hash, first.Length));
            }
        }
    }

    /// <summary>In one field, in either order.</summary>
    private void AddWholeName(string name)
    {
        var words = name.Split([' ', ',', '\t', '\u00a0', '\u3000'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length > 1)
        {
            AddName(string.Join(' ', words[..^1]), words[^1]);
            AddName(string.Join(' ', words[1..]), words[0]);
        }
    }

    private void AddPair(NameForm given, NameForm family, ulong glued)
    {
        var isGlued = !family.IsHalf && given.Length + family.Length >= ShortestGlued;
        if (isGlued)
        {
            Mark(glued, PhraseUse.Glued);
        }

        _names.Add(new ProtectedPair(new ProtectedName(given.Hash, family.Hash), isGlued ? glued : 0, family.IsHalf ? 1 : 0));
    }

    private void AddPhrases(PersonalKind kind, IEnumerable<string> forms)
    {
        foreach (var form in forms)
        {
            AddPhrase(kind, form);
        }
    }

    private void AddPhrase(PersonalKind kind, string text)
    {
        if (_hash.Read(text) is { Words.Count: > 0 } phrase)
        {
            Mark(phrase.Hash, PhraseUse.Value, kind);
        }
    }

    private void Mark(in ProtectedPhrase phrase) =>
        Mark(phrase.Hash, phrase.Use, phrase.Use.HasFlag(PhraseUse.Value) ? (PersonalKind)phrase.Kind : null);

    private void Mark(ulong hash, PhraseUse use, PersonalKind? kind = null)
    {
        var known = _phrases.GetValueOrDefault(hash);

        // What is a school's address for one is not a private one for another: the stricter kind counts.
        var isFirst = !known.Use.HasFlag(PhraseUse.Value);
        _phrases[hash] = new ProtectedPhrase(
            hash, known.Use | use, kind is not { } given ? known.Kind : isFirst ? (int)given : Math.Min(known.Kind, (int)given));
    }
}
