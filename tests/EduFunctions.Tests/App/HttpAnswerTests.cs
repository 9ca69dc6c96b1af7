using System.Text;
using EduFunctions.App;
using EduFunctions.Pipeline.Http;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed class HttpAnswerTests
{
    [Fact]
    public async Task Says_where_what_was_begun_can_be_watched()
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };

        await new HttpAnswer(new ApiAnswer(202, new { Run = "r1" }, "/api/tenants/nordhamn/runs/r1")).ExecuteAsync(context);

        Assert.Equal(202, context.Response.StatusCode);
        Assert.Equal("/api/tenants/nordhamn/runs/r1", context.Response.Headers.Location);
        Assert.Equal("{\n  \"run\": \"r1\"\n}", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Sends_a_problem_as_one()
    {
        var context = new DefaultHttpContext();

        await new HttpAnswer(ApiAnswer.Problem(409, "Already running", "Run r1 of the tenant is under way.", "r1")).ExecuteAsync(context);

        Assert.Equal(409, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.False(context.Response.Headers.ContainsKey("Location"));
    }
}
