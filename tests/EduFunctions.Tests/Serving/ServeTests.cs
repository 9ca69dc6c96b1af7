using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

[Collection(HostTests.Name)]
public sealed class ServeTests(AzuriteFixture azurite, ServedTown served) : IClassFixture<ServedTown>
{
    [Fact]
    public async Task A_sync_asked_for_over_HTTP_goes_through_the_queues_to_the_drop_box()
    {
        await using var town = await Town.StartAsync(azurite);
        await using var serving = await Serving.StartAsync(town);

        var answer = await serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", JsonContent.Create(new { reason = "a new class" }));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var run = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["run"]!;
        Assert.Equal($"/api/tenants/{town.Id}/runs/{run}", answer.Headers.Location!.OriginalString);
        var record = await serving.EndedAsync(answer.Headers.Location.OriginalString);
        Assert.Equal("delivered", (string?)record["state"]);
        Assert.Equal("onDemand", (string?)record["trigger"]);
        Assert.Equal("a new class", (string?)record["reason"]);
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task While_a_run_is_under_way_another_is_refused_with_its_name()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(500);
        await using var serving = await Serving.StartAsync(town);
        var first = await serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", null);
        var run = (string?)(await first.Content.ReadFromJsonAsync<JsonObject>())!["run"];

        var second = await serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", null);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.Equal(run, (string?)(await second.Content.ReadFromJsonAsync<JsonObject>())!["run"]);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_a_problem_in_words()
    {
        var (town, serving) = (served.Town, served.Serving);

        await AssertProblemAsync(HttpStatusCode.NotFound, serving.Http.PostAsync("/api/tenants/nobody/sync", null));
        await AssertProblemAsync(HttpStatusCode.NotFound, serving.Http.GetAsync("/api/tenants/..%2Fx/runs"));
        await AssertProblemAsync(HttpStatusCode.NotFound, serving.Http.GetAsync($"/api/tenants/{town.Id}/runs/none"));
        await AssertProblemAsync(
            HttpStatusCode.BadRequest, serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", JsonContent.Create(new { dryrun = 1 })));
        await AssertProblemAsync(
            HttpStatusCode.BadRequest, serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", JsonContent.Create(new { feeds = new[] { "x" } })));
    }

    [Fact]
    public async Task A_monitor_may_ask_by_HEAD_and_anybody_what_an_address_takes()
    {
        var (town, serving) = (served.Town, served.Serving);

        var head = await serving.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/health"));
        var options = await serving.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, $"/api/tenants/{town.Id}/sync"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (head.StatusCode, options.StatusCode));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(["POST"], options.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_person_is_explained_over_HTTP()
    {
        await using var town = await Town.StartAsync(azurite, TwoPupils());
        await town.PassAsync();
        await using var serving = await Serving.StartAsync(town);

        var answer = await serving.Http.GetFromJsonAsync<JsonObject>($"/api/tenants/{town.Id}/people/{Ids.Of("hidden")}");

        Assert.Equal("person.protected", (string?)answer!["roles"]![0]!["reasons"]![0]!["code"]);
        await AssertProblemAsync(HttpStatusCode.NotFound, serving.Http.GetAsync($"/api/tenants/{town.Id}/people/{Ids.Of("nobody")}"));
    }

    [Fact]
    public async Task A_message_nobody_can_read_ends_in_the_poison_queue_and_is_kept()
    {
        var (town, serving) = (served.Town, served.Serving);
        var queues = EduFunctions.LocalHost.Serving.MessageQueues.Open(town.Storage);

        await queues.Poison("transform").SendMessageAsync($$"""{"tenant":"{{town.Id}}","run":"20260901T193000Z-0000"}""");

        while ((await town.BlobsAsync("state", "20260901T193000Z-0000-transform.json")).Count == 0)
        {
            await Task.Delay(200);
        }
    }

    private static JsonSchoolData TwoPupils()
    {
        var school = new SchoolBuilder(new DateOnly(2026, 9, 1));
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Student("hidden", "berget")["securityMarking"] = "Sekretessmarkering";
        return school.Data;
    }

    private static async Task AssertProblemAsync(HttpStatusCode status, Task<HttpResponseMessage> asking)
    {
        var answer = await asking;
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!);
    }
}
