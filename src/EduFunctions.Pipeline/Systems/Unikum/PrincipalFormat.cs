using System.Text;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>A column of the principals file that we fill; they count from 1.</summary>
internal sealed record PrincipalColumn(int Number, string Name, bool IsRequired = true);

/// <summary>How a kind of object stands in the principals file: so many columns, of which the last one holds the kind's name.</summary>
/// <param name="Filled">The columns with values, but for the last.</param>
internal sealed record PrincipalFormat(ObjectKind Kind, byte[] Name, int Columns, PrincipalColumn Id, params IReadOnlyList<PrincipalColumn> Filled)
{
    public static class School
    {
        public static PrincipalColumn Id { get; } = new(1, "id");

        public static PrincipalColumn UnitCode { get; } = new(2, "school unit code", IsRequired: false);

        public static PrincipalColumn Name { get; } = new(3, "name");

        public static PrincipalColumn Form { get; } = new(4, "school form");
    }

    public static class Class
    {
        public static PrincipalColumn Id { get; } = new(1, "id");

        public static PrincipalColumn Name { get; } = new(2, "name");
    }

    public static class User
    {
        public static PrincipalColumn FirstName { get; } = new(1, "first name");

        public static PrincipalColumn LastName { get; } = new(2, "last name");

        public static PrincipalColumn Email { get; } = new(3, "e-mail", IsRequired: false);

        public static PrincipalColumn Id { get; } = new(4, "id");

        public static PrincipalColumn SchoolYear { get; } = new(16, "school year", IsRequired: false);
    }

    /// <summary>By number of the kind.</summary>
    public static IReadOnlyList<PrincipalFormat> All { get; } =
    [
        new(ObjectKind.School, "school"u8.ToArray(), 15, School.Id, School.Id, School.UnitCode, School.Name, School.Form),
        new(ObjectKind.Class, "class"u8.ToArray(), 7, Class.Id, Class.Id, Class.Name),
        new(ObjectKind.User, "user"u8.ToArray(), 19, User.Id, User.FirstName, User.LastName, User.Email, User.Id, User.SchoolYear),
    ];

    /// <summary>The format of the kind of this name, null for no kind.</summary>
    public static PrincipalFormat? Find(ReadOnlySpan<byte> name)
    {
        foreach (var format in All)
        {
            if (name.SequenceEqual(format.Name))
            {
                return format;
            }
        }

        return null;
    }

    public override string ToString() => Encoding.UTF8.GetString(Name);
}
