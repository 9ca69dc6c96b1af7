using System.Globalization;
using System.Text.Json;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Pages of a collection. Filters are accepted where the standard allows them, and narrow where the habits say so.</summary>
internal sealed class CollectionEndpoint(ISchoolData data, EduCloudHabits habits, Faults faults)
{
    public async Task AnswerAsync(HttpContext context, string collection)
    {
        if (habits.UnknownParameterStatus is { } status && context.Request.Query.Keys.Any(key => !Narrowing.Parameters.Contains(key)))
        {
            await Answers.ErrorAsync(context, status, Answers.InvalidFilter, "A parameter is unknown.");
            return;
        }

        var (position, error) = Position(collection, context.Request.Query);
        if (position is null)
        {
            await Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, Answers.InvalidFilter, error!);
            return;
        }

        var (request, fault) = faults.Ask(collection, position.Page);
        if (habits.Shift is { } shift)
        {
            position = position with { Start = shift(request, position.Start) };
        }

        switch (fault)
        {
            case Fault.CutMidBody:
                await Answers.SendHalfAsync(context, Page(position), habits.Packing);
                break;
            case Fault.TruncatedJson:
                var whole = Page(position);
                await SendAsync(context, whole[..(whole.Length / 2)]);
                break;
            case Fault.RepeatToken:
                await SendAsync(context, Page(position, position));
                break;
            case Fault.EmptyPageWithToken:
                await SendAsync(context, Page(position with { Limit = 0 }, position with { Page = position.Page + 1 }));
                break;
            default:
                if (!await faults.AnswerAsync(context, fault))
                {
                    await SendAsync(context, faults.Rewrite(request, Page(position)));
                }

                break;
        }
    }

    private Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body) =>
        Answers.SendAsync(context, StatusCodes.Status200OK, body, habits.Packing);

    private (PagePosition? Position, string? Error) Position(string collection, IQueryCollection query)
    {
        var limit = habits.DefaultPageSize;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
        {
            return (null, "limit is a whole number from 1.");
        }

        limit = habits.KeepsLimit ? Math.Min(limit, habits.MostPerPage) : habits.DefaultPageSize;
        var filter = habits.Narrows ? Narrowing.FilterOf(query, habits.PassesOver) : "";
        if (habits.PagesByOffset)
        {
            var start = int.TryParse(query["offset"], CultureInfo.InvariantCulture, out var offset) ? offset : 0;
            return (new PagePosition(collection, start / limit, start, limit, filter), null);
        }

        if (!query.TryGetValue("pageToken", out var token))
        {
            return (new PagePosition(collection, 0, 0, limit, filter), null);
        }

        if (habits.StrictPaging && query.Keys.Any(key => key is not ("pageToken" or "limit")))
        {
            return (null, "Filters cannot be combined with pageToken.");
        }

        var position = PagePosition.Parse(token.ToString());
        return position?.Collection != collection && habits.TakesAnyToken ? (new PagePosition(collection, 0, 0, limit, filter), null)
            : position?.Collection != collection ? (null, "The pageToken is unknown.")
            : query.ContainsKey("limit") ? (position with { Limit = limit }, null)
            : (position, null);
    }

    private ReadOnlyMemory<byte> Page(PagePosition position)
    {
        var next = (int)Math.Min((long)position.Start + position.Limit, int.MaxValue);
        var isLast = next >= RowsOf(position).Count(position.Collection);
        return Page(position, isLast ? null : position with { Page = position.Page + 1, Start = next });
    }

    private ReadOnlyMemory<byte> Page(PagePosition position, PagePosition? next) => Answers.Json(writer =>
    {
        if (habits.PagesByOffset)
        {
            writer.WriteStartArray();
            WriteRows(position, writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("data");
        WriteRows(position, writer);
        WriteToken(next, writer);
        writer.WriteEndObject();
    });

    private void WriteRows(PagePosition position, Utf8JsonWriter writer)
    {
        var rows = RowsOf(position);
        var end = (int)Math.Min(rows.Count(position.Collection), (long)position.Start + position.Limit);
        for (var index = position.Start; index < end; index++)
        {
            rows.Write(position.Collection, index, writer);
        }

        writer.WriteEndArray();
    }

    private ISchoolData RowsOf(PagePosition position) => position.Filter.Length == 0 ? data : Narrowing.Of(data, position.Collection, position.Filter, habits.AfterIsInclusive);

    private void WriteToken(PagePosition? next, Utf8JsonWriter writer)
    {
        if (next is not null || !habits.OmitLastPageToken)
        {
            writer.WriteString("pageToken", next?.Token ?? (habits.EmptyLastPageToken ? "" : null));
        }
    }
}
