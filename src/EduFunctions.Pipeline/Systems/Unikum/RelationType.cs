using System.Text;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>What an id names.</summary>
internal enum ObjectKind
{
    School,
    Class,
    User,
    Organisation,
}

/// <summary>A kind of relation: its name in the file, and what stands on its two sides.</summary>
internal sealed class RelationType(string name, ObjectKind subject, ObjectKind @object)
{
    public static RelationType SchoolInOrganisation { get; } = new("school_in_org", ObjectKind.School, ObjectKind.Organisation);

    public static RelationType ClassInSchool { get; } = new("class_in_school", ObjectKind.Class, ObjectKind.School);

    public static RelationType StaffInSchool { get; } = new("staff_in_school", ObjectKind.User, ObjectKind.School);

    public static RelationType StudentInSchool { get; } = new("student_in_school", ObjectKind.User, ObjectKind.School);

    public static RelationType GuardianInSchool { get; } = new("external_user_in_school", ObjectKind.User, ObjectKind.School);

    public static RelationType StudentInClass { get; } = new("student_in_class", ObjectKind.User, ObjectKind.Class);

    public static RelationType TeacherInClass { get; } = new("teacher_in_class", ObjectKind.User, ObjectKind.Class);

    public static RelationType GuardianFor { get; } = new("guardian_for", ObjectKind.User, ObjectKind.User);

    public static RelationType MentorFor { get; } = new("mentor_for", ObjectKind.User, ObjectKind.User);

    public static RelationType AdministratorFor { get; } = new("administrator_for", ObjectKind.User, ObjectKind.School);

    /// <summary>In the order in which they are added; removed in the reverse one. There are ten, so that a digit tells which.</summary>
    public static IReadOnlyList<RelationType> All { get; } =
    [
        SchoolInOrganisation, ClassInSchool, StaffInSchool, StudentInSchool, GuardianInSchool, StudentInClass, TeacherInClass, GuardianFor, MentorFor,
        AdministratorFor,
    ];

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public ObjectKind Subject => subject;

    public ObjectKind Object => @object;

    /// <summary>The number of the type of this name, -1 for no type.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        for (var number = 0; number < All.Count; number++)
        {
            if (name.SequenceEqual(All[number].Name))
            {
                return number;
            }
        }

        return -1;
    }
}
