using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.App;

/// <summary>Sends an answer of the API as HTTP.</summary>
internal sealed class HttpAnswer(ApiAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = answer.Status;
        httpContext.Response.Headers.Location = answer.Location;
        httpContext.Response.Headers.WWWAuthenticate = answer.Challenge;
        return httpContext.Response.WriteAsJsonAsync(answer.Body, Serialization.Indented, answer.ContentType, httpContext.RequestAborted);
    }
}
