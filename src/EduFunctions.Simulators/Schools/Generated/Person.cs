namespace EduFunctions.Simulators.Schools.Generated;

internal enum Role
{
    Student,
    Guardian,
    Staff,
}

/// <summary>One person: the number so-and-so among the students, guardians or staff of a school.</summary>
internal readonly record struct Person(SchoolLayout School, Role Role, int Number)
{
    public int NumberInSchool => Role switch
    {
        Role.Student => Number,
        Role.Guardian => School.Students + Number,
        _ => School.Students + School.Guardians + Number,
    };

    public static Person At(SchoolLayout school, int numberInSchool)
    {
        var afterStudents = numberInSchool - school.Students;
        var afterGuardians = afterStudents - school.Guardians;
        return afterStudents < 0 ? new Person(school, Role.Student, numberInSchool)
            : afterGuardians < 0 ? new Person(school, Role.Guardian, afterStudents)
            : new Person(school, Role.Staff, afterGuardians);
    }
}
