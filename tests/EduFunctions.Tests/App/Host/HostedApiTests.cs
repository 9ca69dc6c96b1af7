using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using EduFunctions.FunctionsHost;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.App.Host;

/// <summary>Every call of docs/api.md in the host's order of routes, with its keys.</summary>
[Collection(HostedTests.Name)]
public sealed partial class HostedApiTests(HostedSchool school, ITestOutputHelper output) : IClassFixture<HostedSchool>
{
    private static readonly string[] Open = ["/api/health", "/api/openapi.json"];

    // What each call answers to a caller who sends nothing but the key, on a tenant whose run was delivered.
    private static readonly Dictionary<string, HttpStatusCode> Answers = new()
    {
        ["POST /api/tenants/{tenant}/sync"] = HttpStatusCode.Accepted,
        ["POST /api/nights"] = HttpStatusCode.Accepted,
        ["POST /api/approvals"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/runs/{run}/approve"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/runs/{run}/refuse"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/runs/{run}/resend"] = HttpStatusCode.Accepted,
        ["POST /api/tenants/{tenant}/runs/{run}/requeue"] = HttpStatusCode.Conflict,
        ["POST /api/tenants/{tenant}/people"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/freeze"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/thaw"] = HttpStatusCode.BadRequest,
        ["POST /api/tenants/{tenant}/logins"] = HttpStatusCode.Unauthorized,
    };

    private readonly Town _town = school.Town;
    private readonly HostedApp _app = school.App;

    [Fact]
    public async Task Every_function_is_indexed_and_loaded_and_the_one_that_always_fits_comes_last()
    {
        using var worker = await _app.Host.WorkerAsync();
        output.WriteLine($"Loaded after {_app.Host.ColdStart.TotalSeconds:0.0} s, {worker.WorkingSet64 >> 20} MB: {string.Join(", ", _app.Host.Functions.Select(function => function.Name))}");

        var expected = AppTriggers.All.Select(function => function.Name).Order(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(expected, _app.Host.Functions.Select(function => function.Name));
        Assert.Equal("{*path}", _app.Host.Functions.Last(function => function.Route is not null).Route);
    }

    [Fact]
    public async Task Every_call_that_is_documented_is_answered_by_its_own_function_to_whoever_has_a_key()
    {
        Assert.Equal(Documented().Count, Documented().Distinct().Count());
        foreach (var (method, template) in Documented())
        {
            var expected = (Answers.GetValueOrDefault($"{method} {template}", HttpStatusCode.OK), true);
            var own = FunctionOf(method, template);

            await ForgetRunsAsync(template);
            Assert.Equal((method, template, expected), (method, template, await AnswerAsync(method, template, _app.Host.Keys.Of(own.Name))));
            await ForgetRunsAsync(template);
            Assert.Equal((method, template, expected), (method, template, await AnswerAsync(method, template, _app.Host.Keys.Host)));
        }
    }

    [Fact]
    public async Task Without_a_key_or_with_another_functions_key_only_the_open_calls_are_answered()
    {
        foreach (var (method, template) in Documented())
        {
            var expected = Open.Contains(template) ? (HttpStatusCode.OK, true) : (HttpStatusCode.Unauthorized, false);
            var other = _app.Host.Functions.First(function => function.NeedsKey && function.Name != FunctionOf(method, template).Name);

            Assert.Equal((method, template, expected), (method, template, await AnswerAsync(method, template, key: null)));
            Assert.Equal((method, template, expected), (method, template, await AnswerAsync(method, template, _app.Host.Keys.Of(other.Name))));
        }
    }

    [Fact]
    public async Task A_HEAD_is_answered_as_its_GET_and_OPTIONS_with_what_an_address_takes()
    {
        foreach (var (method, template) in Documented())
        {
            using var head = await SendAsync("HEAD", template, _app.Host.Keys.Host);
            using var options = await SendAsync("OPTIONS", template, key: null);

            Assert.Equal((template, method == "GET" ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed), (template, head.StatusCode));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            Assert.Equal((template, HttpStatusCode.NoContent), (template, options.StatusCode));
            Assert.Equal((string[])(method == "GET" ? ["GET", "HEAD"] : [method]), options.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task What_a_call_begins_lies_on_its_queue_as_every_host_writes_it()
    {
        var queue = new QueueServiceClient(_town.Storage).GetQueueClient(Queues.Extract);
        await queue.ClearMessagesAsync();
        await ForgetRunsAsync("/sync");

        var run = await _app.SyncAsync(_town.Id);

        var message = (await queue.ReceiveMessageAsync()).Value;
        Assert.Equal(
            $$"""{"tenant":"{{_town.Id}}","run":"{{run}}","slice":0}""",
            Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString())));
    }

    [Fact]
    public async Task The_status_page_is_closed_until_the_platform_signs_people_in()
    {
        using var closed = await SendAsync("GET", "/", _app.Host.Keys.Host);
        var settings = new Dictionary<string, string>(HostedApp.Settings(_town)) { ["WEBSITE_AUTH_ENABLED"] = "true", ["WEBSITE_SITE_NAME"] = "edufunctions" };
        await using var signedIn = await AppHost.StartAsync(HostedApp.Options(_town) with { Settings = settings, ListensToQueues = false });
        using var http = new HttpClient { BaseAddress = signedIn.Address };
        using var stranger = await http.GetAsync("/");
        http.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", Principal("reader"));
        using var page = await http.GetAsync($"/tenants/{_town.Id}/runs/{school.Run}");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (closed.StatusCode, stranger.StatusCode, page.StatusCode));
        Assert.Contains(school.Run, await page.Content.ReadAsStringAsync());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
    }

    /// <summary>The host looks at the first key alone, so that the app has to say no to a second one.</summary>
    [Fact]
    public async Task A_key_that_is_sent_twice_opens_nothing_whichever_comes_first()
    {
        var key = _app.Host.Keys.Host;

        Assert.StartsWith("HTTP/1.1 403", await RawHttp.AskAsync(_app.Host.Address, Asking(key, "another")));
        Assert.StartsWith("HTTP/1.1 403", await RawHttp.AskAsync(_app.Host.Address, Asking(key, key)));
        Assert.StartsWith("HTTP/1.1 401", await RawHttp.AskAsync(_app.Host.Address, Asking("another", key)));
        Assert.StartsWith("HTTP/1.1 200", await RawHttp.AskAsync(_app.Host.Address, Asking(key)));

        static string Asking(params string[] keys) => $"GET /api/tenants HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(keys.Select(key => $"x-functions-key: {key}\r\n"))}\r\n";
    }

    /// <summary>With no key and with one of another function, whichever way the host and the app may read a path.</summary>
    [Theory]
    [InlineData("//api/tenants")]
    [InlineData("/api//tenants")]
    [InlineData("/api/./tenants")]
    [InlineData("/api/x/../tenants")]
    [InlineData("/api/x/%2e%2e/tenants")]
    [InlineData("/api/health/../tenants")]
    [InlineData("/api/health/%2e%2e%2ftenants")]
    [InlineData("/%61pi/%74enants")]
    [InlineData("/api%2Ftenants")]
    [InlineData("/api%5Ctenants")]
    [InlineData("/api/tenants/")]
    [InlineData("/api/tenants;x=1")]
    [InlineData("/API/TENANTS?code=x")]
    [InlineData("/api/tenants%00")]
    [InlineData("/api/tenants%ff")]
    [InlineData("/api/tenants%E2%80%8B")]
    public async Task No_odd_spelling_leads_around_a_key(string target)
    {
        var others = _app.Host.Keys.Of("Runs");

        Assert.Matches(@"^HTTP/1\.1 4\d\d ", await RawHttp.AskAsync(_app.Host.Address, $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        Assert.Matches(@"^HTTP/1\.1 4\d\d ", await RawHttp.AskAsync(_app.Host.Address, $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nx-functions-key: {others}\r\n\r\n"));
    }

    /// <summary>Servers of this kind end a connection that brings less than 240 bytes a second after five; the API waits for twenty.</summary>
    [Fact]
    public async Task A_caller_may_be_slow()
    {
        var head = $"POST /api/tenants/nobody/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nx-functions-key: {_app.Host.Keys.Host}\r\nContent-Length: 2\r\n\r\n";

        var answer = await RawHttp.AskAsync(_app.Host.Address, head + "{", TimeSpan.FromSeconds(8), "}"); Assert.True(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal), answer + _app.Log);
    }

    /// <summary>The first column of the page's table: method and path, with what is left out of the paths put in again.</summary>
    private static List<(string Method, string Template)> Documented()
    {
        var calls = new List<(string, string)>();
        foreach (var line in Repository.Text("docs/api.md").Split('\n').SkipWhile(line => !line.StartsWith("| Call", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0))
        {
            var (method, tenant) = ("GET", "/api/tenants/{tenant}");
            foreach (Match call in Call().Matches(line.Split('|')[1]))
            {
                method = call.Groups[1].Success ? call.Groups[1].Value : method;
                calls.Add((method, call.Groups[2].Value.Replace("…", tenant, StringComparison.Ordinal)));
            }
        }

        return calls;
    }

    private AppFunction FunctionOf(string method, string template) => _app.Host.Functions.Single(
        function => function.Route == template[1..] && function.Methods.Contains(method, StringComparer.OrdinalIgnoreCase));

    /// <summary>The host says nothing beside its status; the app always does.</summary>
    private async Task<(HttpStatusCode Status, bool IsOfTheApp)> AnswerAsync(string method, string template, string? key)
    {
        using var answer = await SendAsync(method, template, key);
        return (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length > 0);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string template, string? key)
    {
        var path = template.Replace("{tenant}", _town.Id, StringComparison.Ordinal).Replace("{run}", school.Run, StringComparison.Ordinal)
            .Replace("{feed}", "apple", StringComparison.Ordinal).Replace("{personId}", Ids.Of("vilda"), StringComparison.Ordinal)
            .Replace("{list}", "left-out", StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = _app.Host.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await http.SendAsync(request);
    }

    /// <summary>A second run would be refused while the first waits on its queue, so that one is taken away.</summary>
    private async Task ForgetRunsAsync(string template)
    {
        if (template.EndsWith("/sync", StringComparison.Ordinal) || template.EndsWith("/resend", StringComparison.Ordinal))
        {
            await _town.Container("state").GetBlobClient($"{_town.Id}/active.json").DeleteIfExistsAsync();
        }
    }

    private static string Principal(string role) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
    {
        claims = new[] { new { typ = "roles", val = role } },
        role_typ = "roles",
    }));

    [GeneratedRegex("`(?:(GET|POST) )?(/api/[^` ]+|…/[^` ]+)`?")]
    private static partial Regex Call();
}
