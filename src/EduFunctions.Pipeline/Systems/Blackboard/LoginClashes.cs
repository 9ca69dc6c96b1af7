using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// While people get other keys: whose login name of tonight another one may have at Learn, and who may have one that is to be another's. Which of several they
/// have is not known as long as nobody knows whether an earlier file was taken.
/// </summary>
internal sealed class LoginClashes
{
    /// <summary>Column of what is kept: the hash of a login name, of which no more has to be known.</summary>
    public const string Column = "login";

    private readonly HashSet<EntityId> _persons = [];

    private LoginClashes()
    {
    }

    public static LoginClashes None { get; } = new();

    /// <param name="sent">As it was kept, with the moved file.</param>
    /// <param name="before">By the keys of today.</param>
    /// <param name="wanted">Who is to have each name, by its hash.</param>
    public static LoginClashes Of(LearnRenames renames, KnownFiles sent, KnownFiles before, Dictionary<ulong, EntityId> wanted)
    {
        var clashes = new LoginClashes();
        clashes.Add(before.Find(LearnObject.Person.MovingFile), LearnObject.Person.Keys[0].Name, renames, wanted);
        clashes.Add(before.Find(LearnObject.Person.File), LearnObject.Person.Keys[0].Name, renames, wanted);
        clashes.Add(sent.Find(LearnObject.Person.MovedFile), LearnObject.Person.NewKey, renames, wanted);
        return clashes;
    }

    public bool Has(EntityId person) => _persons.Contains(person);

    /// <summary>As it is kept.</summary>
    public static string Kept(KnownRow row) =>
        row.Has(LearnObject.UserId) ? Text(Hash(row.Value(LearnObject.UserId))) : Encoding.UTF8.GetString(row.Value(Column));

    private void Add(Stream? file, string key, LearnRenames renames, Dictionary<ulong, EntityId> wanted)
    {
        if (file is null)
        {
            return;
        }

        var reader = new LearnFileReader(file);
        var (person, login, hash) = (reader.Find(key), reader.Find(LearnObject.UserId), reader.Find(Column));
        while (person >= 0 && (login >= 0 || hash >= 0) && reader.Read())
        {
            if (EntityId.TryFind(reader[person], out var id) && (login >= 0 ? Hash(reader[login]) : Parsed(reader[hash])) is { } name
                && wanted.TryGetValue(name, out var holder) && renames.Today(id) is var today && holder != today)
            {
                _persons.UnionWith([today, holder]);
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> login) => (ulong)CaseFold.Hash(login);

    private static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong? Parsed(ReadOnlySpan<byte> text) => ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : null;
}
