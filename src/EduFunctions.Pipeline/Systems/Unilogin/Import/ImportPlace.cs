namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

internal enum ImportKind : byte
{
    Student,
    Employee,
    Extern,
}

/// <summary>Somebody in an institution's document. Ints are row numbers of the roster, but for the institution.</summary>
/// <param name="Roles">By number in the closed list of the kind: a bit each.</param>
/// <param name="Level">Of a student: number in the list of levels.</param>
/// <param name="MainGroup">Of a student: the class.</param>
internal readonly record struct ImportPlace(int Person, int Institution, ImportKind Kind, byte Roles, byte Level = 0, int MainGroup = -1)
{
    public IEnumerable<string> RoleNames()
    {
        var (names, roles) = (NamesOf(Kind), Roles);
        return names.Where((_, number) => (roles & (1 << number)) != 0);
    }

    public static IReadOnlyList<string> NamesOf(ImportKind kind) => kind switch
    {
        ImportKind.Student => ImportValues.StudentRoles,
        ImportKind.Employee => ImportValues.EmployeeRoles,
        _ => ImportValues.ExternRoles,
    };
}
