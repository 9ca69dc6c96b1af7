namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What schools are called where people read of them. What is stored of plans and holds has their ids alone, since a school may be called after one pupil.</summary>
/// <param name="names">By id.</param>
public sealed class NamedSchools(IReadOnlyDictionary<string, string> names)
{
    /// <summary>Of no use to any language, so that a name is taken for no words of ours while the text around it is told in another.</summary>
    private const char FirstMark = '\uE000';
    private const int MostMarks = 6400;

    public static NamedSchools None { get; } = new(new Dictionary<string, string>());

    private readonly Lazy<IReadOnlyDictionary<string, string>> _labels = new(() => SchoolLabels.Of(names));

    private IReadOnlyDictionary<string, string> All => names;

    /// <summary>What groups are called that somebody has come to or left, by id.</summary>
    private IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with names of groups.</summary>
    public NamedSchools With(IReadOnlyDictionary<string, string> groups) => new(names) { Groups = groups };

    /// <summary>Null for a group of which no name is told.</summary>
    public string? Group(string id) => Groups.GetValueOrDefault(id) is { Length: > 0 } name ? name : null;

    /// <summary>By which people know it from every other one of these; null for a school of which no name is told.</summary>
    public string? this[string? id] => id is not null && _labels.Value.TryGetValue(id, out var name) && name.Length > 0 ? name : null;

    /// <summary>Whether anything is known of a school, be it that its name is not told.</summary>
    internal bool Has(string id) => names.ContainsKey(id);

    /// <summary>The same with further schools.</summary>
    internal NamedSchools And(IEnumerable<KeyValuePair<string, string>> further) =>
        new(names.Concat(further).ToDictionary(school => school.Key, school => school.Value, StringComparer.Ordinal)) { Groups = Groups };

    /// <summary>The same with what others are called that these do not know.</summary>
    internal NamedSchools And(NamedSchools others) => And(others.All.Where(school => !Has(school.Key)));

    /// <summary>The same of all but some, by their names.</summary>
    public NamedSchools Without(Predicate<string> isKept) =>
        new(names.Where(school => !isKept(school.Value)).ToDictionary(school => school.Key, school => school.Value, StringComparer.Ordinal)) { Groups = Groups };

    /// <summary>A sentence of ours in the reader's language, with names where the record has ids.</summary>
    public string In(string english, Func<string, string> told)
    {
        if (names.Count + Groups.Count == 0)
        {
            return told(english);
        }

        var met = new List<string>();
        if (ChangedGroup.Of(english) is { } changed && Group(changed.Id) is { } called)
        {
            english = $"{english[..^changed.Id.Length]}{FirstMark}";
            met.Add(called);
        }

        foreach (var id in names.Keys.Where(id => this[id] is not null).TakeWhile(_ => met.Count < MostMarks))
        {
            var mark = (char)(FirstMark + met.Count);
            var marked = english.Replace($"school {id} ", $"school {mark} ", StringComparison.Ordinal);
            marked = marked.EndsWith($" at {id}", StringComparison.Ordinal) ? $"{marked[..^id.Length]}{mark}" : marked;
            if (marked != english)
            {
                english = marked;
                met.Add(this[id]!);
            }
        }

        var text = told(english);
        for (var number = 0; number < met.Count; number++)
        {
            text = text.Replace(((char)(FirstMark + number)).ToString(), met[number], StringComparison.Ordinal);
        }

        return text;
    }
}
