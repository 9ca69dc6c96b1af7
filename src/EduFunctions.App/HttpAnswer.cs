using EduFunctions.Pipeline.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.App;

/// <summary>Sends an answer of the API as HTTP.</summary>
internal sealed class HttpAnswer(ApiAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        return answer.ContentType is null ? Task.CompletedTask : response.WriteAsync(answer.Text, httpContext.RequestAborted);
    }
}
