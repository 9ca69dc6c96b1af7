using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Puts the institutions' rows together, in their order. Who stands in several places is one person, with whatever marking is the strictest.</summary>
internal sealed class InstitutionJoin
{
    /// <summary>Of the chunk for texts put together from several copies.</summary>
    private const ushort JoinedTexts = ushort.MaxValue - 1;

    private readonly SourceData _whole;
    private readonly Dictionary<EntityId, int> _persons = [];
    private readonly TextChunk _joined = TextChunk.Empty(JoinedTexts);
    private readonly PersonDraft _draft = new();

    public InstitutionJoin(SourceData whole)
    {
        _whole = whole;
        whole.Texts.Add(_joined);
    }

    public void Add(SourceData institution)
    {
        _whole.Texts.Add(institution.Texts);
        var persons = JoinPersons(institution);
        var (units, groups, duties) = (_whole.Units.Count, _whole.Groups.Count, _whole.Duties.Count);
        _whole.Units.Add(institution.Units);
        foreach (ref var row in institution.Groups.Rows)
        {
            row.Unit = units;
        }

        _whole.Groups.Add(institution.Groups);
        foreach (ref var row in institution.SchoolPlacements.Rows)
        {
            (row.Person, row.Unit) = (persons[row.Person], units);
        }

        _whole.SchoolPlacements.Add(institution.SchoolPlacements.Rows);
        foreach (ref var row in institution.Duties.Rows)
        {
            (row.Person, row.Unit) = (persons[row.Person], units);
        }

        _whole.Duties.Add(institution.Duties);
        foreach (ref var row in institution.Memberships.Rows)
        {
            (row.Group, row.Person) = (row.Group + groups, persons[row.Person]);
        }

        _whole.Memberships.Add(institution.Memberships.Rows);
        foreach (ref var row in institution.GroupTeachers.Rows)
        {
            (row.Group, row.Duty) = (row.Group + groups, row.Duty + duties);
        }

        _whole.GroupTeachers.Add(institution.GroupTeachers.Rows);
        foreach (ref var row in institution.Responsibles.Rows)
        {
            row.Student = persons[row.Student];
        }

        _whole.Responsibles.Add(institution.Responsibles.Rows);
        foreach (ref var row in institution.Identifiers.Rows)
        {
            row.Person = persons[row.Person];
        }

        _whole.Identifiers.Add(institution.Identifiers.Rows);
        _whole.MarkedIdentities.Add(institution.MarkedIdentities.Rows);
        _whole.Markings.Add(institution.Markings.Rows);
        foreach (var marking in institution.StrangeMarkings.Values)
        {
            _whole.Note(marking);
        }

        _whole.Findings.Add(institution.Findings);
        _whole.Doubts.Add(institution.Doubts.Rows);
        _whole.Misread.AddRange(institution.Misread);
    }

    /// <summary>By row of the institution's persons: the row in the _whole.</summary>
    private int[] JoinPersons(SourceData institution)
    {
        var rows = new int[institution.Persons.Count];
        for (var copy = 0; copy < rows.Length; copy++)
        {
            var id = institution.Persons.Id(copy);
            if (_persons.TryGetValue(id, out rows[copy]))
            {
                Join(id, ref _whole.Persons[rows[copy]], institution.Persons[copy]);
                continue;
            }

            rows[copy] = _persons[id] = _whole.Persons.Count;
            _whole.Persons.Add(id, institution.Persons[copy]);
        }

        return rows;
    }

    /// <summary>What the later copy says counts, where it says anything.</summary>
    private void Join(EntityId id, ref PersonRow person, in PersonRow copy)
    {
        if (person.Identity.IsEmpty)
        {
            person.Identity = copy.Identity;
        }
        else if (!copy.Identity.IsEmpty && copy.Identity != person.Identity)
        {
            _whole.FurtherIdentities.Add(new FurtherIdentity(id, copy.Identity.CivicNumber));
        }

        person.BirthDate = person.BirthDate == 0 ? copy.BirthDate : person.BirthDate;
        person.Texts = person.Texts.Equal(copy.Texts, _whole.Texts, _whole.Texts) ? person.Texts : Join(person.Texts, copy.Texts);
        person.OwnMarking = person.OwnMarking > copy.OwnMarking ? person.OwnMarking : copy.OwnMarking;
        person.IsMarkingRespelled |= copy.IsMarkingRespelled;
        person.Facts |= copy.Facts;
    }

    private PersonTexts Join(in PersonTexts earlier, in PersonTexts later)
    {
        _draft.Clear();
        foreach (var text in Enum.GetValues<PersonText>())
        {
            _draft.Set(text, _whole.Texts[later[text].IsEmpty ? earlier[text] : later[text]]);
        }

        return _draft.AddTo(_joined);
    }
}
