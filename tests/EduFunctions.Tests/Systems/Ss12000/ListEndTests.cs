using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Groups without one class, and beside them something that says that they are not all: nobody at Learn pays for it.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ListEndTests : IDisposable
{
    private readonly InMemoryGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("""{"error": "source_unavailable"}""", "\"error\"")]
    [InlineData("""{"errors": [{"message": "timeout"}]}""", "\"errors\"")]
    [InlineData("""{"Code": "source_unavailable"}""", "the error source_unavailable")]
    [InlineData("""{"code": 500}""", "the error 500")]
    [InlineData("""{"status": 503, "title": "Service Unavailable"}""", "\"status\"")]
    [InlineData("""{"truncated": true}""", "\"truncated\" says that something is missing")]
    [InlineData("""{"isLastPage": false}""", "\"islastpage\" says that something is missing")]
    [InlineData("""{"pageTokenNext": "x"}""", "another page")]
    [InlineData("""{"total": 9999}""", "groups has 9999 rows, and hands out 4 of them")]
    [InlineData("""{"page": 1, "pages": 4}""", "groups has 4 pages, and hands out 1 of them")]
    public async Task A_list_against_which_something_speaks_holds_the_run(string members, string told)
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await nights.NextAsync(habits => habits.Rewrite = WithoutClass(members, _ => true));

        AssertState(night, RunState.Held);
        Assert.Contains(told, night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("total", "total")]
    [InlineData("meta", "meta.total")]
    [InlineData("pages", "pages")]
    public async Task A_size_that_counts_what_is_not_handed_out_says_nothing_once_it_is_named(string member, string named)
    {
        await using var register = await ChangingRegister.StartAsync(_ground);
        register.Habits.Rewrite = (request, body) => request.Collection != "persons" || JsonNode.Parse(body) is not JsonObject page ? body : Told(page, member);

        var held = await register.NightAsync();
        register.Source["ownWords"] = new JsonArray(named);
        var night = await register.NightAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("source.ownWords", held.Run.StateReason);
        AssertState(night, RunState.Delivered);

        static byte[] Told(JsonObject page, string member)
        {
            page[member] = member == "meta" ? new JsonObject { ["total"] = 999 } : 999;
            return System.Text.Encoding.UTF8.GetBytes(page.ToJsonString());
        }
    }

    [Fact]
    public async Task A_size_that_does_not_fit_once_is_pulled_again()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await nights.NextAsync(habits => habits.Rewrite = WithoutClass("""{"total": 5}""", request => request.Attempt == 1));

        AssertState(night, RunState.Delivered);
        Assert.Empty(night.Run.Findings);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_member_that_nobody_knows_is_a_finding_and_no_more()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Editing("groups", 0, page => page["huvudman"] = "Nordhamn"));

        AssertState(night, RunState.Delivered);
        Assert.Equal("pull.memberUnknown", Assert.Single(night.Run.Findings).Code);
        Assert.Contains("groups have members beside their rows that nobody knows (huvudman)", Assert.Single(night.Run.PullNotes).Message);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_page_token_without_measure_is_told_as_one()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Editing("persons", 0, page => page["pageToken"] = new string('a', 100_000)));

        AssertState(night, RunState.Held);
        Assert.Contains("pageToken is 100000 bytes long, and none may be longer than 4096", night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task Who_asks_for_a_day_is_not_asked_again_and_told_so()
    {
        await using var nights = await TwoNights.BeginAsync(_ground);

        var night = await nights.NextAsync(habits => habits.Fault = request =>
            request.Collection == "groups" ? new Fault.Status(429, RetryAfter: TimeSpan.FromDays(1)) : null);

        AssertState(night, RunState.Held);
        Assert.Contains("the source answered 429", night.Run.StateReason);
        Assert.Contains("asks to wait 24 hours (Retry-After)", night.Run.StateReason);
        Assert.Single(night.Requests, request => request.PathAndQuery.Contains("/groups?", StringComparison.Ordinal));
        nights.AssertNobodyLeft();
    }

    private static Func<PageRequest, byte[], byte[]> WithoutClass(string members, Predicate<PageRequest> isOff) => (request, body) =>
        !isOff(request) ? body : TwoNights.Editing("groups", 0, page =>
        {
            var groups = page["data"]!.AsArray();
            groups.Remove(groups.Single(group => (string?)group!["id"] == Ids.Of("klass-dalen")));
            page.Remove("pageToken");
            page.Merge((JsonObject)JsonNode.Parse(members)!);
        })(request, body);

    private static void AssertState(NightResult night, RunState state) =>
        Assert.True(night.Run.State == state, $"{night.Run.State}: {night.Run.StateReason}");
}
