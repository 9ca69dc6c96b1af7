using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Tests.Guards;

/// <summary>Guard and effective roster once more, with sets. Knows nothing of changed ids and of grace.</summary>
internal sealed class NaiveGuard(RosterSketch before, RosterSketch now, GuardSettings settings)
{
    private const int FewMemberships = 10;

    private readonly HashSet<int> _keptPersons = [];
    private readonly HashSet<int> _latePersons = [];
    private readonly HashSet<int> _keptSections = [];
    private readonly HashSet<int> _lateSections = [];
    private readonly HashSet<(int Section, int Person)> _keptMembers = [];
    private readonly HashSet<(int Section, int Person)> _lateMembers = [];

    public static List<string> Effective(RosterSketch before, RosterSketch now, GuardSettings settings)
    {
        var guard = new NaiveGuard(before, now, settings);
        guard.JudgePersons();
        guard.JudgeSections();
        guard.JudgeMembers();
        return [.. guard.Persons(), .. guard.Sections()];
    }

    private void JudgePersons()
    {
        var chosen = before.Persons.Where(person => person.IsChosen).ToList();
        foreach (var kind in new[] { RoleName.Students, RoleName.Staff, RoleName.Guardians })
        {
            var rows = chosen.Where(person => person.Kind == kind).ToList();
            var due = new List<SketchPerson>();
            foreach (var person in rows.Where(person => IsRemoved(person) && !now.Protected.Contains(person.Id)))
            {
                if (kind == RoleName.Guardians && person.Students.Any(StaysBack))
                {
                    _keptPersons.Add(person.Id);
                }
                else if (kind != RoleName.Guardians || !person.Students.Any(now.Protected.Contains) || person.Students.Any(student => Find(now, student) is not null))
                {
                    due.Add(person);
                }
            }

            var school = NaiveDifference.SchoolIn(before);
            var held = Removals(due, rows, school, hasLast: kind != RoleName.Guardians).ToList();
            var changed = rows.Where(person => !IsRemoved(person) && Find(now, person.Id)!.Values != person.Values).ToList();
            var frozen = Over(changed, rows, school, settings.MinChanged!.Value, settings.MaxChangedPercent).ToList();
            var unlinked = OverOrHalved(changed.Where(LosesStudents).ToList(), rows, school, hasLast: kind != RoleName.Guardians);
            _keptPersons.UnionWith(held.Concat(frozen).Concat(unlinked).Select(person => person.Id));

            var added = now.Persons.Where(person => person.IsChosen && person.Kind == kind && !Had(person)).ToList();
            var late = Late(added, rows, NaiveDifference.SchoolIn(now), school, held, frozen.Count > 0, hasLast: kind != RoleName.Guardians, isOfPersons: kind != RoleName.Guardians);
            _latePersons.UnionWith(late.Select(person => person.Id));
            _latePersons.UnionWith(added.Where(person => kind == RoleName.Guardians && person.Students.Count > 0 && person.Students.All(_latePersons.Contains))
                .Select(person => person.Id));
        }
    }

    private void JudgeSections()
    {
        var rows = before.Sections.Where(section => section.IsChosen).ToList();
        static string School(SketchSection section) => NaiveDifference.Unit(section.Unit);
        var due = rows.Where(IsRemoved).ToList();
        var held = Removals(due, rows, School).ToList();
        var changed = rows.Where(section => !IsRemoved(section) && Section(now, section.Id)!.Values != section.Values).ToList();
        var frozen = Over(changed, rows, School, settings.MinChanged!.Value, settings.MaxChangedPercent).ToList();
        _keptSections.UnionWith(held.Concat(frozen).Concat(Emptying(due.Except(held).ToList())).Select(section => section.Id));

        var added = now.Sections.Where(section => section.IsChosen && Section(before, section.Id) is not { IsChosen: true }).ToList();
        _lateSections.UnionWith(Late(added, rows, School, School, held, frozen.Count > 0).Select(section => section.Id));
    }

