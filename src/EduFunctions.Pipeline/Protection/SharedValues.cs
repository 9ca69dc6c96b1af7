using System.Buffers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// What would be found although it tells nothing of a protected person: a name that somebody else has too, a family's mail address. Found by the scan itself,
/// so that nobody who is not protected is left out for it. Asked of every night that rows come from: the namesake who leaves is in yesterday's roster only.
/// </summary>
internal sealed class SharedValues
{
    private readonly RowScan _scan;
    private readonly HashSet<RowHit> _shared = [];
    private readonly HashSet<RowHit> _own = [];
    private readonly ArrayBufferWriter<byte> _names = new();

    private SharedValues(ProtectedValues values) => _scan = new RowScan(values);

    public static IReadOnlyCollection<RowHit> Find(SourceData data, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        for (var row = 0; row < data.Persons.Count; row++)
        {
            if (!data.ProtectedIds.Contains(data.Persons.Id(row)))
            {
                shared.Add(data.Persons[row].Texts, data.Texts);
            }
        }

        return shared._shared;
    }

    public static IReadOnlyCollection<RowHit> Find(Roster roster, IReadOnlySet<EntityId> protectedIds, ProtectedValues values)
    {
        var shared = new SharedValues(values);
        foreach (ref readonly var person in roster.Persons.Rows)
        {
            if (!protectedIds.Contains(person.Id))
            {
                shared.Add(person.Texts, roster.Texts);
            }
        }

        return shared._shared;
    }

    private void Add(PersonTexts texts, TextHeap heap)
    {
        _own.Clear();
        _names.ResetWrittenCount();
        Write(heap[texts.GivenName]);
        Write(heap[texts.MiddleName]);
        Write(heap[texts.FamilyName]);
        Note(_names.WrittenSpan, PersonalKind.Name);
        Note(heap[texts.PrivateEmail], PersonalKind.PrivateEmail);
        if (_own.Count > 0 && !IsSomebodyProtected(texts, heap))
        {
            _shared.UnionWith(_own);
        }
    }

    /// <summary>Who has a protected person's login, school address or number is that person under another id.</summary>
    private bool IsSomebodyProtected(PersonTexts texts, TextHeap heap) =>
        Has(heap[texts.PrincipalName], PersonalKind.UserName)
        || Has(heap[texts.StudentEmail], PersonalKind.Email)
        || Has(heap[texts.StaffEmail], PersonalKind.Email)
        || Has(heap[texts.CivicNumber], PersonalKind.CivicNumber);

    private bool Has(ReadOnlySpan<byte> text, PersonalKind kind) => _scan.Find(text).Any(hit => hit.Kind == kind);

    private void Note(ReadOnlySpan<byte> text, PersonalKind kind)
    {
        var hits = _scan.Find(text);
        for (var i = 0; i < hits.Count; i++)
        {
            if (hits[i].Kind == kind)
            {
                _own.Add(hits[i].Anywhere);
            }
        }
    }

    private void Write(ReadOnlySpan<byte> name)
    {
        _names.Write(name);
        _names.Write(" "u8);
    }
}
