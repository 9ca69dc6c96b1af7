namespace EduFunctions.Tests.Guards;

/// <summary>What a source may say wrongly of a few: most of it is within the limits of a night, and goes out.</summary>
internal static class SmallFaults
{
    private const int Strangers = 300_000;

    private static readonly IReadOnlyList<Func<RosterSketch, Random, RosterSketch>> All =
        [Leaving, LeavingStaff, LosingClasses, Coming, ComingStaff, ComingClasses, Moving, Renamed, Doubled, Joining, LeavingClasses];

    /// <summary>The town with some of them.</summary>
    public static RosterSketch In(RosterSketch town, Random random) =>
        Enumerable.Range(0, random.Next(1, 4)).Aggregate(town, (broken, _) => All[random.Next(All.Count)](broken, random));

    private static RosterSketch Leaving(RosterSketch town, Random random) => town.Without(Some(random, SketchTown.IsPupil, 15));

    private static RosterSketch LeavingStaff(RosterSketch town, Random random) => town.Without(Some(random, SketchTown.IsTeacher, 5));

    private static RosterSketch LosingClasses(RosterSketch town, Random random) => Classes(town, random, _ => []);

    private static RosterSketch Coming(RosterSketch town, Random random) => town.Persons(Strange(Some(random, SketchTown.IsPupil, 30)));

    private static RosterSketch ComingStaff(RosterSketch town, Random random) => town.Persons(Strange(Some(random, SketchTown.IsTeacher, 7)));

    private static RosterSketch ComingClasses(RosterSketch town, Random random) =>
        Classes(town, random, section => [section, section with { Id = section.Id + Strangers, Name = $"Strange {section.Id}" }]);

    private static RosterSketch Moving(RosterSketch town, Random random)
    {
        var (isMeant, to) = (Some(random, SketchTown.IsPupil, 25), random.Next(3));
        return town.Changing(isMeant.Invoke, pupil => pupil with { StudentUnits = [(0, to, "a")] });
    }

    private static RosterSketch Renamed(RosterSketch town, Random random) =>
        town.Changing(Some(random, SketchTown.IsPupil, 25), pupil => pupil with { Name = $"{pupil.Name} Other{pupil.Id}" });

    private static RosterSketch Doubled(RosterSketch town, Random random) => town.Doubled(Some(random, SketchTown.IsPupil, 8));

    private static RosterSketch Joining(RosterSketch town, Random random)
    {
        var isMeant = Some(random, SketchTown.IsPupil, 50);
        var joining = town.Persons.Where(person => isMeant(person)).Select(person => person.Id).ToList();
        return Classes(town, random, section => [section with { Members = [.. section.Members.Union(joining.Where(person => person / 10_000 == section.Unit))] }]);
    }

    private static RosterSketch LeavingClasses(RosterSketch town, Random random)
    {
        var isMeant = Some(random, SketchTown.IsPupil, 15);
        var leaving = town.Persons.Where(person => isMeant(person)).Select(person => person.Id).ToHashSet();
        return town.Sections(section => [section with { Members = [.. section.Members.Where(person => !leaving.Contains(person))] }]);
    }

    private static RosterSketch Classes(RosterSketch town, Random random, Func<SketchSection, IEnumerable<SketchSection>> change)
    {
        var (school, from, number) = (random.Next(3), random.Next(20), random.Next(1, 7));
        return town.Sections(section => section.Unit == school && section.Id % 1000 >= from && section.Id % 1000 < from + number ? change(section) : [section]);
    }

    private static Func<SketchPerson, IEnumerable<SketchPerson>> Strange(Func<SketchPerson, bool> isMeant) =>
        person => isMeant(person) ? [person, person with { Id = person.Id + Strangers, Name = $"Strange {person.Id}", Email = "", Login = "" }] : [person];

    /// <summary>A few of those with neighbouring numbers, at one school.</summary>
    private static Func<SketchPerson, bool> Some(Random random, Predicate<SketchPerson> isMeant, int most)
    {
        var (school, from, number) = (random.Next(3), random.Next(100), random.Next(1, most + 1));
        return person => isMeant(person) && person.Id / 10_000 == school && person.Number() >= from % Math.Max(1, 100 - number) && person.Number() < (from % Math.Max(1, 100 - number)) + number;
    }
}
