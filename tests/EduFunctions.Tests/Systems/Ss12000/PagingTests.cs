using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A list that does not say clearly where it goes on is not taken for one that ends.</summary>
[Collection(SourceTests.Name)]
public sealed class PagingTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string> Tokens => new()
    {
        { "7", "pageToken is a number" },
        { "true", "pageToken is true" },
        { "false", "pageToken is false" },
        { """{"next": "x"}""", "pageToken is an object" },
        { """["x"]""", "pageToken is a list" },
        { "\"a\\ud83d\"", "half a character" },
    };

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task A_page_token_that_is_no_text_holds_the_run(string token, string mention)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TokenOf("persons", _ => token));

        AssertHeld(night, mention, "Page 1 of persons");
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("""{"nextPageToken": "b"}""")]
    [InlineData("""{"pagetoken": "b"}""")]
    [InlineData("""{"hasMore": true}""")]
    [InlineData("""{"_links": {"self": {"href": "a"}, "next": {"href": "b"}}}""")]
    public async Task A_next_page_by_another_name_is_no_end(string member)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Editing("persons", 0, page =>
        {
            page.Remove("pageToken");
            page.Merge((JsonObject)JsonNode.Parse(member)!);
        }));

        AssertHeld(night, "names no pageToken", "another page");
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("source_unavailable", "source_unavailable")]
    [InlineData("Anna Berg 980", "a code that is no word")]
    [InlineData("\ud83d", "a code that is no word")]
    public async Task An_error_is_one_also_when_it_has_rows(string code, string mention)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = TwoNights.Editing("persons", 0, page =>
        {
            page.Remove("pageToken");
            page["code"] = code;
        }));

        AssertHeld(night, mention, "the error");
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task The_same_rows_under_ever_new_tokens_are_a_loop()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits =>
            (habits.Shift, habits.Rewrite) = ((_, _) => 0, TokenOf("persons", request => Token(request, request.Page + 1))));

        AssertHeld(night, "go in circles", "page 2");
        Assert.True(night.Requests.Count < 40);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task Pages_without_end_are_held_at_the_tenants_limit()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.RunAsync(TwoNights.Town(), night => night.With("source.maxPages", 9).Behaving(habits =>
            (habits.Shift, habits.Rewrite) = ((request, start) => request.Page % 2 * 6, TokenOf("persons", request => Token(request, request.Page + 1)))));

        AssertHeld(night, "more than 9 pages", "source.maxPages");
        nights.AssertNobodyLeft();
    }

    private static Func<PageRequest, byte[], byte[]> TokenOf(string collection, Func<PageRequest, string> token) => (request, body) =>
        request.Collection == collection
            ? TwoNights.Editing(collection, request.Page, page => page["pageToken"] = JsonNode.Parse("0"))(request, body) is var edited
                ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(edited).Replace("\"pageToken\":0", $"\"pageToken\":{token(request)}", StringComparison.Ordinal))
                : body
            : body;

    private static string Token(PageRequest request, int page) =>
        $"\"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{request.Collection}|{page}|{page * 6}|6|"))}\"";

    private static void AssertHeld(NightResult night, params string[] mentions)
    {
        Assert.True(night.Run.State == RunState.Held, $"{night.Run.State}: {night.Run.StateReason}");
        Assert.All(mentions, mention => Assert.Contains(mention, night.Run.StateReason));
    }
}
