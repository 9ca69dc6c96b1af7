using System.Collections.Concurrent;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// New records of people in the memory whose old ones have gone, where neither a number nor a login has stayed: the name with the day of birth, with the school or
/// with the family, or the login with another domain. A namesake who was there beside the old record is somebody else, and so is one who was born on another day.
/// </summary>
internal sealed class ReturnedRecords
{
    /// <summary>So many days from when a record has gone, a namesake who comes to the same school is taken for the same human, where no day of birth can tell.</summary>
    private const int FirstDays = 14;

    /// <summary>By one of these everybody is found who may be meant.</summary>
    private static readonly LikenessKind[] Finding =
        [LikenessKind.Name, LikenessKind.GivenNameAndBirthDate, LikenessKind.LocalPart, LikenessKind.PrivateEmail];

    /// <summary>Whoever is the same shares one of these at least (<see cref="IsSame"/>): nobody else has to be compared.</summary>
    private static readonly LikenessKind[] Telling =
        [LikenessKind.Name, LikenessKind.BirthDate, LikenessKind.Kin, LikenessKind.PrivateEmail, LikenessKind.UserName, LikenessKind.LocalPart];

    private readonly SourceData _data;
    private readonly Likenesses _likenesses;
    private readonly Dictionary<int, HashSet<Likeness>> _records = [];

    /// <summary>By what tells: rows of the records that have it.</summary>
    private readonly Dictionary<Likeness, List<int>> _rows = [];

    private ReturnedRecords(SourceData data, IReadOnlyCollection<Remembered> people, ulong key)
    {
        (_data, _likenesses) = (data, new Likenesses(key));
        if (people.Count > 0)
        {
            FindLike(people.SelectMany(person => person.Likenesses).ToHashSet());
            PeopleAround.AddTo(_records, data, _likenesses);
            Index();
        }
    }

    /// <param name="people">Whoever is protected; what they are like is what earlier pulls said of them.</param>
    /// <returns>Those whose record has gone, each with a new one.</returns>
    public static IReadOnlyList<(Remembered Gone, EntityId Record)> Find(SourceData data, IReadOnlyDictionary<EntityId, Remembered> people, ulong key, Day today)
    {
        var gone = Gone(data, people.Values);
        var found = new ReturnedRecords(data, gone, key);
        return [.. gone.SelectMany(person => found.Of(person, people.ContainsKey, today).Select(record => (person, record)))];
    }

    /// <summary>Takes out what said that a record is that of somebody whose own is there again: two in one pull who were not born on one day are two humans.</summary>
    public static void Part(SourceData data, IReadOnlyCollection<Remembered> people, ulong key)
    {
        var likenesses = new Likenesses(key);
        List<Remembered> present = [.. people.Where(person => data.Persons.Find(person.Id) >= 0)];
        var links = present.ToDictionary(person => likenesses.LinkTo(person.Id));
        foreach (var person in present)
        {
            var births = Births(person);
            person.Identities.RemoveWhere(identity => links.TryGetValue(identity, out var other) && other != person && !births.Overlaps(Births(other)));
        }
    }

    /// <summary>Keeps what the people are like for the nights to come, and who else is like them tonight.</summary>
    /// <param name="values">What this pull and those before say of them.</param>
    public static void Note(SourceData data, IReadOnlyCollection<Remembered> people, ILookup<EntityId, PersonalValue> values, ulong key)
    {
        var (likenesses, rows) = (new Likenesses(key), new Dictionary<int, HashSet<Likeness>>());
        foreach (var person in people)
        {
            likenesses.AddTo(person.Likenesses, [.. values[person.Id]]);
            if (data.Persons.Find(person.Id) is >= 0 and var row)
            {
                rows[row] = person.Likenesses;
            }
        }

        PeopleAround.AddTo(rows, data, likenesses);
        List<Remembered> present = [.. people.Where(person => data.Persons.Find(person.Id) >= 0)];
        var records = new ReturnedRecords(data, present, key);
        foreach (var person in present)
        {
            person.Likenesses.RemoveWhere(likeness => likeness.Kind == LikenessKind.Namesake);
            person.Likenesses.UnionWith(records.Like(person).Select(id => likenesses.Of(LikenessKind.Namesake, id)).ToList());
        }
    }

    /// <summary>Of whom there is no record under any id.</summary>
    private static List<Remembered> Gone(SourceData data, IEnumerable<Remembered> people)
    {
        var present = people.ToLookup(person => data.Persons.Find(person.Id) >= 0);
        var identities = present[true].SelectMany(person => person.Identities).ToHashSet();
        return [.. present[false].Where(person => person.Likenesses.Count > 0 && !person.Identities.Overlaps(identities))];
    }

