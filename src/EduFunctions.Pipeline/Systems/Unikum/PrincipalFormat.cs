using System.Text;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>How a kind of object stands in the principals file. Columns count from 1, the last one holds the kind's name.</summary>
internal sealed record PrincipalFormat(ObjectKind Kind, byte[] Name, int Columns, int Id, IReadOnlyList<int> Required)
{
    public const int SchoolForm = 4;
    public const int SchoolYear = 16;

    /// <summary>By number of the kind.</summary>
    public static IReadOnlyList<PrincipalFormat> All { get; } =
    [
        new(ObjectKind.School, "school"u8.ToArray(), 15, 1, [1, 3, SchoolForm]),
        new(ObjectKind.Class, "class"u8.ToArray(), 7, 1, [1, 2]),
        new(ObjectKind.User, "user"u8.ToArray(), 19, 4, [1, 2, 4]),
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
