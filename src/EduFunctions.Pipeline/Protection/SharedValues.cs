using System.Collections;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// What would be found although it tells nothing of a protected person: a name that somebody else has too, a family's mail address, whatever a crowd has, and
/// words of others' own names in which a shorter one stands. Found by the scan itself, so that nobody who is not protected is left out for it. Asked of every
/// night that rows come from: the namesake who leaves is in yesterday's roster only.
/// </summary>
internal sealed class SharedValues
{
    private readonly RowScan _scan;
    private readonly GluedWords _words;
    private readonly PersonLine _line = new();
    private readonly List<EntityId> _people = [];

    /// <summary>What is found, each once: many bear one name.</summary>
    private readonly List<RowHit> _hits = [];
    private readonly Dictionary<RowHit, int> _numbers = [];

    /// <summary>Who has what, as places in both lists.</summary>
    private readonly Table<Bearing> _bearings = new();

    private SharedValues(ProtectedValues values) => (_scan, _words) = (new RowScan(values), new GluedWords(values));

    public static SharedHits Find(SourceData data, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        foreach (var row in PersonScan.Where(data.Persons.Count, values, (row, scan, line) =>
            !data.ProtectedIds.Contains(data.Persons.Id(row)) && IsFound(scan, line, data.Persons[row].Texts, data.Texts)))
        {
            shared.Add(data.Persons.Id(row), data.Persons[row].Texts, data.Texts);
        }

        foreach (ref readonly var unit in values.IsEmpty ? [] : data.Units.Rows)
        {
            shared._words.AddWithin(data.Texts[unit.Name]);
        }

        return shared.Find();
    }

    public static SharedHits Find(Roster roster, IReadOnlySet<EntityId> protectedIds, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        foreach (var row in PersonScan.Where(roster.Persons.Count, values, (row, scan, line) =>
            !protectedIds.Contains(roster.Persons[row].Id) && IsFound(scan, line, roster.Persons[row].Texts, roster.Texts)))
        {
            shared.Add(roster.Persons[row].Id, roster.Persons[row].Texts, roster.Texts);
        }

        foreach (ref readonly var unit in values.IsEmpty ? [] : roster.Units.Rows)
        {
            shared._words.AddWithin(roster[unit.Name]);
        }

        return shared.Find();
    }

    /// <summary>Who has a protected person's login, school address or number is that person under another id, unless a crowd has it.</summary>
    private SharedHits Find()
    {
        _bearings.RemoveAll(bearing => _words.Found.Contains(_hits[bearing.Hit].Word));
        var (crowded, same, own) = (Crowded(), new BitArray(_people.Count), new HashSet<RowHit>());
        foreach (ref readonly var bearing in _bearings.Rows)
        {
            same[bearing.Person] |= IsIdentity(_hits[bearing.Hit]) && !crowded.Contains(_hits[bearing.Hit].Anywhere);
        }

        foreach (ref readonly var bearing in _bearings.Rows)
        {
            _ = bearing.IsOwn && !same[bearing.Person] && own.Add(_hits[bearing.Hit].Anywhere);
        }

        var (surprising, spared) = (crowded.Where(hit => hit.Kind is PersonalKind.Name or PersonalKind.LocalPart && !own.Contains(hit)).ToHashSet(), new HashSet<EntityId>());
        foreach (ref readonly var bearing in _bearings.Rows)
        {
            _ = surprising.Contains(_hits[bearing.Hit].Anywhere) && spared.Add(_people[bearing.Person]);
        }

        return new SharedHits([.. own, .. crowded], _words.Found, [.. spared.Order()]);
    }

    /// <summary>What more people have than one human is kept as.</summary>
    private HashSet<RowHit> Crowded()
    {
        var bearers = new Dictionary<RowHit, HashSet<EntityId>>();
        foreach (ref readonly var bearing in _bearings.Rows)
        {
            ref var people = ref CollectionsMarshal.GetValueRefOrAddDefault(bearers, _hits[bearing.Hit].Anywhere, out _);
            people ??= [];
            _ = people.Count <= Crowd.MostRecords && people.Add(_people[bearing.Person]);
        }

        return bearers.Where(entry => entry.Value.Count > Crowd.MostRecords).Select(entry => entry.Key).ToHashSet();
    }

    private static bool IsFound(RowScan scan, PersonLine line, PersonTexts texts, TextHeap heap)
    {
        line.Write(texts, heap);
        return scan.Find(line.Row).Count > 0;
    }

    private void Add(EntityId id, PersonTexts texts, TextHeap heap)
    {
        _line.Write(texts, heap);
        RowHit[] hits = [.. _scan.Find(_line.Row)];
        _words.AddExplained(hits, _line.Row, () => new OwnName(texts, heap));
        var ofOneField = OfOneField(texts, heap);
        foreach (var hit in hits)
        {
            _bearings.Add(new Bearing(_people.Count, NumberOf(hit with { Position = 0 }), IsOwn(hit) && !ofOneField.Contains(hit.Anywhere)));
        }

        _people.Add(id);
    }

    private int NumberOf(RowHit hit)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, hit, out var isKnown);
        if (!isKnown)
        {
            number = _hits.Count;
            _hits.Add(hit);
        }

        return number;
    }

    /// <summary>
    /// Who is called by the whole name of somebody in one field, and otherwise in the other, is no namesake but somebody about that person: an account for
    /// "Support Alva Berglund".
    /// </summary>
    private List<RowHit> OfOneField(PersonTexts texts, TextHeap heap) => texts.GivenName.Length == 0 || texts.FamilyName.Length == 0
        ? []
        : new[] { texts.GivenName, texts.MiddleName, texts.FamilyName }
            .SelectMany(field => Anywhere(_scan.FindInText(heap[field]).Where(hit => hit.Kind == PersonalKind.Name))).ToList();

    private bool IsOwn(RowHit hit) => hit.Kind switch
    {
        PersonalKind.Name => hit.Position < _line.EndOfNames,
        PersonalKind.PrivateEmail => hit.Position >= _line.StartOfPrivate,
        PersonalKind.LocalPart => true,
        _ => false,
    };

    private static bool IsIdentity(RowHit hit) =>
        hit.Kind is PersonalKind.UserName or PersonalKind.Email or PersonalKind.CivicNumber or PersonalKind.Identifier;

    private static List<RowHit> Anywhere(IEnumerable<RowHit> hits) => [.. hits.Select(hit => hit.Anywhere).Distinct()];

    private readonly record struct Bearing(int Person, int Hit, bool IsOwn);
}
