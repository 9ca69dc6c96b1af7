using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>The rows of a source as the rules see them: by lower-case id, the last copy of each.</summary>
internal sealed class Pull
{
    private readonly Dictionary<string, Dictionary<string, JsonObject>> _rows = [];

    public Pull(ISchoolData school)
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
            .Where(entity => entity.Id() is not null && entity.Text("securityMarking") is not null)
            .ToLookup(entity => entity.Id()!, entity => entity.Text("securityMarking")!);
        SomebodyIsMarked = all[Collections.Persons].Any(person => person["securityMarking"] is not null);
        IsEmpty = all[Collections.Persons].Count == 0 || all[Collections.Organisations].Count == 0;
    }

    /// <summary>Every marking of an id anywhere, also in copies that were replaced.</summary>
    public ILookup<string, string> Markings { get; }

    public bool SomebodyIsMarked { get; }

    public bool IsEmpty { get; }

    public Dictionary<string, JsonObject> this[string collection] => _rows[collection];
}
