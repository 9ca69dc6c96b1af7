namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>How large one school is, and in which order its groups, activities, duties and placements are numbered.</summary>
internal sealed class SchoolLayout(int index, int persons)
{
    private const int ClassSize = 25;
    private const int SchoolsPerSpecialOne = 8;
    private static readonly int SpecialGroupKinds = Enum.GetValues<SpecialGroup>().Length;
    private static readonly int SpecialActivityKinds = Enum.GetValues<SpecialActivity>().Length;

    public int Index { get; } = index;

    public SchoolKind Kind { get; } = SchoolKind.Of(index);

    public int Persons => persons;

    public int Students { get; } = persons * 45 / 100;

    public int Guardians => Students;

    public int Staff => Persons - Students - Guardians;

    public int Classes => (Students + ClassSize - 1) / ClassSize;

    public bool IsSpecial => Index % SchoolsPerSpecialOne == 0;

    // Groups: the classes, what they are taught, their mentor groups, the staff's own group, the special ones.
    public int FirstTeachingGroup => Classes;

    public int FirstMentorGroup => FirstTeachingGroup + TaughtGroups;

    public int StaffGroup => FirstMentorGroup + (Kind.HasSubjects ? Classes : 0);

    public int FirstSpecialGroup => StaffGroup + 1;

    public int Groups => FirstSpecialGroup + (IsSpecial ? SpecialGroupKinds : 0);

    public int TaughtGroups => Classes * Kind.Subjects;

    // Activities: one per teaching group, or per class where there are no subjects; then the special ones.
    public int OrdinaryActivities => Kind.HasSubjects ? TaughtGroups : Classes;

    public int Activities => OrdinaryActivities + (IsSpecial ? SpecialActivityKinds : 0);

    // Duties: one for each of the staff; every tenth has a second one, at the next school.
    public int Duties => Staff + (Staff / 10);

    // Every child of a preschool has a place there, every third of the youngest pupils one at the leisure-time centre.
    public int Placements => Kind == SchoolKind.Preschool ? Students : Kind == SchoolKind.Primary ? Students * 4 / 7 / 3 : 0;

    public int ChildOfPlacement(int placement) => Kind == SchoolKind.Preschool ? placement : placement * 3;

    public int ClassOf(int student) => (int)((long)student * Classes / Students);

    public int YearOf(int classNumber) => Kind.FirstYear + (classNumber * Kind.Years / Classes);

    public (int First, int End) StudentsOf(int classNumber) => (FirstStudentOf(classNumber), FirstStudentOf(classNumber + 1));

    /// <summary>Such as 7A.</summary>
    public string ClassName(int classNumber)
    {
        var year = YearOf(classNumber);
        var letter = Enumerable.Range(0, classNumber).Count(earlier => YearOf(earlier) == year);
        return year == 0 ? $"F{(char)('A' + letter)}" : $"{year}{(char)('A' + letter)}";
    }

    public int MentorOf(int classNumber) => ((classNumber * 3) + 1) % Staff;

    public int TeacherOf(int activity) => ((activity * 5) + 2) % Staff;

    private int FirstStudentOf(int classNumber) => (int)((((long)classNumber * Students) + Classes - 1) / Classes);
}
