using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Counts attempts, asks the habits what goes wrong, and answers the faults that are the same everywhere.</summary>
internal sealed class Faults(EduCloudHabits habits, string customer)
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes("<html><body>Tjänsten är tillfälligt stängd</body></html>");
    private readonly ConcurrentDictionary<(string Collection, int Page), int> _attempts = new();

    public (PageRequest Request, Fault? Fault) Ask(string collection, int page)
    {
        var attempt = _attempts.AddOrUpdate((collection, page), 1, (_, earlier) => earlier + 1);
        var request = new PageRequest(collection, page, attempt, customer);
        return (request, habits.Fault?.Invoke(request));
    }

    /// <summary>The body as the habits have it sent.</summary>
    public ReadOnlyMemory<byte> Rewrite(PageRequest request, ReadOnlyMemory<byte> body) =>
        habits.Rewrite is { } rewrite ? rewrite(request, body.ToArray()) : body;

    /// <summary>Whether the fault was the answer; if not, the usual one is due.</summary>
    public async Task<bool> AnswerAsync(HttpContext context, Fault? fault)
    {
        switch (fault)
        {
            case Fault.Status status:
                Answers.RetryAfter(context, status.RetryAfter);
                await StatusAsync(context, status);
                return true;
            case Fault.Redirect redirect:
                context.Response.Headers.Location = redirect.Location;
                context.Response.StatusCode = redirect.Code;
                return true;
            case Fault.Gone:
                await StatusAsync(context, new Fault.Status(StatusCodes.Status410Gone));
                return true;
            case Fault.Unauthorized:
                await Answers.UnauthorizedAsync(context);
                return true;
            case Fault.SourceUnavailable unavailable:
                await SourceUnavailableAsync(context, unavailable.Code);
                return true;
            case Fault.Garbage:
                await Answers.SendAsync(context, StatusCodes.Status200OK, Html);
                return true;
            case Fault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                return true;
            case Fault.Delay delay:
                await Task.Delay(delay.Time, context.RequestAborted);
                return false;
            default:
                return false;
        }
    }

    private static Task StatusAsync(HttpContext context, Fault.Status status) =>
        status.Body is null
            ? Answers.ErrorAsync(context, status.Code, "error", $"The source answered {status.Code}.")
            : Answers.SendAsync(context, status.Code, Encoding.UTF8.GetBytes(status.Body));

    private Task SourceUnavailableAsync(HttpContext context, int code) =>
        Answers.ErrorAsync(context, code, "source_unavailable", $"Could not find any current data set for source: {customer}");
}
