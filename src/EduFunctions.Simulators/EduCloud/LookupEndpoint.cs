using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Persons by id or civic number, as a bare array. Looks through all persons: it is asked rarely, and for few.</summary>
internal sealed class LookupEndpoint(ISchoolData data, EduCloudHabits habits, Faults faults)
{
    public async Task AnswerAsync(HttpContext context, PageRequest request)
    {
        if (await AskedAsync(context) is not { } asked)
        {
            await Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_body", "ids or civicNos is an array of strings.");
            return;
        }

        if (asked.Count > habits.MostLookedUp)
        {
            await Answers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "answer_too_large", "Ask for fewer persons.");
            return;
        }

        var found = Persons().Where(person => asked.Overlaps(KeysOf(person))).ToList();
        if (habits.RefuseUnknown && found.Count < asked.Count)
        {
            await Answers.ErrorAsync(context, StatusCodes.Status404NotFound, "not_found", "At least one of the persons does not exist.");
            return;
        }

        var body = Answers.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var person in found)
            {
                person.WriteTo(writer);
            }

            writer.WriteEndArray();
        });
        await Answers.SendAsync(context, StatusCodes.Status200OK, faults.Rewrite(request, body), habits.Packing);
    }

    private IEnumerable<JsonObject> Persons() =>
        data.Rows(Collections.Persons).Concat(habits.Unlisted?.Rows(Collections.Persons) ?? []);

    private static async Task<HashSet<string>?> AskedAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body is JsonObject question ? [.. Strings(question, "ids"), .. Strings(question, "civicNos")] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Strings(JsonObject question, string name) =>
        question[name]?.AsArray().Select(value => value!.GetValue<string>().ToLowerInvariant()) ?? [];

    private static IEnumerable<string> KeysOf(JsonObject person)
    {
        if ((string?)person["id"] is { } id)
        {
            yield return id.ToLowerInvariant();
        }

        if ((string?)person["civicNo"]?["value"] is { } civicNumber)
        {
            yield return civicNumber.ToLowerInvariant();
        }
    }
}
