using System.Text;
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

    /// <summary>An office has an address, and those who work there have it too.</summary>
    private const int FewestOfOffice = 3;

    private readonly Dictionary<ulong, HashSet<EntityId>> _records = [];
    private readonly HashSet<ulong> _numbers = [];
    private readonly HashSet<ulong> _offices = [];

    /// <param name="hashes">Those that are asked for.</param>
    public static Crowd Of(SourceData data, IEnumerable<ulong> hashes)
    {
        var crowd = new Crowd(hashes);
        for (var row = 0; row < data.Persons.Count && crowd._records.Count > 0; row++)
        {
            ref readonly var identity = ref data.Persons[row].Identity;
            crowd.Note(identity.CivicNumber, data.Persons.Id(row), isNumber: true);
            crowd.Note(identity.Login, data.Persons.Id(row));
        }

        foreach (ref readonly var further in data.FurtherIdentities.Rows)
        {
            crowd.Note(further.Hash, further.Person);
        }

        crowd.FindOffices(
            people => data.Duties.Rows.ToArray().Where(duty => duty.Person >= 0 && people.Contains(data.Persons.Id(duty.Person)))
                .Select(duty => (data.Persons.Id(duty.Person), duty.UnitId)),
            id => data.Persons.Find(id) is >= 0 and var row ? NameOf(data.Persons[row].Texts, data.Texts) : "");
        return crowd;
    }

    public static Crowd Of(Roster roster, ulong key, IEnumerable<ulong> hashes)
    {
        var (crowd, people) = (new Crowd(hashes), new DeliveredPeople(roster, key));
        Span<ulong> room = stackalloc ulong[DeliveredPeople.MostIdentities];
        for (var row = 0; row < roster.Persons.Count && crowd._records.Count > 0; row++)
        {
            var number = roster.Identities.Count > row ? roster.Identities[row].CivicNumber : 0;
            foreach (var hash in people.Identities(row, room))
            {
                crowd.Note(hash, roster.Persons[row].Id, hash == number);
            }
        }

        var names = new Dictionary<EntityId, string>();
        crowd.FindOffices(
            asked => roster.StaffUnits.Rows.ToArray().Where(place => asked.Contains(roster.Persons[place.Person].Id)).Select(place =>
            {
                names[roster.Persons[place.Person].Id] = NameOf(roster.Persons[place.Person].Texts, roster.Texts);
                return (roster.Persons[place.Person].Id, roster.Units[place.Unit].Id);
            }),
            id => names[id]);
        return crowd;
    }

    private Crowd(IEnumerable<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            _records.TryAdd(hash, []);
        }
    }

    public IEnumerable<ulong> Hashes => _records.Where(entry => entry.Value.Count > MostRecords).Select(entry => entry.Key).Concat(_offices);

    private void Note(ulong hash, EntityId id, bool isNumber = false)
    {
        if (hash != 0 && _records.TryGetValue(hash, out var records) && records.Count <= MostRecords)
        {
            records.Add(id);
            _ = isNumber && _numbers.Add(hash);
        }
    }

    /// <summary>What three colleagues of different names have at one school is the school's: one human who is kept three times has one name.</summary>
    private void FindOffices(Func<HashSet<EntityId>, IEnumerable<(EntityId Person, EntityId School)>> worksAt, Func<EntityId, string> nameOf)
    {
        var shared = _records.Where(entry => entry.Value.Count is >= FewestOfOffice and <= MostRecords && !_numbers.Contains(entry.Key)).ToList();
        var schools = shared.Count == 0 ? null : worksAt([.. shared.SelectMany(entry => entry.Value)]).Distinct().ToLookup(place => place.Person, place => place.School);
        _offices.UnionWith(shared.Where(entry => IsOffice(entry.Value)).Select(entry => entry.Key));

        bool IsOffice(IEnumerable<EntityId> people) => people.SelectMany(person => schools![person].Select(school => (School: school, Name: nameOf(person))))
            .GroupBy(place => place.School, place => place.Name).Any(school => school.Distinct().Count() >= FewestOfOffice);
    }

    private static string NameOf(in PersonTexts texts, TextHeap heap) =>
        IdentityText.Words($"{Encoding.UTF8.GetString(heap[texts.GivenName])} {Encoding.UTF8.GetString(heap[texts.FamilyName])}");
}
