using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Registers write the national code of a school unit on the unit, as its own code, or on the organisation above it.</summary>
internal static class SchoolUnitCode
{
    public const string Own = "schoolUnitCode";
    public const string Organisation = "organisationCode";
    public const string Parent = "parent";

    private const int DeepestHierarchy = 32;

    public static bool IsIn(ReadOptions options, string place) => Places(options).Contains(place);

    /// <summary>The first that is there, in the tenant's order.</summary>
    public static Text Choose(ReadOptions options, Text own, Text organisation)
    {
        foreach (var place in Places(options))
        {
            var code = place == Own ? own : place == Organisation ? organisation : default;
            if (!code.IsEmpty)
            {
                return code;
            }
        }

        return default;
    }

    /// <summary>Units without one take that of the nearest organisation above them, where the tenant says so.</summary>
    public static void Inherit(SourceData data, ReadOptions options)
    {
        for (var row = 0; IsIn(options, Parent) && row < data.Units.Count; row++)
        {
            var above = row;
            for (var depth = 0; above >= 0 && data.Units[above].SchoolUnitCode.IsEmpty && depth < DeepestHierarchy; depth++)
            {
                above = data.Units[above].Parent;
            }

            data.Units[row].SchoolUnitCode = above < 0 ? default : data.Units[above].SchoolUnitCode;
        }
    }

    private static IReadOnlyList<string> Places(ReadOptions options) => options.Source is RegisterSettings register ? register.SchoolUnitCodes : [Own];
}
