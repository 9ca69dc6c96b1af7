using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Classes, their subjects and mentor groups, the staff's own group, and the special ones.</summary>
internal sealed class GroupWriter(WorldLayout layout, WorldIds ids, PersonReferences references)
{
    private readonly MembershipWriter _members = new(layout, ids, references);

    public int Count => layout.Groups.Total;

    public void Write(int index, Utf8JsonWriter writer)
    {
        var (schoolIndex, number) = layout.Groups.Locate(index);
        var school = layout.Schools[schoolIndex];
        writer.WriteStartObject();
        writer.WriteHead(ids.Group(school, number), layout.Calendar, index);
        if (layout.Options.ExtensFlags)
        {
            writer.WriteString("tillLms", number % 10 == 3 ? "N" : "Y");
        }

        if (number >= school.FirstSpecialGroup)
        {
            WriteSpecial(school, (SpecialGroup)(number - school.FirstSpecialGroup), writer);
        }
        else if (number == school.StaffGroup)
        {
            WriteFacts("Personal", "Personalgrupp", school, null, writer);
            _members.WriteStaff(school, writer);
        }
        else
        {
            WriteOfClass(school, number, writer);
        }

        writer.WriteEndObject();
    }

    private void WriteOfClass(SchoolLayout school, int number, Utf8JsonWriter writer)
    {
        if (number >= school.FirstMentorGroup)
        {
            WriteClass("Mentor ", "Mentor", school, number - school.FirstMentorGroup, writer);
        }
        else if (number >= school.FirstTeachingGroup)
        {
            var (classNumber, subject) = Math.DivRem(number - school.FirstTeachingGroup, school.Kind.Subjects);
            WriteFacts($"{SyllabusWriter.SubjectCode(subject)} {school.ClassName(classNumber)}", "Undervisning", school, classNumber, writer);
            _members.WriteClass(school, classNumber, withDates: true, writer);
        }
        else if (school.Kind != SchoolKind.Preschool)
        {
            WriteClass("", "Klass", school, number, writer);
        }
        else if (number % 2 == 0)
        {
            WriteClass("Avdelning ", "Avdelning", school, number, writer);
        }
        else
        {
            // Its members are only known through their placements.
            WriteFacts($"Avdelning {school.ClassName(number)}", "Avdelning", school, number, writer);
        }
    }

    private void WriteClass(string prefix, string type, SchoolLayout school, int classNumber, Utf8JsonWriter writer)
    {
        WriteFacts(prefix + school.ClassName(classNumber), type, school, classNumber, writer);
        _members.WriteClass(school, classNumber, withDates: false, writer);
    }

    private void WriteFacts(string name, string type, SchoolLayout school, int? classNumber, Utf8JsonWriter writer)
    {
        writer.WriteString("displayName", name);
        writer.WriteString("groupType", type);
        writer.WriteOptional("schoolType", classNumber is { } known ? school.Kind.SchoolTypeOf(school.YearOf(known)) : null);
        writer.WriteReference("organisation", ids.Unit(school));
        writer.WritePeriod(layout.Calendar.SchoolYear);
    }

    private void WriteSpecial(SchoolLayout school, SpecialGroup special, Utf8JsonWriter writer)
    {
        writer.WriteString("displayName", $"Grupp {(int)special}");
        writer.WriteString("groupType", TypeOf(special));
        writer.WriteReference("organisation", special == SpecialGroup.AtClosedUnit ? ids.Unit(SpecialUnit.Closed) : ids.Unit(school));
        writer.WritePeriod(PeriodOf(special));
        if (special != SpecialGroup.Empty)
        {
            _members.WriteSpecial(school, withMissing: special == SpecialGroup.UnknownMember, writer);
        }
    }

    private static string TypeOf(SpecialGroup special) => special switch
    {
        SpecialGroup.Test => "Provgrupp",
        SpecialGroup.Schedule => "Schema",
        SpecialGroup.Other => "Övrigt",
        SpecialGroup.UnknownType => "Projekt",
        >= SpecialGroup.WithoutActivity => "Undervisning",
        _ => "Klass",
    };

    private Period PeriodOf(SpecialGroup special) => special switch
    {
        SpecialGroup.EndedClass => layout.Calendar.LongAgo,
        SpecialGroup.EndedRecently => layout.Calendar.Recent,
        SpecialGroup.FutureClass => layout.Calendar.Later,
        SpecialGroup.WithoutStart => new Period(null),
        SpecialGroup.InvalidDate => layout.Calendar.Invalid,
        _ => layout.Calendar.SchoolYear,
    };
}
