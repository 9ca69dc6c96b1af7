using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Where nobody knows which login names Learn has: whose name of tonight another one may have there, and who may have one that is to be another's. So it is
/// while records are moved, since of that the answer may be lost; after it has refused to give somebody another name; and when all is said once more, to a
/// Learn that may have been restored to a day on which others had them.
/// </summary>
internal sealed class LoginClashes
{
    /// <summary>Column of what is kept: the hash of a login name, of which no more has to be known.</summary>
    public const string Column = "login";

    private readonly HashSet<EntityId> _persons = [];
    private readonly PastValues _past = new(LearnObject.Person.LoginsFile, Column);

    private LoginClashes()
    {
    }

    public static LoginClashes None { get; } = new();

    /// <param name="before">By the keys of today.</param>
    /// <param name="wanted">Who is to have each name, by its hash.</param>
    public static LoginClashes Of(FeedInput input, KnownFiles before, LearnRenames renames, Dictionary<ulong, EntityId> wanted)
    {
        var (clashes, person, settings) = (new LoginClashes(), LearnObject.Person, (BlackboardSettings)input.Settings);
        clashes._past.Read(input.Before, input.RemembersSince, renames.Today);
        var chosen = wanted.Values.ToHashSet();
        foreach (var (id, login) in Read(before.Find(person.MovingFile)).Concat(Read(before.Find(person.File))).Concat(Read(input.Before.Find(person.MovedFile))))
        {
            var today = renames.Today(id);
            if (wanted.GetValueOrDefault(login) != today && login != Hash(OwnLogin.Of(today)))
            {
                clashes._past.Add(today, Text(login), input.Date);
            }

            if (!chosen.Contains(today))
            {
                clashes.Add(today, login, wanted);
            }
        }

        var isMoving = renames.Any || LearnMove.AnyOpen(input.Before) || MovedWriter.IsNeeded(person, settings, new KnownRows(person, before), renames);
        if (input.IsTotal || isMoving || before.Find(person.AsideFile) is not null)
        {
            foreach (var (id, login) in clashes._past.All)
            {
                clashes.Add(id, Parsed(Encoding.UTF8.GetBytes(login)) ?? 0, wanted);
            }
        }
        else
        {
            clashes._persons.Clear();
        }

        return clashes;
    }

    public bool Has(EntityId person) => _persons.Contains(person);

    /// <summary>As it is kept.</summary>
    public static string Kept(KnownRow row) => HashOf(row) is { } hash ? Text(hash) : "";

    /// <summary>Of the login name that a row has, or keeps no more of; null where it knows of none.</summary>
    public static ulong? HashOf(KnownRow row) => row.Has(LearnObject.UserId) ? Hash(row.Value(LearnObject.UserId)) : Parsed(row.Value(Column));

    public void Keep(BlackboardSettings settings, FeedFiles files, Predicate<EntityId> isKept) => _past.Keep(settings, files, isKept);

    /// <summary>By the key that each was to have.</summary>
    private static IEnumerable<(EntityId Person, ulong Login)> Read(Stream? file)
    {
        if (file is null)
        {
            yield break;
        }

        var reader = new LearnFileReader(file);
        var (person, login, hash) = (reader.Find(LearnObject.Person.NewKey), reader.Find(LearnObject.UserId), reader.Find(Column));
        person = person < 0 ? reader.Find(LearnObject.Person.Keys[0].Name) : person;
        while ((login >= 0 || hash >= 0) && reader.Read())
        {
            if (EntityId.TryFind(reader[person], out var id) && (login >= 0 ? Hash(reader[login]) : Parsed(reader[hash])) is { } name)
            {
                yield return (id, name);
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> login) => (ulong)CaseFold.Hash(login);

    private static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong? Parsed(ReadOnlySpan<byte> text) => ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : null;

    private void Add(EntityId person, ulong login, Dictionary<ulong, EntityId> wanted)
    {
        if (wanted.TryGetValue(login, out var holder) && holder != person)
        {
            _persons.UnionWith([person, holder]);
        }
    }
}