    private void JudgeMembers()
    {
        var (had, has) = (NaiveDifference.Members(before), NaiveDifference.Members(now));
        string School((int Section, int Person) row) => NaiveDifference.Unit(Section(before, row.Section)!.Unit);
        var removed = had.Except(has).ToList();
        var own = removed.Where(row => !IsRemoved(Section(before, row.Section)!) && !IsRemoved(Find(before, row.Person)!)).ToList();
        var held = Removals(own, [.. had], School, FewMemberships).ToList();
        _keptMembers.UnionWith(held);
        _keptMembers.UnionWith(removed.Except(own).Where(row =>
            (!IsRemoved(Section(before, row.Section)!) || _keptSections.Contains(row.Section))
            && (!IsRemoved(Find(before, row.Person)!) || _keptPersons.Contains(row.Person))));
        var coming = has.Except(had).Where(row => Section(before, row.Section) is { IsChosen: true } && Find(before, row.Person) is { IsChosen: true }).ToList();
        _lateMembers.UnionWith(Late(coming, [.. had], School, School, held, isAnyFrozen: false, FewMemberships));
    }

    private IEnumerable<string> Persons()
    {
        foreach (var id in before.Persons.Concat(now.Persons).Select(person => person.Id).Distinct().Where(IsThere))
        {
            var isKept = _keptPersons.Contains(id);
            var person = isKept ? Find(before, id)! : Find(now, id)!;
            var students = isKept ? person.Students : [.. person.Students, .. Find(before, id)?.Students.Where(StaysBack) ?? []];
            yield return $"p{id} {(person with { Students = [.. students.Where(IsThere).Distinct()] }).Values}";
        }
    }

    private IEnumerable<string> Sections()
    {
        foreach (var id in before.Sections.Concat(now.Sections).Select(section => section.Id).Distinct())
        {
            var isKept = _keptSections.Contains(id);
            var (earlier, later) = (Section(before, id), Section(now, id));
            if (!_lateSections.Contains(id) && (isKept ? earlier : later) is { } section)
            {
                var teachers = isKept ? earlier!.Teachers : [.. later!.Teachers, .. earlier?.Teachers.Where(StaysBack) ?? []];
                var members = (later?.Members ?? []).Where(person => !_lateMembers.Contains((id, person))).Concat(_keptMembers.Where(row => row.Section == id).Select(row => row.Person));
                yield return $"s{id} {(section with { Teachers = [.. teachers.Where(IsThere).Distinct()] }).Values} {string.Join(',', members.Where(IsThere).Distinct().Order())}";
            }
        }
    }

    /// <summary>Over the limit, more than half of a school or of all that are very small, or all that is left of a school.</summary>
    private IEnumerable<T> Removals<T>(List<T> due, List<T> all, Func<T, string> school, int few = 0, bool hasLast = true) =>
        OverOrHalved(due, all, school, few, hasLast).Union(due.Where(row => Vanishes(school(row))));

    private IEnumerable<T> OverOrHalved<T>(List<T> due, List<T> all, Func<T, string> school, int few = 0, bool hasLast = true)
    {
        int Of(string key) => all.Count(row => school(row) == key);
        var small = due.Where(row => Of(school(row)) <= 2).ToList();
        var ofSmall = all.Count(row => Of(school(row)) <= 2);
        return Over(due, all, school, settings.MinRemoved!.Value, settings.MaxRemovedPercent)
            .Union(due.GroupBy(school).Where(group => IsHalved(group.Count(), Of(group.Key), few, hasLast)).SelectMany(group => group))
            .Union(IsPassed(small.Count, ofSmall, few, hasLast) ? small : []);
    }

    private bool IsPassed(int count, int of, int few, bool hasLast) => IsHalved(count, of, few, hasLast) || IsOver(count, of, settings.MinRemoved!.Value, settings.MaxRemovedPercent);

    /// <param name="hasLast">False for guardians; memberships, of which a few are nothing, have no last either.</param>
    private bool IsHalved(int count, int of, int few, bool hasLast = true) =>
        ((hasLast && few == 0 && of > 0 && count >= of) || count >= Math.Max(settings.MinHalved, few)) && count * 100 > of * Math.Max(50, settings.MaxRemovedPercent);

    private bool Vanishes(string school)
    {
        var persons = before.Persons.Where(person => person.IsChosen && person.Kind != RoleName.Guardians && NaiveDifference.SchoolIn(before)(person) == school).ToList();
        var sections = before.Sections.Where(section => section.IsChosen && NaiveDifference.Unit(section.Unit) == school).ToList();
        return persons.Count + sections.Count >= settings.MinHalved && persons.All(IsRemoved) && sections.All(IsRemoved);
    }

