using System.Text.Json.Nodes;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Probing;

/// <summary>For every check of the probe, one thing that a good register does differently, and that the check is there to find.</summary>
internal static class ProbeHabits
{
    public static IReadOnlyDictionary<string, Action<EduCloudHabits>> All { get; } = new Dictionary<string, Action<EduCloudHabits>>(StringComparer.Ordinal)
    {
        ["token.given"] = Answer("token", answer => answer.Remove("access_token")),
        ["token.form"] = Answer("token", answer => answer["expires_in"] = "3600"),
        ["token.second"] = habits => habits.OneTokenAtATime = true,
        ["access.closed"] = habits => habits.Open = true,
        ["collections.core"] = habits => habits.Without = [Collections.Organisations],
        ["collections.rest"] = habits => habits.Without = [Collections.Syllabuses],
        ["answer.json"] = Body(Collections.Syllabuses, body => body[..(body.Length / 2)]),
        ["answer.hiddenError"] = Answer(Collections.Syllabuses, page => (page["data"], page["code"]) = (new JsonArray(), "source_unavailable")),
        ["answer.redirect"] = habits => habits.Fault = request => request.Collection == Collections.Syllabuses ? new Fault.Redirect(302, "/elsewhere") : null,
        ["answer.type"] = habits => habits.MediaType = "text/html",
        ["answer.packed"] = habits => habits.Gzip = false,
        ["answer.errorForm"] = habits => habits.Error = (_, message) => new { detail = message },
        ["answer.retryAfter"] = habits => habits.Fault = ProbedTown.Throttled(null),
        ["answer.tag"] = habits => habits.Tags = false,
        ["paging.envelope"] = Node(Collections.Groups, page => page["data"]!.DeepClone()),
        ["paging.token"] = Answer(Collections.Persons, page => page["pageToken"] = page["pageToken"] is null ? null : 2),
        ["paging.ends"] = habits => habits.Fault = request => request is { Collection: Collections.Persons, Page: 1 } ? new Fault.RepeatToken() : null,
        ["paging.whole"] = habits => habits.Shift = (request, start) => request.Page > 0 ? start - 1 : start,
        ["paging.order"] = habits => habits.Rewrite = (request, body) => request.Collection == Collections.Groups ? Turned(body, request.Attempt) : body,
        ["paging.limit"] = habits => (habits.KeepsLimit, habits.DefaultPageSize) = (false, 5000),
        ["paging.unknownToken"] = habits => habits.TakesAnyToken = true,
        ["paging.filterWithToken"] = habits => habits.StrictPaging = false,
        ["rows.ids"] = Rows(Collections.Syllabuses, row => row.Remove("id")),
        ["rows.uuids"] = Rows(Collections.Syllabuses, row => row["id"] = "S1"),
        ["rows.required"] = Rows(Collections.Groups, row => row.Remove("displayName")),
        ["rows.dates"] = Rows(Collections.Duties, row => row["startDate"] = "1 augusti 2026"),
        ["rows.plainDates"] = Rows(Collections.Duties, row => row["startDate"] = "2026-08-01T00:00:00"),
        ["rows.meta"] = Rows(Collections.Duties, row => row["meta"]!.AsObject().Remove("modified")),
        ["rows.zones"] = Rows(Collections.Duties, row => row["meta"]!["modified"] = "2026-08-20T08:00:00"),
        ["rows.values"] = Rows(Collections.Groups, row => row["groupType"] = "Kladd"),
        ["rows.references"] = Rows(Collections.Duties, row => row["dutyAt"]!["id"] = Ids.Of("nowhere")),
        ["marking.there"] = Answer(Collections.Persons, page => Each(page, row => row.Remove("securityMarking"))),
        ["marking.everywhere"] = Rows(Collections.Persons, row => row.Remove("securityMarking")),
        ["marking.kinds"] = Rows(Collections.Persons, row => row["securityMarking"] = "Hemlig"),
        ["marking.references"] = Rows(Collections.Duties, row => row["person"]!.AsObject().Remove("securityMarking")),
        ["filter.modifiedAfter"] = habits => habits.PassesOver = ["meta.modified.after"],
        ["filter.modifiedBefore"] = habits => habits.PassesOver = ["meta.modified.before"],
        ["filter.createdAfter"] = habits => habits.PassesOver = ["meta.created.after"],
        ["filter.values"] = habits => habits.PassesOver = ["groupType"],
        ["filter.order"] = habits =>
        {
            habits.PassesOver = ["sortkey"];
            habits.Rewrite = (request, body) => request.Collection == Collections.Organisations ? Turned(body, 1) : body;
        },
        ["deleted.told"] = habits => habits.Deletions = null,
        ["deleted.gone"] = habits => habits.Deletions = [new Deletion(Collections.Persons, Ids.Of("north-7-1"), TimeProvider.System.GetUtcNow())],
        ["lookup.known"] = habits => habits.LooksUp = false,
        ["lookup.unknown"] = habits => habits.RefuseUnknown = true,
        ["byId.known"] = habits => habits.ById = false,
        ["byId.unknown"] = habits => habits.UnknownIdStatus = 500,
        ["unknown.path"] = habits => habits.UnknownPathStatus = 500,
        ["unknown.parameter"] = habits => habits.UnknownParameterStatus = 500,
    };

    private static Action<EduCloudHabits> Body(string collection, Func<byte[], byte[]> change) =>
        habits => habits.Rewrite = (request, body) => request.Collection == collection ? change(body) : body;

    private static Action<EduCloudHabits> Node(string collection, Func<JsonObject, JsonNode> change) =>
        Body(collection, body => System.Text.Encoding.UTF8.GetBytes(change(JsonNode.Parse(body)!.AsObject()).ToJsonString()));

    private static Action<EduCloudHabits> Answer(string collection, Action<JsonObject> change) => Node(collection, answer =>
    {
        change(answer);
        return answer;
    });

    /// <summary>The first row of every page.</summary>
    private static Action<EduCloudHabits> Rows(string collection, Action<JsonObject> change) => Answer(collection, page =>
    {
        if (page["data"] is JsonArray { Count: > 0 } rows)
        {
            change(rows[0]!.AsObject());
        }
    });

    private static void Each(JsonObject page, Action<JsonObject> change) => page["data"]!.AsArray().ToList().ForEach(row => change(row!.AsObject()));

    /// <summary>The same rows, some places further.</summary>
    private static byte[] Turned(byte[] body, int places)
    {
        var page = JsonNode.Parse(body)!.AsObject();
        var rows = page["data"]!.AsArray().Select(row => row!.DeepClone()).ToList();
        page["data"] = new JsonArray([.. rows.Skip(places % Math.Max(1, rows.Count)), .. rows.Take(places % Math.Max(1, rows.Count))]);
        return System.Text.Encoding.UTF8.GetBytes(page.ToJsonString());
    }
}
