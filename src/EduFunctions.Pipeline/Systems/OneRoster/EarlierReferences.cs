using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Reads an earlier pull, file after file, for the rows whose references lead nowhere now: which of them led somewhere then, and what the rows were about.</summary>
internal sealed class EarlierReferences(IReadOnlyList<DanglingReference> dangling)
{
    /// <summary>Columns whose reference somebody reads; of others nothing is lost.</summary>
    private static readonly HashSet<(string File, string Column)> Counting =
    [
        ("orgs", "parentSourcedId"), ("users", "agentSourcedIds"), ("roles", "userSourcedId"), ("roles", "orgSourcedId"),
        ("classes", "courseSourcedId"), ("classes", "schoolSourcedId"), ("classes", "termSourcedIds"), ("enrollments", "classSourcedId"), ("enrollments", "userSourcedId"),
    ];

    private readonly Dictionary<string, HashSet<EntityId>> _ids = CsvForm.Files.ToDictionary(file => file.Name, _ => new HashSet<EntityId>());
    private readonly ILookup<(string File, EntityId Row), DanglingReference> _wanted =
        dangling.Where(reference => Counting.Contains((reference.File.Name, reference.Column))).ToLookup(reference => (reference.File.Name, LeadingZeros.Without(reference.Row)));

    private readonly HashSet<LostReference> _lost = [];

    public IReadOnlyList<LostReference> Lost => [.. _lost];

    public void Read(CsvFile file, OneRosterRows csv)
    {
        var selves = new List<(IReadOnlyList<EntityId> To, LostReference Lost)>();
        while (csv.Read())
        {
            var own = CsvValue.Id(csv["sourcedId"]);
            _ids[file.Name].Add(own);
            foreach (var reference in _wanted[(file.Name, LeadingZeros.Without(own))])
            {
                Note(reference, own, csv, selves);
            }
        }

        _lost.UnionWith(selves.Where(self => self.To.All(_ids[file.Name].Contains)).Select(self => self.Lost));
    }

    /// <summary>What the last pull had lost already, as long as something odd stands there.</summary>
    public void HandOn(IReadOnlyList<LostReference> lost)
    {
        foreach (var known in lost.Where(known => !known.Row.IsNone))
        {
            var still = _wanted[(known.File, LeadingZeros.Without(known.Row))].FirstOrDefault(reference => reference.Column == known.Column && reference.Oddness != Oddness.None);
            if (still is not null)
            {
                _lost.Add(known with { Line = still.Line, Row = still.Row });
            }
        }
    }

    private void Note(DanglingReference reference, EntityId own, OneRosterRows csv, List<(IReadOnlyList<EntityId> To, LostReference Lost)> selves)
    {
        var to = CsvValue.List(csv[reference.Column]).Select(CsvValue.Id).ToList();

        // Whose row alone is gone looked the same by then.
        var isLasting = reference.Oddness == Oddness.Zeros || (reference.Oddness == Oddness.Shape && !to.Contains(reference.To));
        var file = reference.File.Columns.Single(column => column.Name == reference.Column).Values[0];
        foreach (var (kind, entity) in to.Count == 0 ? [] : About(reference.File.Name, own, csv))
        {
            var lost = new LostReference(reference.File.Name, reference.Line, reference.Column, kind, entity, isLasting ? reference.Row : default);
            if (file == reference.File.Name)
            {
                selves.Add((to, lost));
            }
            else if (to.TrueForAll(_ids[file].Contains))
            {
                _lost.Add(lost);
            }
        }
    }

    private static IEnumerable<(EntityKind Kind, EntityId Entity)> About(string file, EntityId own, OneRosterRows csv) => file switch
    {
        "roles" => [(EntityKind.Person, CsvValue.Id(csv["userSourcedId"]))],
        "enrollments" => [(EntityKind.Person, CsvValue.Id(csv["userSourcedId"])), (EntityKind.Group, CsvValue.Id(csv["classSourcedId"]))],
        "users" => [(EntityKind.Person, own)],
        "classes" => [(EntityKind.Group, own)],
        _ => [(EntityKind.Unit, own)],
    };
}
