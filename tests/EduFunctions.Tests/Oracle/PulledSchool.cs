using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>The rows of a source as the rules see them: by lower-case id, the last copy of each.</summary>
internal sealed class PulledSchool
{
    private readonly Dictionary<string, Dictionary<string, JsonObject>> _rows = [];

    public PulledSchool(ISchoolData school)
    {
        var all = Collections.All.ToDictionary(name => name, name => school.Rows(name).ToList());
        foreach (var (name, rows) in all)
        {
            _rows[name] = [];
            foreach (var row in rows.Where(row => row.Id() is not null))
            {
                _rows[name][row.Id()!] = row;
            }
        }

        Markings = all.Values
            .SelectMany(rows => rows)
            .SelectMany(row => row.AllObjects())
            .Where(entity => entity.Text("securityMarking") is not null)
            .SelectMany(entity => new[] { entity.Id(), entity["person"].Id(), entity["child"].Id() }.OfType<string>()
                .Select(id => (Id: id, Marking: entity.Text("securityMarking")!)))
            .ToLookup(marked => marked.Id, marked => marked.Marking);
        Same = SameAsMarked(all[Collections.Persons]);
        SomebodyIsMarked = all[Collections.Persons].Any(person => person["securityMarking"] is not null);
        IsEmpty = all[Collections.Persons].Count == 0 || all[Collections.Organisations].Count == 0;
    }

    /// <summary>Every marking of an id anywhere, also in copies that were replaced.</summary>
    public ILookup<string, string> Markings { get; }

    /// <summary>Whoever shares a civic number or login with somebody marked, and is not marked.</summary>
    public HashSet<string> Same { get; }

    public bool SomebodyIsMarked { get; }

    public bool IsEmpty { get; }

    private HashSet<string> SameAsMarked(List<JsonObject> persons)
    {
        var hidden = persons.Where(person => IsMarked(person) || (person.Id() is { } id && Markings[id].Any(marking => marking != "Ingen"))).ToHashSet();
        for (var before = -1; before != hidden.Count;)
        {
            before = hidden.Count;
            var (ids, shared) = (hidden.Select(person => person.Id()).OfType<string>().ToHashSet(), hidden.SelectMany(Identities).ToHashSet());
            hidden.UnionWith(persons.Where(person => ids.Contains(person.Id() ?? "") || Identities(person).Any(shared.Contains)));
        }

        return [.. hidden.Select(person => person.Id()).OfType<string>().Where(id => Markings[id].All(marking => marking == "Ingen"))];
    }

    private static bool IsMarked(JsonObject person) => person.Id() is null && person.Text("securityMarking") is not (null or "Ingen");

    private static IEnumerable<string> Identities(JsonObject person)
    {
        var number = string.Concat((((person["civicNo"] as JsonObject)?["value"]).AsText() ?? "").Where(char.IsAsciiLetterOrDigit));
        return
        [
            .. number.Length is 10 or 12 && !number.EndsWith("0000", StringComparison.Ordinal) ? [number[^10..]] : Array.Empty<string>(),
            .. person["eduPersonPrincipalNames"].Texts().Select(login => login.Trim().ToLowerInvariant()).Where(login => login.Length > 0),
        ];
    }

    public Dictionary<string, JsonObject> this[string collection] => _rows[collection];
}
