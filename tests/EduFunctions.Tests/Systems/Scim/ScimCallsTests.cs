using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Systems.Scim;
using EduFunctions.Simulators.Http;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>Answers of a server that says what a test wants, call by call.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimCallsTests
{
    private const string NoUsers = """{"totalResults": 0}""";

    private readonly List<FileProgress> _kept = [];
    private readonly List<string> _calls = [];
    private readonly SkippingTime _time = new();
    private readonly ScimDelivery _scim;
    private Func<string, (int Status, string Body)> _answer = _ => (200, NoUsers);

    public ScimCallsTests() => _scim = new ScimDelivery(Registered.Services.GetRequiredService<CertifiedConnections>(), new PipelineOptions(), _time);

    [Fact]
    public async Task A_token_that_is_refused_is_asked_for_anew_once()
    {
        var tokens = 0;
        _answer = call => call.StartsWith("POST /token", StringComparison.Ordinal) ? (200, $$"""{"access_token": "token-{{++tokens}}"}""")
            : tokens < 2 ? (401, "") : Good(call);

        var result = await SendAsync(Bring("a"));

        Assert.Equal((ReceiptState.Processed, 2), (result.State, tokens));
        _kept.Clear();
        _answer = call => call.StartsWith("POST /token", StringComparison.Ordinal) ? (200, """{"access_token": "secret-token"}""") : (401, "");
        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(Bring("a")));
        Assert.Contains("\"client-secret\"", refusal.Message);
        Assert.DoesNotContain("secret-token", refusal.Message);
    }

    [Fact]
    public async Task Nobody_is_created_again_before_somebody_has_looked()
    {
        var isThere = false;
        _answer = call =>
        {
            var wasThere = isThere;
            isThere |= call.StartsWith("POST /scim", StringComparison.Ordinal);
            return call.StartsWith("POST /scim", StringComparison.Ordinal) ? (503, "") : (200, wasThere ? List(User("1", "a")) : NoUsers);
        };

        var result = await SendAsync(Bring("a"));

        Assert.Equal(ReceiptState.Processed, result.State);
        Assert.Equal(1, _calls.Count(call => call.StartsWith("POST /scim", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"totalResults": "many"}""")]
    [InlineData("""{"totalResults": 1, "Resources": ["a"]}""")]
    [InlineData("""{"totalResults": 1, "Resources": [{"externalId": "a"}]}""")]
    [InlineData("<html><body>Welcome</body></html>")]
    public async Task What_is_no_list_tells_nothing_of_who_is_there(string list)
    {
        _answer = call => call.Contains("Config", StringComparison.Ordinal) ? (404, "") : (200, list);

        var error = await Assert.ThrowsAsync<IOException>(() => SendAsync(Bring("a")));

        Assert.Contains("no list as SCIM has it", error.Message);
        Assert.DoesNotContain(_calls, call => call.StartsWith("POST", StringComparison.Ordinal));
        Assert.Equal(ReceiptState.Sent, Assert.Single(_kept).State);
    }

    [Fact]
    public async Task Of_two_with_one_external_id_neither_is_changed_and_both_are_deleted()
    {
        _answer = call => call.StartsWith("GET /scim/Users?", StringComparison.Ordinal) ? (200, List(User("1", "a"), User("2", "a")))
            : call.StartsWith("DELETE", StringComparison.Ordinal) ? (204, "")
            : (404, "");

        var result = await SendAsync(Bring("a"), Line("delete", "a"));

        Assert.Equal(ReceiptState.ProcessedWithErrors, result.State);
        Assert.Contains("1 × two resources have the externalId", result.Reason);
        Assert.Equal(["DELETE /scim/Users/1 ", "DELETE /scim/Users/2 "], _calls.Where(call => !call.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_neither_lists_nor_looks_is_told_what_was_asked_and_answered()
    {
        _answer = call => call.Contains("Config", StringComparison.Ordinal) ? (404, "") : (400, """{"scimType": "tooMany"}""");

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(Bring("a"), Bring("b")));

        Assert.Contains("answered 400 tooMany to Users?filter=externalId", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_looks_for_nothing_is_looked_through()
    {
        _answer = call => call.StartsWith("GET /scim/Users", StringComparison.Ordinal) ? (200, List(User("1", "b"), User("2", "a", "Old")))
            : call.StartsWith("PATCH /scim/Users/2 ", StringComparison.Ordinal) ? (204, "")
            : (404, "");

        var result = await SendAsync(Bring("a"));

        Assert.Equal(ReceiptState.Processed, result.State);
        Assert.Contains(_calls, call => call.Contains("""{"op":"replace","path":"displayName","value":"a"}""", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, "<html><body>Welcome</body></html>")]
    [InlineData(200, """{"id": "another"}""")]
    [InlineData(202, "")]
    public async Task A_change_that_is_answered_otherwise_counts_only_when_it_is_there(int status, string body)
    {
        _answer = call => call.StartsWith("GET /scim/Users", StringComparison.Ordinal) ? (200, List(User("1", "a", "Old")))
            : call.StartsWith("PATCH", StringComparison.Ordinal) ? (status, body)
            : (404, "");

        var result = await SendAsync(Bring("a"));

        Assert.Equal(ReceiptState.ProcessedWithErrors, result.State);
        Assert.Contains($"1 × {status} again and again", result.Reason);
        Assert.Equal([1], Assert.Single(_kept).Refused);
    }

    [Fact]
    public async Task A_server_that_refuses_most_is_left_alone()
    {
        _answer = call => call.StartsWith("POST", StringComparison.Ordinal) ? (400, """{"scimType": "invalidValue", "detail": "Anna Andersson"}""") : (200, NoUsers);

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync([.. Enumerable.Range(0, 80).Select(number => Bring($"p{number}"))]));

        Assert.Contains("50 × 400 invalidValue", refusal.Message);
        Assert.DoesNotContain("Anna", refusal.Message);
        Assert.Equal(50, _calls.Count(call => call.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_has_to_wait_too_long_comes_back_and_in_the_end_gives_up_for_the_night()
    {
        _answer = call => call.StartsWith("POST", StringComparison.Ordinal) ? (429, "") : (200, NoUsers);
        DeliveryResult result;
        var stages = 0;
        do
        {
            result = await SendAsync(Bring("a"));
            stages++;
        }
        while (result.GoesOn);

        Assert.Equal(ReceiptState.Unknown, result.State);
        Assert.Contains("0 of 1 lines within 60 minutes", result.Reason);
        Assert.InRange(stages, 8, 16);
    }

    [Fact]
    public async Task A_connection_is_tried_by_looking_for_nobody()
    {
        Assert.Null((await CheckAsync()).Problem);
        _answer = _ => (403, "");
        Assert.Contains("whether the token may read", (await CheckAsync()).Problem);
        Assert.All(_calls, call => Assert.StartsWith("GET", call));
    }

    private async Task<DeliveryResult> SendAsync(params string[] lines)
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        using var files = new FeedFiles();
        files.Create("scim.jsonl").Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        var progress = new DeliveryProgress([.. _kept], made =>
        {
            var now = made.ToList();
            _kept.Clear();
            _kept.AddRange(now);
            return Task.CompletedTask;
        });
        var setup = new FeedSetup { Name = "scim", Type = "scim", Settings = new ScimSettings(), Delivery = Settings(server) };
        return await _scim.SendAsync(files, setup, progress, CancellationToken.None);
    }

    private async Task<ConnectionCheck> CheckAsync()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        var checks = new List<ConnectionCheck>();
        await foreach (var check in _scim.TestAsync(Settings(server), CancellationToken.None))
        {
            checks.Add(check);
        }

        return Assert.Single(checks);
    }

    private static ScimDeliverySettings Settings(LoopbackServer server) => new()
    {
        Type = "scim",
        BaseUrl = $"{server.Address}/scim",
        TokenUrl = $"{server.Address}/token",
        ClientId = "us",
        ClientSecret = new Secret("client-secret", "nobody-else-knows"),
        TimeoutMinutes = 60,
    };

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync()}";
        var isToken = call.StartsWith("POST /token", StringComparison.Ordinal);
        if (!isToken)
        {
            _calls.Add(call);
        }

        var (status, body) = isToken && !_answer(call).Body.Contains("access_token", StringComparison.Ordinal)
            ? (200, """{"access_token": "a-token"}""")
            : _answer(call);
        context.Response.StatusCode = status;
        if (status == 429)
        {
            context.Response.Headers.RetryAfter = "50";
        }

        await context.Response.WriteAsync(status == 204 ? "" : body);
    }

    /// <summary>A server that takes everybody.</summary>
    private static (int, string) Good(string call) => call.StartsWith("POST", StringComparison.Ordinal) ? (201, User("1", "a").ToJsonString()) : (200, NoUsers);

    private static JsonObject User(string place, string id, string? name = null) => new() { ["id"] = place, ["externalId"] = id, ["displayName"] = name ?? id };

    private static string List(params JsonObject[] users) => new JsonObject { ["totalResults"] = users.Length, ["Resources"] = new JsonArray(users) }.ToJsonString();

    private static string Bring(string id) => ScimLine.Write(ScimLine.Bring, ScimType.Users, id, $$"""{"externalId":"{{id}}","displayName":"{{id}}"}""");

    private static string Line(string word, string id) => ScimLine.Write(word, ScimType.Users, id);
}
