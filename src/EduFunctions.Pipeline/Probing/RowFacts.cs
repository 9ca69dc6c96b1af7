using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>What all rows of the first readings have in common. Ids are kept to follow references; no other value is.</summary>
internal sealed partial class RowFacts
{
    private const int LongestId = 64;
    private const int DateLength = 10;

    public RowTally Ids { get; } = new();

    public RowTally Uuids { get; } = new();

    public RowTally Required { get; } = new();

    public RowTally Dates { get; } = new();

    public RowTally PlainDates { get; } = new();

    public RowTally Meta { get; } = new();

    public RowTally Zones { get; } = new();

    public RowTally Words { get; } = new();

    public RowTally Markings { get; } = new();

    public RowTally MarkingKinds { get; } = new();

    public RowTally MarkingsOnReferences { get; } = new();

    /// <summary>By collection and path: where to, and whom they name.</summary>
    public Dictionary<(string Collection, string Path), (string To, List<string> Ids)> References { get; } = [];

    /// <summary>When rows were changed, by collection, as far as they say so.</summary>
    public Dictionary<string, List<DateTimeOffset>> Changes { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each known value occurs, by collection and path.</summary>
    public Dictionary<(string Collection, string Path), Dictionary<string, int>> Values { get; } = [];

    public void Add(string collection, JsonElement row)
    {
        var shape = RowShape.Of[collection];
        AddId(collection, row);
        AddTimes(collection, row);
        AddDates(collection, row, shape);
        AddWords(collection, row, shape);
        AddReferences(collection, row, shape);
        foreach (var path in shape.Required)
        {
            RowPath.Presence(row, path).ToList().ForEach(isThere => Required.Count(isThere, $"{collection}.{path}"));
        }

        if (collection == RowShape.Persons)
        {
            AddMarking(row);
        }
    }

    /// <summary>A moment with its zone, as RFC 3339 writes it.</summary>
    public static DateTimeOffset? Moment(JsonElement row, string path) =>
        RowPath.Values(row, path).FirstOrDefault() is { ValueKind: JsonValueKind.String } value && Rfc3339().IsMatch(value.GetString()!)
        && value.TryGetDateTimeOffset(out var moment) ? moment : null;

    private void AddId(string collection, JsonElement row)
    {
        var id = RowPath.Id(row);
        Ids.Count(id is not null && id.Length <= LongestId, $"{collection}.id");
        if (id is not null)
        {
            Uuids.Count(Guid.TryParseExact(id, "D", out _), $"{collection}.id");
        }
    }

    private void AddTimes(string collection, JsonElement row)
    {
        foreach (var path in new[] { "meta.created", "meta.modified" })
        {
            var isThere = RowPath.Values(row, path).Any();
            Meta.Count(isThere, $"{collection}.{path}");
            if (isThere)
            {
                Zones.Count(Moment(row, path) is not null, $"{collection}.{path}");
            }
        }

        // At the ends of the calendar there is no second before or after.
        if (Moment(row, "meta.modified") is { Year: > 1 and < 9999 } changed)
        {
            (Changes.TryGetValue(collection, out var changes) ? changes : Changes[collection] = []).Add(changed);
        }
    }

    private void AddDates(string collection, JsonElement row, RowShape shape)
    {
        foreach (var path in shape.Dates)
        {
            foreach (var text in RowPath.Values(row, path).Select(RowPath.Text))
            {
                var isDay = text is not null && Day.Parse(Encoding.UTF8.GetBytes(text)).IsDay;
                Dates.Count(isDay, $"{collection}.{path}");
                PlainDates.Count(isDay && text!.Length == DateLength, $"{collection}.{path}");
            }
        }
    }

    private void AddWords(string collection, JsonElement row, RowShape shape)
    {
        foreach (var (path, known) in shape.Words)
        {
            foreach (var text in RowPath.Values(row, path).Select(RowPath.Text))
            {
                var isKnown = text is not null && known.Find(Encoding.UTF8.GetBytes(text)) > 0;
                Words.Count(isKnown, $"{collection}.{path}");
                if (isKnown)
                {
                    var values = Values.TryGetValue((collection, path), out var there) ? there : Values[(collection, path)] = new(StringComparer.Ordinal);
                    values[text!] = values.GetValueOrDefault(text!) + 1;
                }
            }
        }
    }

    private void AddReferences(string collection, JsonElement row, RowShape shape)
    {
        foreach (var (path, to) in shape.References)
        {
            var named = References.TryGetValue((collection, path), out var there) ? there : References[(collection, path)] = (to, []);
            foreach (var reference in RowPath.Values(row, path))
            {
                named.Ids.Add(RowPath.Id(reference) ?? "");
                if (to == RowShape.Persons)
                {
                    MarkingsOnReferences.Count(RowPath.Values(reference, "securityMarking").Any(), $"{collection}.{path}");
                }
            }
        }
    }

    private void AddMarking(JsonElement person)
    {
        var marking = RowPath.Values(person, "securityMarking").ToList();
        Markings.Count(marking.Count > 0, "persons.securityMarking");
        if (marking.Count > 0)
        {
            var text = RowPath.Text(marking[0]) ?? "";
            MarkingKinds.Count(SecurityMarking.Parse(Encoding.UTF8.GetBytes(text)) != Marking.Unknown, "persons.securityMarking");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
