using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Gives schools, groups and courses whose names would name a protected person neutral ones, before any feed is made of the roster: a group's name keeps
/// nobody out. What was there is not left behind in the roster either.
/// </summary>
internal sealed class NeutralNames(Roster roster, ProtectedValues values, NeutralWords words)
{
    private const string ClassType = "Klass";

    private readonly RowScan _scan = new(values);
    private readonly TellingText _telling = new(new RowScan(values));
    private readonly FindingLog _findings = new();
    private readonly HashSet<EntityId> _found = [];
    private readonly List<Text> _replaced = [];

    /// <returns>What was replaced, by id.</returns>
    public static FindingLog Apply(Roster roster, ProtectedValues values, NeutralWords words)
    {
        var neutral = new NeutralNames(roster, values, words);
        if (!values.IsEmpty)
        {
            neutral.Apply();
        }

        return neutral._findings;
    }

    /// <summary>Whether a school, group or course has a name that tells.</summary>
    public static bool AnyIn(Roster roster, ProtectedValues values)
    {
        if (values.IsEmpty)
        {
            return false;
        }

        var telling = new TellingText(new RowScan(values));
        return roster.Units.Rows.ToArray().Any(unit => Is(unit.Name) || Is(unit.SchoolUnitCode))
            || roster.Sections.Rows.ToArray().Any(section => Is(section.Name))
            || roster.Syllabuses.Rows.ToArray().Any(syllabus => new[] { syllabus.SubjectName, syllabus.CourseName, syllabus.SubjectCode, syllabus.CourseCode }.Any(Is));

        bool Is(Text name) => telling.Is(roster[name]);
    }

    private void Apply()
    {
        foreach (ref var unit in roster.Units.Rows)
        {
            Replace(ref unit.Name, EntityKind.Unit, words.School, unit.Id);
            Replace(ref unit.SchoolUnitCode, EntityKind.Unit, "", unit.Id);
        }

        foreach (ref var section in roster.Sections.Rows)
        {
            Replace(ref section.Name, EntityKind.Group, IsClass(section) ? words.Class : words.Group, section.Group);
            ReplaceBeside(ref section);
        }

        foreach (ref var syllabus in roster.Syllabuses.Rows)
        {
            Replace(ref syllabus.SubjectName, EntityKind.Syllabus, words.Course, syllabus.Id);
            Replace(ref syllabus.CourseName, EntityKind.Syllabus, words.Course, syllabus.Id);
            Replace(ref syllabus.SubjectCode, EntityKind.Syllabus, "", syllabus.Id);
            Replace(ref syllabus.CourseCode, EntityKind.Syllabus, "", syllabus.Id);
        }

        // Only now: several may share one text.
        foreach (var text in _replaced)
        {
            roster.Texts.Chunk(text.Chunk).Slice(text.Start, text.Length).Fill((byte)' ');
        }
    }

    private bool IsClass(in RosterSection section) => roster.Vocabulary.GroupTypes[section.GroupType] == ClassType;

    /// <param name="kind">The word before the short id; empty leaves nothing of the value.</param>
    private void Replace(ref Text name, EntityKind entity, string kind, EntityId id)
    {
        if (_telling.Is(roster[name]))
        {
            Neutralise(ref name, entity, kind, id);
        }
    }

    /// <summary>A name that tells only in a row with the id, which some registers make of texts.</summary>
    private void ReplaceBeside(ref RosterSection section)
    {
        if (section.Id.IsText && _scan.Find([.. Encoding.UTF8.GetBytes(section.Id.ToString()), (byte)'\t', .. WholeValue.Of(roster[section.Name])]).Count > 0)
        {
            Neutralise(ref section.Name, EntityKind.Group, IsClass(section) ? words.Class : words.Group, section.Group);
        }
    }

    private void Neutralise(ref Text name, EntityKind entity, string kind, EntityId id)
    {
        _replaced.Add(name);
        name = kind.Length == 0 ? default : roster.Texts.Add(Roster.OtherTexts, Encoding.UTF8.GetBytes($"{kind} {NeutralWords.ShortId(id)}"));
        if (_found.Add(id))
        {
            _findings.Add(FindingCodes.NameTelling, entity, id);
        }
    }
}

/// <summary>What kinds of things are called in the tenant's language.</summary>
internal sealed record NeutralWords(string School, string Class, string Group, string Course)
{
    private const int ShortIdLength = 8;

    public static NeutralWords Swedish { get; } = new("Skola", "Klass", "Grupp", "Kurs");

    public static NeutralWords Danish { get; } = new("Skole", "Klasse", "Hold", "Fag");

    /// <summary>Of what a target has, and of which no more is known than its id.</summary>
    public NeutralNaming Names => new(id => $"{School} {ShortId(id)}", id => $"{Group} {ShortId(id)}");

    /// <summary>The register's own language.</summary>
    public static NeutralWords Of(Tenant tenant) => tenant.Source.Language == "da" ? Danish : Swedish;

    /// <summary>The beginning of an id, or of a digest of one that is a text and may say something itself.</summary>
    public static string ShortId(EntityId id) => (id.IsText ? Hash.Of(id.ToString()) : id.ToString())[..ShortIdLength];
}
