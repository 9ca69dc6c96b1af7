using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Gives each alias a name: a chosen one, or one made of words by the tenant's secret, the same every night. No two of a tenant have one name; where two
/// words meet, who comes later by id takes the next pair. A name that somebody has who goes by no alias is nobody's, whoever has chosen it.
/// </summary>
/// <param name="others">Whether somebody else has a name.</param>
internal sealed class AliasNames(Pseudonym pseudonym, byte[] key, Predicate<AliasName> others)
{
    /// <summary>Used for girls and boys alike, in both countries.</summary>
    private static readonly string[] GivenNames = (
        "Aja Alex Andrea Billie Bo Charlie Dana Eddie Elia Emery Eri Frankie Inge Janne Jona Kaj Kari Kim Lenni Lin Lo Lou Love Luca Maxi Mika Mille Milo "
        + "Neo Nikki Noa Olli Pax Ray Robin Sam Sascha Sol Storm Tintin Toni Uli Vanja Vide").Split(' ');

    /// <summary>Joined with an ending, they sound like a place; hardly anybody is called so.</summary>
    private static readonly string[] Beginnings = "Alm Ask Asp Bok Dun Elm Gran Hassel Hav Klint Korn Lyng Mos Siv Sol Vide Vind".Split(' ');

    private static readonly string[] Endings = "bro dal eng fald gren holt krog lid mark pil ris sten vang".Split(' ');

    private readonly HashSet<AliasName> _given = [];
    private readonly Dictionary<string, AliasName> _chosen = pseudonym.ChosenNames();

    /// <summary>How many names were made with a number.</summary>
    private readonly Dictionary<int, int> _made = [];

    /// <summary>How many there are.</summary>
    private readonly int _pairs = (pseudonym.GivenName is null ? GivenNames.Length : 1) * Beginnings.Length * Endings.Length;

    /// <summary>The names of all aliases of a pull.</summary>
    /// <param name="aliases">By person.</param>
    public Dictionary<EntityId, AliasName> Of(Dictionary<EntityId, EntityId> aliases)
    {
        _given.UnionWith(_chosen.Values);
        return aliases.OrderBy(alias => alias.Value).ToDictionary(
            alias => alias.Value,
            alias => _chosen.GetValueOrDefault(alias.Key.ToString()) is { } chosen && !others(chosen) ? chosen : Made(alias.Key));
    }

    /// <summary>What would be one of names that have all been given is not asked for: with one given name for all, thousands of students share some two hundred.</summary>
    private AliasName Made(EntityId person)
    {
        for (var attempt = 0; ; attempt++)
        {
            var number = NumberOf(attempt);
            var made = _made.GetValueOrDefault(number);
            if (made < _pairs && Made(person, attempt) is var name && !others(name) && _given.Add(name))
            {
                _made[number] = made + 1;
                return name;
            }
        }
    }

    private AliasName Made(EntityId person, int attempt)
    {
        // Another message than the id's, from which nobody can so find the words.
        byte[] message = [.. Encoding.UTF8.GetBytes($"name {attempt} "), .. MemoryMarshal.AsBytes([person])];
        var hash = HMACSHA256.HashData(key, message);
        var family = Word(Beginnings, hash, 4) + Word(Endings, hash, 8);

        var more = NumberOf(attempt) is > 0 and var number ? $" {number}" : "";
        return new AliasName(pseudonym.GivenName ?? Word(GivenNames, hash, 0), $"{pseudonym.FamilyName} {family}{more}".Trim());
    }

    /// <summary>With more students than words the number of attempts tells them apart.</summary>
    private static int NumberOf(int attempt) => attempt < GivenNames.Length ? 0 : attempt;

    private static string Word(string[] words, byte[] hash, int at) => words[BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at)) % words.Length];
}
