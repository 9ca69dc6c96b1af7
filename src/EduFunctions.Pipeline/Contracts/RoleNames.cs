using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>Roles as tenant files name them.</summary>
internal static class RoleNames
{
    public static IReadOnlyDictionary<string, Roles> All { get; } = new Dictionary<string, Roles>
    {
        ["student"] = Roles.Student,
        ["staff"] = Roles.Staff,
        ["guardian"] = Roles.Guardian,
    };
}
