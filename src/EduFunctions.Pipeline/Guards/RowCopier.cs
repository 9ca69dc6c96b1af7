using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Carries rows of two rosters into a third: texts, numbers of enumerations, and the units and syllabuses they refer to. All that tonight's roster has
/// of these is taken, and of the earlier one what its rows need.
/// </summary>
internal sealed class RowCopier
{
    private readonly Roster _before;
    private readonly Roster _now;
    private readonly TextChunk _personTexts;
    private readonly TextChunk _otherTexts;
    private readonly Alignment _units;
    private readonly Alignment _syllabuses;
    private readonly bool[] _isUnitNeeded;
    private readonly bool[] _isSyllabusNeeded;
    private readonly int[] _schoolTypes;
    private readonly int[] _groupTypes;
    private readonly int[] _dutyRoles;
    private readonly int[] _contexts;

    public RowCopier(Roster before, Roster now)
    {
        (_before, _now) = (before, now);
        _personTexts = TextChunk.From(Rosters.Roster.PersonTexts, now.Texts.Chunk(Rosters.Roster.PersonTexts).ToArray());
        _otherTexts = TextChunk.From(Rosters.Roster.OtherTexts, now.Texts.Chunk(Rosters.Roster.OtherTexts).ToArray());
        _units = Alignment.Of(before.Units, now.Units, static (in row) => row.Id);
        _syllabuses = Alignment.Of(before.Syllabuses, now.Syllabuses, static (in row) => row.Id);
        _isUnitNeeded = new bool[_units.Count];
        _isSyllabusNeeded = new bool[_syllabuses.Count];
        var words = new RosterVocabulary(
            Joined(now.Vocabulary.SchoolTypes, before.Vocabulary.SchoolTypes), Joined(now.Vocabulary.GroupTypes, before.Vocabulary.GroupTypes),
            Joined(now.Vocabulary.DutyRoles, before.Vocabulary.DutyRoles), Joined(now.Vocabulary.IdentifierContexts, before.Vocabulary.IdentifierContexts));
        _schoolTypes = RowComparison.Numbers(before.Vocabulary.SchoolTypes, words.SchoolTypes);
        _groupTypes = RowComparison.Numbers(before.Vocabulary.GroupTypes, words.GroupTypes);
        _dutyRoles = RowComparison.Numbers(before.Vocabulary.DutyRoles, words.DutyRoles);
        _contexts = RowComparison.Numbers(before.Vocabulary.IdentifierContexts, words.IdentifierContexts);
        Roster = new Roster { Vocabulary = words };
        Roster.Protected.Add(now.Protected.Rows);
        Roster.KeysOnly.Add(now.KeysOnly.Rows);
    }

    /// <summary>Until <see cref="Complete"/>, what its rows say of units and syllabuses are ranks.</summary>
    public Roster Roster { get; }

    public int SchoolType(int number, bool isBefore) => isBefore ? _schoolTypes[number] : number;

    public int DutyRole(int number, bool isBefore) => isBefore ? _dutyRoles[number] : number;

    public int IdentifierContext(int number, bool isBefore) => isBefore ? _contexts[number] : number;

    public Text Text(Text text, bool isBefore) => isBefore ? _otherTexts.Add(_before[text]) : text;

    public RosterPerson Person(RosterPerson person, bool isBefore)
    {
        if (isBefore)
        {
            person.Texts = person.Texts.CopiedTo(_personTexts, _before.Texts);
        }

        return person;
    }

    public RosterSection Section(RosterSection section, bool isBefore) => section with
    {
        Name = Text(section.Name, isBefore),
        Unit = Unit(section.Unit, isBefore),
        Syllabus = Syllabus(section.Syllabus, isBefore),
        GroupType = isBefore ? _groupTypes[section.GroupType] : section.GroupType,
    };

    public int Unit(int row, bool isBefore)
    {
        var rank = isBefore ? _units.RankBefore[row] : _units.RankNow[row];
        _isUnitNeeded[rank] |= isBefore;
        return rank;
    }

    /// <summary>Adds units and syllabuses and puts their rows in the places of their ranks.</summary>
    public void Complete()
    {
        var units = Rows(_units, _isUnitNeeded, (row, isBefore) => Roster.Units.Add(isBefore ? Unit(_before.Units[row]) : _now.Units[row]), isNowBetter: true);
        var syllabuses = Rows(
            _syllabuses, _isSyllabusNeeded, (row, isBefore) => Roster.Syllabuses.Add(isBefore ? Syllabus(_before.Syllabuses[row]) : _now.Syllabuses[row]),
            isNowBetter: false);
        foreach (ref var place in Roster.StudentUnits.Rows)
        {
            place.Unit = units[place.Unit];
        }

        foreach (ref var place in Roster.StaffUnits.Rows)
        {
            place.Unit = units[place.Unit];
        }

        foreach (ref var section in Roster.Sections.Rows)
        {
            section.Unit = units[section.Unit];
            section.Syllabus = section.Syllabus < 0 ? -1 : syllabuses[section.Syllabus];
        }

        Roster.Texts.Add(_personTexts);
        Roster.Texts.Add(_otherTexts);
    }

    /// <summary>By rank: the row in the new table. A unit is as tonight has it; a syllabus as the sections that stay have it.</summary>
    private static int[] Rows(Alignment ranks, bool[] isNeeded, Action<int, bool> add, bool isNowBetter)
    {
        var rows = new int[ranks.Count];
        for (var (rank, next) = (0, 0); rank < rows.Length; rank++)
        {
            var (before, now) = (ranks.Before(rank), ranks.Now(rank));
            var isBefore = isNeeded[rank] && (now < 0 || !isNowBetter);
            if (isBefore || now >= 0)
            {
                add(isBefore ? before : now, isBefore);
                rows[rank] = next++;
            }
        }

        return rows;
    }

    private RosterUnit Unit(RosterUnit unit) => unit with
    {
        Name = Text(unit.Name, true),
        SchoolUnitCode = Text(unit.SchoolUnitCode, true),
        SchoolTypes = SchoolTypes(unit.SchoolTypes),
    };

    private int Syllabus(int row, bool isBefore)
    {
        if (row < 0)
        {
            return -1;
        }

        var rank = isBefore ? _syllabuses.RankBefore[row] : _syllabuses.RankNow[row];
        _isSyllabusNeeded[rank] |= isBefore;
        return rank;
    }

    private RosterSyllabus Syllabus(RosterSyllabus syllabus) => syllabus with
    {
        SubjectCode = Text(syllabus.SubjectCode, true),
        SubjectName = Text(syllabus.SubjectName, true),
        CourseCode = Text(syllabus.CourseCode, true),
        CourseName = Text(syllabus.CourseName, true),
    };

    private ulong SchoolTypes(ulong set)
    {
        var types = 0UL;
        for (var number = 1; number < Math.Min(64, _schoolTypes.Length); number++)
        {
            types |= (set >> number & 1) == 0 ? 0 : SchoolTypeSet.Of((byte)Math.Min(byte.MaxValue, _schoolTypes[number]));
        }

        return types;
    }

    private static List<string> Joined(IReadOnlyList<string> now, IReadOnlyList<string> before) => [.. now, .. before.Except(now)];
}
