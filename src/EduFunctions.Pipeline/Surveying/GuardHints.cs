using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Surveying;

/// <summary>
/// What the limits of removals come to at the schools that there are: a number that suits a large town lets a small school go, and one of nought holds it for
/// every pupil who leaves. Pure.
/// </summary>
internal static class GuardHints
{
    /// <summary>The fewest that may leave a school without anybody being asked, so that an ordinary night needs nobody.</summary>
    private const int Ordinary = 2;

    public static IReadOnlyList<string> Of(Roster roster, GuardSettings settings) =>
    [
        .. Of(RowKind.Students, "students", roster.StudentUnits.Rows.ToArray(), settings),
        .. Of(RowKind.Staff, "employees", roster.StaffUnits.Rows.ToArray(), settings),
    ];

    private static IEnumerable<string> Of(RowKind kind, string name, IEnumerable<PersonUnit> places, GuardSettings settings)
    {
        var limit = Limit.Removals(settings);
        var schools = places.DistinctBy(place => (place.Person, place.Unit)).CountBy(place => place.Unit).Select(school => school.Value).Order().ToList();
        var wide = schools.Where(of => !limit.IsSmall(of) && IsWide(Free(limit, kind, of), of, settings.MaxRemovedPercent)).ToList();
        var narrow = schools.Where(of => of > Ordinary && Free(limit, kind, of) < Math.Min(Ordinary, of / 2)).ToList();
        if (wide.Count > 0)
        {
            var of = wide[wide.Count / 2];
            yield return $"At {wide.Count} of {schools.Count} schools with {name} many may leave in one night before anybody is asked: {Free(limit, kind, of)} of {of} {name} at one of them, "
                + $"since guard.minRemoved is {limit.Most(kind)}, although guard.maxRemovedPercent is {settings.MaxRemovedPercent} %. "
                + $"With guard.minRemoved {Math.Max(Ordinary, of * settings.MaxRemovedPercent / 100)} somebody is asked sooner; guard.minHalved ({settings.MinHalved}) holds what is more than half.";
        }

        if (narrow.Count > 0)
        {
            var of = narrow[narrow.Count / 2];
            yield return $"At {narrow.Count} of {schools.Count} schools with {name} nearly everybody who leaves is asked about: of {of} {name} at one of them, "
                + $"{(Free(limit, kind, of) == 0 ? "a single one who leaves is" : "the second one who leaves in a night is")} held, since guard.minRemoved is {limit.Most(kind)}. "
                + $"With {Ordinary} or more an ordinary night passes.";
        }
    }

    /// <summary>How many may leave before anything is held.</summary>
    private static int Free(Limit limit, RowKind kind, int of) => Enumerable.Range(1, of).TakeWhile(count => !limit.IsPassedBySchool(kind, count, of)).Count();

    /// <summary>Whether so many more may leave than the share says that somebody should know.</summary>
    private static bool IsWide(int free, int of, int percent) => free > Ordinary && free * 100L > 2L * percent * of;
}
