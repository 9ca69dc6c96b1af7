namespace EduFunctions.Tests.Guards;

/// <summary>The difference of two sketches, by looking up each row of the one in the other.</summary>
internal sealed record NaiveDifference(
    List<(string Change, string Kind, string Id)> Rows, Dictionary<(string Kind, string School), (int Before, int Added, int Changed, int Removed)> Counts)
{
    public static NaiveDifference Of(RosterSketch before, RosterSketch now)
    {
        var difference = new NaiveDifference([], []);
        difference.AddPersons(before, now);
        difference.AddSections(before, now);
        difference.AddMembers(before, now);
        return difference;
    }

    private void AddPersons(RosterSketch before, RosterSketch now)
    {
        foreach (var id in before.Persons.Concat(now.Persons).Select(person => person.Id).Distinct())
        {
            var was = before.Persons.SingleOrDefault(person => person.Id == id && person.IsChosen);
            var becomes = now.Persons.SingleOrDefault(person => person.Id == id && person.IsChosen);
            if ((was ?? becomes) is { } person)
            {
                var change =
                    was is null ? "Added"
                    : becomes is null || Weight(becomes.Kind) < Weight(was.Kind) ? "Removed"
                    : was.Values == becomes.Values ? "Same"
                    : "Changed";
                Add(change, $"{person.Kind}", School(person, was is null ? now : before), $"{RosterSketch.Id('p', id)}");
            }
        }
    }

    private void AddSections(RosterSketch before, RosterSketch now)
    {
        foreach (var id in before.Sections.Concat(now.Sections).Select(section => section.Id).Distinct())
        {
            var was = before.Sections.SingleOrDefault(section => section.Id == id && section.IsChosen);
            var becomes = now.Sections.SingleOrDefault(section => section.Id == id && section.IsChosen);
            if ((was ?? becomes) is { } section)
            {
                var change = was is null ? "Added" : becomes is null ? "Removed" : was.Values == becomes.Values ? "Same" : "Changed";
                Add(change, "Sections", Unit(section.Unit), $"{RosterSketch.Id('s', id)}");
            }
        }
    }

    private void AddMembers(RosterSketch before, RosterSketch now)
    {
        var (had, has) = (Members(before), Members(now));
        foreach (var (section, person) in had.Union(has))
        {
            var change = !had.Contains((section, person)) ? "Added" : !has.Contains((section, person)) ? "Removed" : "Same";

            // Where the section was, when it was in the feed at all.
            var home = before.Sections.SingleOrDefault(row => row.Id == section && row.IsChosen) ?? now.Sections.Single(row => row.Id == section);
            Add(change, "Memberships", Unit(home.Unit), $"{RosterSketch.Id('s', section)} {RosterSketch.Id('p', person)}");
        }
    }

    internal static HashSet<(int Section, int Person)> Members(RosterSketch sketch) => (
        from section in sketch.Sections
        where section.IsChosen
        from member in section.Members
        where sketch.Persons.Single(person => person.Id == member).IsChosen
        select (section.Id, member)).ToHashSet();

    internal static int Weight(RoleName kind) => kind switch { RoleName.Staff => 3, RoleName.Students => 2, _ => 1 };

    private static string School(SketchPerson person, RosterSketch sketch) => person.Kind switch
    {
        RoleName.Staff => Unit(person.StaffUnits.Min().Unit),
        RoleName.Students => Unit(person.StudentUnits.Min().Unit),
        _ => person.Students.Count == 0 ? "" : Unit(sketch.Persons.Single(student => student.Id == person.Students.Min()).StudentUnits.Min().Unit),
    };

    internal static Func<SketchPerson, string> SchoolIn(RosterSketch sketch) => person => School(person, sketch);

    internal static string Unit(int unit) => $"{RosterSketch.Id('u', unit)}";

    private void Add(string change, string kind, string school, string id)
    {
        if (change != "Same")
        {
            Rows.Add((change, kind, id));
        }

        var (before, added, changed, removed) = Counts.GetValueOrDefault((kind, school));
        Counts[(kind, school)] = (
            before + (change == "Added" ? 0 : 1), added + (change == "Added" ? 1 : 0),
            changed + (change == "Changed" ? 1 : 0), removed + (change == "Removed" ? 1 : 0));
    }
}
