using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// What would be found although it tells nothing of a protected person: a name that somebody else has too, a family's mail address, an address or login that a
/// crowd has. Found by the scan itself, so that nobody who is not protected is left out for it. Asked of every night that rows come from: the namesake who leaves
/// is in yesterday's roster only.
/// </summary>
internal sealed class SharedValues
{
    private readonly RowScan _scan;
    private readonly PersonLine _line = new();
    private readonly List<(List<RowHit> Own, List<RowHit> Identities)> _people = [];

    private SharedValues(ProtectedValues values) => _scan = new RowScan(values);

    public static IReadOnlyCollection<RowHit> Find(SourceData data, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        for (var row = 0; row < data.Persons.Count && !values.IsEmpty; row++)
        {
            if (!data.ProtectedIds.Contains(data.Persons.Id(row)))
            {
                shared.Add(data.Persons[row].Texts, data.Texts);
            }
        }

        return shared.Find();
    }

    public static IReadOnlyCollection<RowHit> Find(Roster roster, IReadOnlySet<EntityId> protectedIds, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        foreach (ref readonly var person in values.IsEmpty ? [] : roster.Persons.Rows)
        {
            if (!protectedIds.Contains(person.Id))
            {
                shared.Add(person.Texts, roster.Texts);
            }
        }

        return shared.Find();
    }

    /// <summary>Who has a protected person's login, school address or number is that person under another id, unless a crowd has it.</summary>
    private HashSet<RowHit> Find()
    {
        var crowded = _people.SelectMany(person => person.Identities).CountBy(hit => hit).Where(hit => hit.Value > Crowd.MostRecords).Select(hit => hit.Key).ToHashSet();
        return [.. _people.Where(person => person.Identities.TrueForAll(crowded.Contains)).SelectMany(person => person.Own), .. crowded];
    }

    private void Add(PersonTexts texts, TextHeap heap)
    {
        _line.Write(texts, heap);
        RowHit[] hits = [.. _scan.Find(_line.Row)];
        if (hits.Length > 0)
        {
            _people.Add(([.. Anywhere(hits.Where(IsOwn)).Except(OfOneField(texts, heap))], Anywhere(hits.Where(IsIdentity))));
        }
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
}
