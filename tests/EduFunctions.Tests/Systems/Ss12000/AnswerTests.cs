using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Answers in other forms than the usual ones: taken when they mean the same, else refused with a sentence, at no cost to anybody.</summary>
[Collection(SourceTests.Name)]
public sealed class AnswerTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("a byte order mark")]
    [InlineData("x-gzip")]
    public async Task Another_form_of_the_same_page_is_read(string form)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits =>
        {
            habits.GzipName = form == "x-gzip" ? form : habits.GzipName;
            habits.Rewrite = (_, body) => form == "x-gzip" ? body : [.. Encoding.UTF8.Preamble, .. body];
        });

        AssertState(night, RunState.Delivered);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("deflate", "Content-Encoding names a packing")]
    [InlineData("nested", "nested more than 64 deep")]
    [InlineData("cut", "no complete JSON")]
    [InlineData("latin1", "not UTF-8")]
    [InlineData("unfolding", "longer than 64 MB")]
    public async Task What_cannot_be_read_holds_with_its_own_sentence(string form, string mention)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits =>
        {
            habits.GzipName = form == "deflate" ? form : habits.GzipName;
            habits.Rewrite = (request, body) => request is not { Collection: "persons", Page: 0 } ? body : form switch
            {
                "nested" => Encoding.UTF8.GetBytes($$"""{"data": [], "extra": {{new string('[', 70)}}{{new string(']', 70)}}}"""),
                "cut" => body[..^9],
                "latin1" => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(body).Replace("Provhed", "Prövhed", StringComparison.Ordinal)),
                "unfolding" => [.. Enumerable.Repeat((byte)' ', 65 << 20), .. body],
                _ => body,
            };
        });

        AssertState(night, RunState.Held);
        Assert.Contains(mention, night.Run.StateReason);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task No_page_is_fetched_from_elsewhere(int status)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);
        await using var stranger = await EduCloudServer.StartAsync(new SchoolBuilder(Night.Today).Data);

        var night = await nights.NextAsync(habits => habits.Fault = request =>
            request.Collection == "persons" ? new Fault.Redirect(status, $"{stranger.BaseUrl}/persons?secret=1") : null);

        AssertState(night, RunState.Held);
        Assert.Contains($"/persons answered {status} with a Location on 127.0.0.1", night.Run.StateReason);
        Assert.DoesNotContain("secret=1", night.Run.StateReason);
        Assert.Empty(stranger.Requests);
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task No_secret_follows_a_redirect_of_the_token_endpoint()
    {
        await using var nights = await TwoNights.BeginAsync(azurite);
        await using var stranger = await EduCloudServer.StartAsync(new SchoolBuilder(Night.Today).Data);

        var night = await nights.NextAsync(habits => habits.Fault = request =>
            request.Collection == "token" ? new Fault.Redirect(307, stranger.TokenUrl) : null);

        AssertState(night, RunState.Held);
        Assert.Contains("/connect/token answered 307", night.Run.StateReason);
        Assert.Empty(stranger.Requests);
        nights.AssertNobodyLeft();
    }

    [Theory]
    [InlineData("expires_in", "\"3600\"")]
    [InlineData("expires_in", "3600.0")]
    [InlineData("expires_in", "null")]
    [InlineData("expires_in", "\"soon\"")]
    [InlineData("expires_in", "{}")]
    [InlineData("expires_in", "-5")]
    [InlineData("expires_in", "1e99")]
    [InlineData("token_type", "null")]
    public async Task A_token_is_one_however_its_life_is_told(string member, string value)
    {
        var night = await azurite.Night(TwoNights.Town()).Behaving(habits => habits.Rewrite = Token(member, value)).Dry().RunAsync();

        AssertState(night, RunState.DryRun);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("\"two\\r\\nlines\"")]
    [InlineData("\"a blank\"")]
    [InlineData("\"a\\udc00\"")]
    public async Task A_token_that_is_none_is_told_of_the_token_endpoint(string value)
    {
        await using var nights = await TwoNights.BeginAsync(azurite);

        var night = await nights.NextAsync(habits => habits.Rewrite = Token("access_token", value));

        AssertState(night, RunState.Held);
        Assert.Contains("/connect/token gave ", night.Run.StateReason);
        Assert.Contains("access_token", night.Run.StateReason);
        Assert.DoesNotContain(night.Requests, request => request.PathAndQuery.Contains("/persons", StringComparison.Ordinal));
        nights.AssertNobodyLeft();
    }

    [Fact]
    public async Task A_look_up_that_knows_one_id_less_is_asked_for_the_others()
    {
        var (town, unlisted) = (TwoNights.Town(), new SchoolBuilder(Night.Today));
        foreach (var number in Enumerable.Range(0, 7))
        {
            town.Responsible($"elev{number}", $"okand-vardare{number}");
            unlisted.Guardian($"okand-vardare{number}");
        }

        await using var nights = await TwoNights.BeginAsync(azurite, town, night => night.Behaving(habits => habits.Unlisted = unlisted.Data));
        town.Responsible("elev3", "nobody");

        var night = await nights.NextAsync(habits => (habits.Unlisted, habits.RefuseUnknown) = (unlisted.Data, true), town);

        AssertState(night, RunState.Delivered);
        Assert.Equal(9, night.Run.Counts!.Guardians);
        nights.AssertNobodyLeft();
    }

    private static Func<PageRequest, byte[], byte[]> Token(string member, string value) => (request, body) =>
    {
        if (request.Collection != "token")
        {
            return body;
        }

        var answer = JsonNode.Parse(body)!.AsObject();
        answer[member] = 0;
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(answer.ToJsonString().Replace($"\"{member}\":0", $"\"{member}\":{value}", StringComparison.Ordinal))];
    };

    private static void AssertState(NightResult night, RunState state) =>
        Assert.True(night.Run.State == state, $"{night.Run.State}: {night.Run.StateReason}");
}