    private void FindLike(HashSet<Likeness> wanted)
    {
        var found = new ConcurrentBag<int>();
        var finding = wanted.Where(likeness => Array.IndexOf(Finding, likeness.Kind) >= 0).ToHashSet();
        RowRanges.ForEach(_data.Persons.Count, (start, end) =>
        {
            var own = new HashSet<Likeness>();
            for (var row = start; row < end; row++)
            {
                own.Clear();
                _likenesses.AddTo(own, _data.Persons[row], _data.Texts);
                if (_data.Persons.IsCurrent(row) && HasOne(own, finding))
                {
                    found.Add(row);
                }
            }
        });
        foreach (var row in found.Order())
        {
            _likenesses.AddTo(_records[row] = [], _data.Persons[row], _data.Texts);
        }

        foreach (ref readonly var responsible in _data.Responsibles.Rows)
        {
            AddRelative(responsible.Student, wanted.Contains(_likenesses.Of(LikenessKind.Kin, responsible.ResponsibleId)));
            AddRelative(responsible.Responsible, wanted.Contains(_likenesses.Of(LikenessKind.Kin, _data.Persons.Id(responsible.Student))));
        }
    }

    private void AddRelative(int row, bool isRelative)
    {
        if (row >= 0 && isRelative && !_records.ContainsKey(row))
        {
            _likenesses.AddTo(_records[row] = [], _data.Persons[row], _data.Texts);
        }
    }

    /// <summary>So many that nobody is told from anybody are nobody's.</summary>
    private List<EntityId> Of(Remembered gone, Predicate<EntityId> isKnown, Day today)
    {
        var isLate = gone.GoneSince.IsDay && today.IsDay && today.Number - gone.GoneSince.Number > FirstDays;
        List<EntityId> found =
        [
            .. from row in Near(gone)
               let id = _data.Persons.Id(row)
               where !isKnown(id) && !gone.Likenesses.Contains(_likenesses.Of(LikenessKind.Namesake, id)) && IsSame(gone.Likenesses, _records[row], isLate)
               select id,
        ];
        return found.Count > Crowd.MostRecords ? [] : found;
    }

    private IEnumerable<EntityId> Like(Remembered person) =>
        from row in Near(person)
        let id = _data.Persons.Id(row)
        where id != person.Id && IsSame(person.Likenesses, _records[row], isLate: false)
        select id;

    private void Index()
    {
        foreach (var (row, likenesses) in _records)
        {
            foreach (var likeness in likenesses.Where(likeness => Array.IndexOf(Telling, likeness.Kind) >= 0))
            {
                (_rows.TryGetValue(likeness, out var rows) ? rows : _rows[likeness] = []).Add(row);
            }
        }
    }

    /// <summary>Rows of those who can be the same.</summary>
    private IEnumerable<int> Near(Remembered person) =>
        person.Likenesses.SelectMany(likeness => _rows.TryGetValue(likeness, out var rows) ? rows : []).Distinct().Order();

    private static bool IsSame(HashSet<Likeness> gone, HashSet<Likeness> record, bool isLate)
    {
        var (hasBirth, isBorn) = (Has(gone, LikenessKind.BirthDate) && Has(record, LikenessKind.BirthDate), Share(LikenessKind.BirthDate));
        if (hasBirth && !isBorn)
        {
            return false;
        }

        var (isNamed, hasGiven, isAround) = (Share(LikenessKind.Name), Share(LikenessKind.GivenName), Share(LikenessKind.School));
        return (isNamed && (isBorn || (isAround && !isLate)))
            || (hasGiven && (Share(LikenessKind.Kin) || Share(LikenessKind.PrivateEmail) || (isBorn && isAround)))
            || Share(LikenessKind.UserName)
            || (Share(LikenessKind.LocalPart) && (hasGiven || Share(LikenessKind.FamilyName)));

        bool Share(LikenessKind kind) => record.Any(likeness => likeness.Kind == kind && gone.Contains(likeness));
    }

    /// <summary>Asked of everybody: without an enumerator on the heap for each.</summary>
    private static bool HasOne(HashSet<Likeness> record, HashSet<Likeness> wanted)
    {
        foreach (var likeness in record)
        {
            if (wanted.Contains(likeness))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<Likeness> Births(Remembered person) => [.. person.Likenesses.Where(likeness => likeness.Kind == LikenessKind.BirthDate)];

    private static bool Has(HashSet<Likeness> likenesses, LikenessKind kind) => likenesses.Any(likeness => likeness.Kind == kind);
}
