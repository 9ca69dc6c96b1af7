using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Logins and numbers that so many records have that they tell nobody from another: what a register writes for whoever has none. One human may be kept a few
/// times, as pupil and employee, at two schools, by mistake; what more records have is nobody's.
/// </summary>
internal sealed class Crowd
{
    /// <summary>Of one human.</summary>
    public const int MostRecords = 5;

    private readonly Dictionary<ulong, HashSet<EntityId>> _records = [];

    /// <param name="hashes">Those that are asked for.</param>
    public static Crowd Of(SourceData data, IEnumerable<ulong> hashes)
    {
        var crowd = new Crowd(hashes);
        for (var row = 0; row < data.Persons.Count && crowd._records.Count > 0; row++)
        {
            ref readonly var identity = ref data.Persons[row].Identity;
            crowd.Note(identity.CivicNumber, data.Persons.Id(row));
            crowd.Note(identity.Login, data.Persons.Id(row));
        }

        foreach (ref readonly var further in data.FurtherIdentities.Rows)
        {
            crowd.Note(further.Hash, further.Person);
        }

        return crowd;
    }

    public static Crowd Of(Roster roster, ulong key, IEnumerable<ulong> hashes)
    {
        var (crowd, people) = (new Crowd(hashes), new DeliveredPeople(roster, key));
        for (var row = 0; row < roster.Persons.Count && crowd._records.Count > 0; row++)
        {
            people.Identities(row).ForEach(hash => crowd.Note(hash, roster.Persons[row].Id));
        }

        return crowd;
    }

    private Crowd(IEnumerable<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            _records.TryAdd(hash, []);
        }
    }

    public IEnumerable<ulong> Hashes => _records.Where(entry => entry.Value.Count > MostRecords).Select(entry => entry.Key);

    private void Note(ulong hash, EntityId id)
    {
        if (hash != 0 && _records.TryGetValue(hash, out var records) && records.Count <= MostRecords)
        {
            records.Add(id);
        }
    }
}
