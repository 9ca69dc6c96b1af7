using System.Net;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>Bodies that are too long, too slow or say nothing, and callers who ask without end.</summary>
[Collection(HostTests.Name)]
public sealed class EdgeTests(AzuriteFixture azurite, ServedTown served) : IClassFixture<ServedTown>
{
    [Fact]
    public async Task A_byte_too_much_is_told_and_so_is_a_body_without_end()
    {
        var serving = served.Serving;
        var path = $"/api/tenants/{served.Town.Id}/sync";

        Assert.StartsWith("HTTP/1.1 413", await AskAsync(serving, $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 65537\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 413", await AskAsync(serving, $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 413", await AskAsync(
            serving, $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n{new string(' ', 65537)}\r\n"));
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_told_and_does_not_keep_anybody_busy()
    {
        var answer = await AskAsync(served.Serving, $"POST /api/tenants/{served.Town.Id}/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("application/problem+json", answer);
    }

    [Theory]
    [InlineData("""{ "feeds": [] }""")]
    [InlineData("""{ "feeds": [], "dryRun": true }""")]
    [InlineData("""{ "feeds": [null] }""")]
    [InlineData("""{ "feeds": ["apple", "apple"] }""")]
    [InlineData("""{ "": 1 }""")]
    [InlineData("""{ "dryRun": true, "dryRun": false }""")]
    [InlineData("""{ "dryRun": true, "DRYRUN": false }""")]
    public async Task What_is_empty_or_said_twice_begins_nothing(string body)
    {
        var answer = await served.Serving.Http.PostAsync($"/api/tenants/{served.Town.Id}/sync", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await served.Town.BlobsAsync("runs", ".json"));
    }

    [Fact]
    public async Task An_address_that_calls_without_end_is_told_to_wait()
    {
        await using var town = await TownAsync();
        town.Environment["CallsPerMinute"] = "40";
        await using var serving = await Serving.StartAsync(town);

        var answers = new List<HttpResponseMessage>();
        for (var call = 0; call < 100; call++)
        {
            answers.Add(await serving.Http.GetAsync("/api/openapi.json"));
        }

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.Equal("application/problem+json", refused[0].Content.Headers.ContentType!.MediaType);
        Assert.NotNull(refused[0].Headers.RetryAfter);
    }

    [Theory]
    [InlineData("CallsPerMinute", "0")]
    [InlineData("Pipeline__Calls__Idle", "00:00:00")]
    [InlineData("Pipeline__Calls__Idel", "00:01:00")]
    [InlineData("Pipeline__Calls__Whole", "01:00:00")]
    [InlineData("Pipeline__Calls__Connect", "soon")]
    public async Task A_limit_that_is_none_is_named(string setting, string value)
    {
        await using var town = await TownAsync();
        town.Environment[setting] = value;

        var ended = await town.CommandAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(setting.Split("__")[^1], ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }

    [Theory]
    [InlineData("NightlySchedule", "at eight")]
    [InlineData("NightlyTimeZone", "Europe/Nordhamn")]
    public async Task A_timer_that_cannot_run_ends_the_host_with_a_code(string setting, string value)
    {
        await using var town = await TownAsync();
        town.Environment[setting] = value;

        var ended = await town.CommandAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, ended.ExitCode);
    }

    private async Task<Town> TownAsync()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        return await Town.StartAsync(azurite, school.Data);
    }

    private static Task<string> AskAsync(Serving serving, string request) => RawHttp.AskAsync(serving.Http.BaseAddress!, request);
}