    /// <summary>Sections with which more than half of a school's memberships would go, of persons who stay.</summary>
    private IEnumerable<SketchSection> Emptying(List<SketchSection> going)
    {
        var members = NaiveDifference.Members(before);
        foreach (var school in going.GroupBy(section => section.Unit))
        {
            var all = members.Count(row => Section(before, row.Section)!.Unit == school.Key);
            var lost = members.Count(row => school.Any(section => section.Id == row.Section) && !IsRemoved(Find(before, row.Person)!));
            foreach (var section in IsHalved(lost, all, FewMemberships) ? school : Enumerable.Empty<SketchSection>())
            {
                yield return section;
            }
        }
    }

    /// <summary>Too many, or in such a number where removals are held that they may be the same.</summary>
    private IEnumerable<T> Late<T>(
        List<T> added, List<T> all, Func<T, string> schoolNow, Func<T, string> schoolBefore, List<T> held, bool isAnyFrozen, int few = 0, bool hasLast = true,
        bool isOfPersons = false)
    {
        int Before(string school) => all.Count(row => schoolBefore(row) == school);
        var atKnown = added.Where(row => Before(schoolNow(row)) > 0).ToList();
        var isOverAll = all.Count > 0 && IsOver(atKnown.Count, all.Count, settings.MinAdded!.Value, settings.MaxAddedPercent);
        var mayBeHeldAnywhere = held.Count > 0 && held.Count * 2 >= added.Count && IsOver(added.Count, all.Count, settings.MinRemoved!.Value, settings.MaxRemovedPercent);
        var heldAt = held.Select(schoolBefore).ToHashSet();
        var strangers = added.Count - atKnown.Count;
        var isAsMany = isOfPersons && all.Count > 0 && strangers > settings.MinAdded!.Value && strangers * 100 >= all.Count * Math.Max(100, settings.MaxAddedPercent);
        return mayBeHeldAnywhere ? added : added.GroupBy(schoolNow)
            .Where(group => (group.Count(), Before(group.Key)) is var (count, of)
                && ((of == 0 && isAsMany) || (of > 0 && (isOverAll || IsOver(count, of, settings.MinAdded!.Value, settings.MaxAddedPercent)))
                    || ((of == 0 ? held.Count > 0 || isAnyFrozen : heldAt.Contains(group.Key) || (held.Count > 0 && held.Count * 2 >= count)) && IsPassed(count, of, few, hasLast))))
            .SelectMany(group => group);
    }

    private bool LosesStudents(SketchPerson person) =>
        person.Students.Except(Find(now, person.Id)!.Students).Any(student => Find(now, student) is { IsChosen: true });

    private static bool IsOver(int count, int of, int most, int percent) => count > most && count * 100 > of * percent;

    private static IEnumerable<T> Over<T>(List<T> rows, List<T> all, Func<T, string> school, int most, int percent)
    {
        return IsOver(rows.Count, all.Count, most, percent)
            ? rows
            : rows.GroupBy(school).Where(group => IsOver(group.Count(), all.Count(row => school(row) == group.Key), most, percent)).SelectMany(group => group);
    }

    private bool IsRemoved(SketchPerson person) =>
        Find(now, person.Id) is not { IsChosen: true } becomes || NaiveDifference.Weight(becomes.Kind) < NaiveDifference.Weight(person.Kind);

    private bool IsRemoved(SketchSection section) => Section(now, section.Id) is not { IsChosen: true };

    private bool StaysBack(int person) => _keptPersons.Contains(person) && IsRemoved(Find(before, person)!);

    private bool IsThere(int person) => !_latePersons.Contains(person) && (_keptPersons.Contains(person) || Find(now, person) is not null);

    /// <summary>Whether the feed had the person, as this kind or another.</summary>
    private bool Had(SketchPerson person) => Find(before, person.Id) is { IsChosen: true };

    private static SketchPerson? Find(RosterSketch sketch, int id) => sketch.Persons.SingleOrDefault(person => person.Id == id);

    private static SketchSection? Section(RosterSketch sketch, int id) => sketch.Sections.SingleOrDefault(section => section.Id == id);
}
