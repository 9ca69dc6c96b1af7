using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Filters of a list: by time, by kind and by order. The standard's others are known and narrow nothing.</summary>
internal static class Narrowing
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["type"] = "organisationType",
        ["groupType"] = "groupType",
        ["dutyRole"] = "dutyRole",
    };

    private static readonly string[] Paging = ["limit", "offset", "pageToken"];

    /// <summary>All that a list may be asked with.</summary>
    public static IReadOnlySet<string> Parameters { get; } = new HashSet<string>(
        [
            .. Paging, .. Kinds.Keys, "sortkey", "expand", "expandReferenceNames", "parent", "schoolUnitCode", "organisationCode", "municipalityCode", "schoolTypes",
            "nameContains", "civicNo", "eduPersonPrincipalName", "identifier.value", "identifier.context", "organisation", "group", "child", "owner", "person", "member", "teacher",
            "relationship.entity.type", "relationship.organisation",
            .. new[] { "", "relationship." }.SelectMany(owner => new[] { "startDate", "endDate" }.SelectMany(date => new[] { $"{owner}{date}.onOrBefore", $"{owner}{date}.onOrAfter" })),
            .. new[] { "created", "modified" }.SelectMany(time => new[] { $"meta.{time}.before", $"meta.{time}.after" }),
        ],
        StringComparer.Ordinal);

    /// <summary>What of a question narrows or sorts, as a query; empty when nothing does.</summary>
    public static string FilterOf(IQueryCollection query, IReadOnlyList<string> without) =>
        QueryString.Create(query.Where(entry => !Paging.Contains(entry.Key) && !without.Contains(entry.Key))).ToString();

    /// <param name="isInclusive">Whether what is of the very time passes, too.</param>
    public static ISchoolData Of(ISchoolData data, string collection, string filter, bool isInclusive)
    {
        var asked = QueryHelpers.ParseQuery(filter);
        var rows = data.Rows(collection).Index().Where(row => asked.All(entry => Fits(row.Item, entry.Key, [.. entry.Value], isInclusive))).ToList();
        var sorted = asked.TryGetValue("sortkey", out var key) && key == "ModifiedDesc" ? rows.OrderByDescending(row => Time(row.Item, "modified")) : rows.AsEnumerable();
        return new Part(data, [.. sorted.Select(row => row.Index)]);
    }

    private static bool Fits(JsonObject row, string parameter, string?[] values, bool isInclusive) => parameter switch
    {
        "meta.modified.after" => Time(row, "modified") > Time(values[0]) || (isInclusive && Time(row, "modified") == Time(values[0])),
        "meta.modified.before" => Time(row, "modified") <= Time(values[0]),
        "meta.created.after" => Time(row, "created") > Time(values[0]),
        "meta.created.before" => Time(row, "created") <= Time(values[0]),
        _ => !Kinds.TryGetValue(parameter, out var kind) || values.Contains((string?)row[kind]),
    };

    private static DateTimeOffset Time(JsonObject row, string name) => Time((string?)row["meta"]?[name]);

    private static DateTimeOffset Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue;

    /// <summary>Some rows of one collection, in an order of their own.</summary>
    private sealed class Part(ISchoolData data, int[] indices) : ISchoolData
    {
        public int Count(string collection) => indices.Length;

        public void Write(string collection, int index, Utf8JsonWriter writer) => data.Write(collection, indices[index], writer);
    }
}
