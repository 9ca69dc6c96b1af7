using System.Collections;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Who and what of a roster can stand in the feed: people who have something to do with a school of it, and classes of such schools.</summary>
internal sealed class UnikumChoice(Roster roster, UnikumSettings settings)
{
    private readonly UnikumText _text = new(settings);
    private readonly FindingLog _findings = new();

    public FeedSelection Choose()
    {
        var schools = Schools(roster, settings, (code, unit) => _findings.Add(code, EntityKind.Unit, roster.Units[unit].Id));
        var people = new UnikumPeople(
            roster, settings, WithSchool(schools), (code, person) => _findings.Add(code, EntityKind.Person, roster.Persons[person].Id));
        var classes = Classes(
            roster, settings, roster.SectionsOf(settings.GroupTypes), schools, (code, row) => _findings.Add(code, EntityKind.Group, roster.Sections[row].Group));
        return new FeedSelection(Persons(people), classes, _findings);
    }

    /// <summary>By row of the units: whether the file can have it.</summary>
    public static BitArray Schools(Roster roster, UnikumSettings settings, Action<string, int> report)
    {
        var (forms, text) = (new SchoolForms(roster, settings), new UnikumText(settings));
        var schools = new BitArray(roster.Units.Count);
        for (var row = 0; row < schools.Count; row++)
        {
            ref readonly var unit = ref roster.Units[row];
            var refusal = forms.Of(unit).IsEmpty ? UnikumFindings.SchoolFormUnknown : text.Refusal(roster[unit.Name], UnikumFindings.NameMissing);
            schools[row] = refusal is null;
            if (refusal is not null)
            {
                report(refusal, row);
            }
        }

        return schools;
    }

    /// <summary>By row of the sections: whether the file can have it.</summary>
    public static BitArray Classes(Roster roster, UnikumSettings settings, BitArray wanted, BitArray schools, Action<string, int> report)
    {
        var (names, text) = (new SectionNames(roster, UnikumObjects.ClassName, new CleanText()), new UnikumText(settings));
        var classes = new BitArray(wanted);
        for (var row = 0; row < classes.Count; row++)
        {
            ref readonly var section = ref roster.Sections[row];
            classes[row] &= schools[section.Unit];
            if (classes[row] && text.Refusal(names.Of(section), UnikumFindings.ClassNameMissing) is { } refusal)
            {
                classes[row] = false;
                report(refusal, row);
            }
        }

        return classes;
    }

    /// <summary>Students and staff of a school, and guardians of such students.</summary>
    private BitArray WithSchool(BitArray schools)
    {
        var (students, staff) = (At(schools, roster.StudentUnits), At(schools, roster.StaffUnits));
        var all = new BitArray(students).Or(staff);
        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            all[pair.Guardian] |= students[pair.Student];
        }

        return all;
    }

    private BitArray At(BitArray schools, Table<PersonUnit> places)
    {
        var persons = new BitArray(roster.Persons.Count);
        foreach (ref readonly var place in places.Rows)
        {
            persons[place.Person] |= schools[place.Unit];
        }

        return persons;
    }

    /// <summary>A guardian comes with a student who can stand in the feed.</summary>
    private BitArray Persons(UnikumPeople people)
    {
        var persons = new BitArray(roster.Persons.Count);
        Mark(persons, people, roster.StudentUnits);
        Mark(persons, people, roster.StaffUnits);
        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            persons[pair.Guardian] |= people.Has(pair.Guardian) && people.Has(pair.Student);
        }

        for (var row = 0; row < persons.Count; row++)
        {
            if (persons[row] && EmailRefusal(roster[PersonEmail.Of(roster.Persons[row])]) is { } refusal)
            {
                _findings.Add(refusal, EntityKind.Person, roster.Persons[row].Id);
            }
        }

        return persons;
    }

    /// <summary>Why an address is left empty; null for one that stands in the file.</summary>
    private string? EmailRefusal(ReadOnlySpan<byte> email) =>
        !_text.TryClean(email, out var clean) ? UnikumFindings.ValueNotEncodable
        : UnikumLimits.IsTooLong(clean) || PlainText.IsFormula(email) || (!clean.IsEmpty && !EmailAddress.Is(clean)) ? UnikumFindings.ValueRefused
        : null;

    private static void Mark(BitArray persons, UnikumPeople people, Table<PersonUnit> places)
    {
        foreach (ref readonly var place in places.Rows)
        {
            persons[place.Person] |= people.Has(place.Person);
        }
    }
}
