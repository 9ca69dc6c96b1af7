using System.Net;
using System.Net.Sockets;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>The local host is for its own machine, or for who has the key; and one tenant's name opens nothing of another's.</summary>
[Collection(HostTests.Name)]
public sealed class ServeAccessTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("http://0.0.0.0:{0}")]
    [InlineData("http://*:{0}")]
    [InlineData("http://127.0.0.1:{0};http://[::]:{0}")]
    public async Task Without_a_key_it_does_not_listen_to_others(string urls)
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await town.CommandAsync("serve", "--urls", urls.Replace("{0}", $"{FreePort.Find()}", StringComparison.Ordinal));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("set ApiKey", ended.Errors);
    }

    [Theory]
    [InlineData("nonsense", "--urls must be addresses to listen on")]
    [InlineData("http://127.0.0.1:99999", "--urls must be addresses to listen on")]
    [InlineData(null, "Something listens at")]
    public async Task Where_it_cannot_listen_is_told_in_a_sentence(string? urls, string told)
    {
        await using var town = await Town.StartAsync(azurite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var ended = await town.CommandAsync("serve", "--urls", urls ?? $"http://{taken.LocalEndpoint}");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(told, ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }

    [Fact]
    public async Task With_a_key_everybody_needs_it()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment["ApiKey"] = "a long key of this machine";
        await using var serving = await Serving.StartAsync(town, "0.0.0.0");

        var without = await serving.Http.GetAsync("/api/tenants");
        var page = await serving.Http.GetAsync("/");
        serving.Http.DefaultRequestHeaders.Add("x-functions-key", "a long key of this machine");
        var with = await serving.Http.GetAsync("/api/tenants");
        var twice = await RawHttp.AskAsync(
            serving.Http.BaseAddress!, "GET /api/tenants HTTP/1.1\r\nHost: 127.0.0.1\r\nx-functions-key: a long key of this machine\r\nx-functions-key: another\r\n\r\n");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, page.StatusCode, with.StatusCode));
        Assert.StartsWith("HTTP/1.1 401", twice);
        Assert.Equal("Basic", page.Headers.WwwAuthenticate.Single().Scheme);
        Assert.DoesNotContain("a long key", serving.Errors);
    }

    [Fact]
    public async Task A_foreign_name_that_leads_to_this_machine_opens_nothing_and_neither_does_another_tenants()
    {
        await using var town = await Town.StartAsync(azurite, OnePupil());
        await using var other = await Town.StartAsync(azurite, OnePupil());
        await town.PassAsync();
        await other.PassAsync();
        await using var serving = await Serving.StartAsync(town);
        var run = (string)town.Run["run"]!;

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/api/tenants") { Headers = { Host = "rebound.example" } };
        var foreign = await serving.Http.SendAsync(rebound);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await serving.Http.GetAsync($"/api/tenants/{town.Id}/runs/{run}")).StatusCode);
        foreach (var path in new[] { $"api/tenants/{other.Id}/runs/{run}", $"api/tenants/{other.Id}/runs/{run}/plans/apple", $"tenants/{other.Id}/runs/{run}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await serving.Http.GetAsync(path)).StatusCode);
        }

        Assert.DoesNotContain(run, await serving.Http.GetStringAsync($"/api/tenants/{other.Id}/runs"));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_is_told_by_the_health_check_and_as_a_problem()
    {
        await using var own = await Storage.StartAsync();
        await using var town = await Town.StartAsync(own.Fixture);
        await using var serving = await Serving.StartAsync(town);
        Assert.Contains("\"ready\"", await serving.Http.GetStringAsync("/api/health"));

        await own.DisposeAsync();

        // The good answer of a moment ago holds for half a minute.
        await Serving.UntilAsync(async () => !(await serving.Http.GetAsync("/api/health")).IsSuccessStatusCode);
        var health = await serving.Http.GetAsync("/api/health");
        var tenants = await serving.Http.GetAsync("/api/tenants");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("\"notReady\"", await health.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, tenants.StatusCode);
        Assert.Equal("application/problem+json", tenants.Content.Headers.ContentType!.MediaType);
    }

    private static JsonSchoolData OnePupil()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        return school.Data;
    }

    /// <summary>A storage of the test's own, that may be stopped.</summary>
    private sealed class Storage(AzuriteFixture fixture) : IAsyncDisposable
    {
        private bool _isStopped;

        public AzuriteFixture Fixture => fixture;

        public static async Task<Storage> StartAsync()
        {
            var fixture = new AzuriteFixture();
            await fixture.InitializeAsync();
            return new Storage(fixture);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_isStopped)
            {
                _isStopped = true;
                await fixture.DisposeAsync();
            }
        }
    }
}
