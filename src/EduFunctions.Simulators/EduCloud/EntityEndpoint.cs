using System.Globalization;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Single entities by their ids, and what has been deleted.</summary>
internal sealed class EntityEndpoint(ISchoolData data, EduCloudHabits habits, Faults faults)
{
    public const string Deleted = "deletedEntities";

    public async Task AnswerAsync(HttpContext context, string collection, string id)
    {
        var index = habits.ById && !habits.Without.Contains(collection) ? data.IndicesOf(collection, id).DefaultIfEmpty(-1).First() : -1;
        if (index < 0)
        {
            await Answers.ErrorAsync(context, habits.UnknownIdStatus, "not_found", "Not Found");
            return;
        }

        var body = Answers.Json(writer => data.Write(collection, index, writer));
        await Answers.SendAsync(context, StatusCodes.Status200OK, body, habits.Packing);
    }

    public Task DeletedAsync(HttpContext context, PageRequest request, IReadOnlyList<Deletion> deletions)
    {
        var isAsked = DateTimeOffset.TryParse(context.Request.Query["after"], CultureInfo.InvariantCulture, out var after);
        var told = deletions.Where(deletion => !isAsked || deletion.At > after || (habits.AfterIsInclusive && deletion.At == after)).ToList();
        var body = Answers.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            foreach (var collection in told.GroupBy(deletion => deletion.Collection, StringComparer.Ordinal))
            {
                // The standard's own spelling.
                writer.WriteStartArray(collection.Key == Collections.Activities ? "activitites" : collection.Key);
                collection.ToList().ForEach(deletion => writer.WriteStringValue(deletion.Id));
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteNull("pageToken");
            writer.WriteEndObject();
        });
        return Answers.SendAsync(context, StatusCodes.Status200OK, faults.Rewrite(request, body), habits.Packing);
    }
}
