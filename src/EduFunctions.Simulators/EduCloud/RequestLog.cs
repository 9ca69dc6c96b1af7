using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

public sealed record LoggedRequest(DateTimeOffset Time, string Method, string PathAndQuery, int Status);

/// <summary>Every request with its answer, written before the client sees the answer: whoever has it, finds it here.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<LoggedRequest> _requests = new();

    public IReadOnlyList<LoggedRequest> All => [.. _requests];

    /// <summary>Call the result when the request is over: one that never got an answer is written then.</summary>
    public Action Follow(HttpContext context, DateTimeOffset time)
    {
        var isWritten = 0;
        context.Response.OnStarting(() =>
        {
            Write();
            return Task.CompletedTask;
        });
        return Write;

        void Write()
        {
            if (Interlocked.Exchange(ref isWritten, 1) == 0)
            {
                var request = context.Request;
                _requests.Enqueue(new(time, request.Method, request.Path + request.QueryString.Value, context.Response.StatusCode));
            }
        }
    }
}
