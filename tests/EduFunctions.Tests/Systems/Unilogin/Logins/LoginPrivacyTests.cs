using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

[Collection(SourceTests.Name)]
public sealed class LoginPrivacyTests(AzuriteFixture azurite)
{
    private static readonly object Everything = new { contacts = true, groupSizes = true, civicNumber = true, verifyCivicNumber = Worlds.IdasNumber };

    [Theory]
    [InlineData("true")]
    [InlineData(null)]
    public async Task Who_was_left_out_as_protected_gets_no_more_than_the_login_knows_and_nobody_is_asked(string? marking)
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["logins"]!["allowCivicNumber"] = true;
        await town.NightAsync(azurite, (Worlds.Ida, marking));

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida), Everything);

        Assert.True((bool)reply.Body["restricted"]!);
        Assert.Equal((Worlds.Ida, null), ((string?)reply.Body["person"]!["id"], (string?)reply.Body["person"]!["name"]));
        Assert.Empty(reply.Body["units"]!.AsArray());
        Assert.Null(reply.Body["since"]);
        Assert.Empty(town.Lookups.Requests);
    }

    [Fact]
    public async Task Of_others_only_those_whom_the_last_roster_holds_are_shown_and_by_id_alone()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        await town.NightAsync(azurite, (Worlds.Ole, "true"));

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { contacts = true })).Body;

        var contact = Assert.Single(body["contacts"]!.AsArray())!;
        Assert.Equal(
            """{"unit":"999001","person":"miap0002","relation":"Mor","custody":true,"verified":true,"accessLevel":1}""", contact.ToJsonString());
        Assert.Equal(1, (int)body["withheld"]!);
        AssertSilent(body.ToJsonString(), Worlds.Ole, "Ole Pr", "Mia Pr");
    }

    [Fact]
    public async Task A_contact_sees_the_students_whom_the_last_roster_holds()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.World.Contacts.Add(new(Worlds.North, "carl0004", Worlds.Mia, "Mia Prøve", "Andet"));
        await town.NightAsync(azurite, ("carl0004", "true"));

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Mia), new { contacts = true })).Body;

        var student = Assert.Single(body["students"]!.AsArray())!;
        Assert.Equal("""{"unit":"999001","person":"idap0001","title":"Elev","mainGroup":"999001-H-7A"}""", student.ToJsonString());
        Assert.Equal(1, (int)body["withheld"]!);
        AssertSilent(body.ToJsonString(), "carl", "Ida Pr");
    }

    [Fact]
    public async Task A_group_or_school_that_names_somebody_protected_is_without_a_name()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.World.Groups[town.World.Groups.FindIndex(group => group.Id == "HOLD-MAT7")] = new(Worlds.North, "HOLD-MAT7", "Støtte Carl Kammerat", "Hold");
        await town.NightAsync(azurite);
        await town.NightAsync(azurite, ("carl0004", "true"));

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { })).Body;

        var groups = body["units"]![0]!["groups"]!.AsArray();
        Assert.Equal([("999001-H-7A", "7.A"), ("999001-HOLD-MAT7", null), ("999001-SFO-1", "Skovsneglen")], groups.Select(group => ((string)group!["id"]!, (string?)group["name"])));
        Assert.Equal("Nordskolen", (string?)body["units"]![0]!["name"]);
        AssertSilent(body.ToJsonString(), "Kammerat");
    }

    [Fact]
    public async Task Without_a_roster_nobody_else_is_shown()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { contacts = true })).Body;

        Assert.Empty(body["contacts"]!.AsArray());
        Assert.Equal(2, (int)body["withheld"]!);
    }

    [Fact]
    public async Task Civic_numbers_are_for_tenants_that_may_and_for_calls_that_ask()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        Assert.Equal(403, (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { civicNumber = true })).Status);
        Assert.Equal(403, (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { verifyCivicNumber = Worlds.IdasNumber })).Status);
        Assert.Empty(town.Lookups.Requests);

        town.File["logins"]!["allowCivicNumber"] = true;
        await town.AskAsync(town.Broker.Login(Worlds.Ida));
        Assert.DoesNotContain(town.Lookups.Requests, request => request.Service == "wsiidentifikation");

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), Everything)).Body;
        Assert.Equal((Worlds.IdasNumber, true), ((string?)body["civicNumber"], (bool)body["civicNumberMatches"]!));
    }

    [Fact]
    public async Task Whose_another_civic_number_is_stays_untold()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["logins"]!["allowCivicNumber"] = true;

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { verifyCivicNumber = town.World.CivicNumbers[Worlds.Ole] })).Body;

        Assert.False((bool)body["civicNumberMatches"]!);
        AssertSilent(body.ToJsonString(), Worlds.Ole, town.World.CivicNumbers[Worlds.Ole]);
    }

    [Fact]
    public async Task An_answer_about_somebody_else_is_not_used()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.Lookups.Spoil = (request, answer) =>
        {
            foreach (var user in answer.Descendants().Where(element => request.Operation == "hentInstBruger" && element.Name.LocalName == "brugerid"))
            {
                user.Value = "carl0004";
            }
        };

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));

        Assert.Equal(502, reply.Status);
        AssertSilent(reply.Body.ToJsonString(), "carl", "Ida Pr", Worlds.Ida);
    }

    [Fact]
    public async Task Nothing_of_an_answer_is_stored_or_logged()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["logins"]!["allowCivicNumber"] = true;
        await town.NightAsync(azurite);
        var token = town.Broker.Login(Worlds.Ida);
        await town.AskAsync(token);
        var before = await StoredAsync(town);

        Assert.Equal(200, (await town.AskAsync(token, Everything)).Status);

        Assert.Equal(before, await StoredAsync(town));
        Assert.NotEmpty(town.LogLines);
        AssertSilent(string.Join('\n', town.LogLines), Worlds.Ida, "Ida Pr", Worlds.IdasNumber, "7.A", token.Split('.')[2], town.Unilogin.Password);
    }

    private static async Task<List<string>> StoredAsync(LoginTown town)
    {
        var blobs = town.Services.GetRequiredService<BlobStorage>();
        var names = new List<string>();
        foreach (var container in Containers.All)
        {
            await foreach (var blob in blobs.ListAsync(container, town.Id, CancellationToken.None))
            {
                names.Add($"{container}/{blob.Name} {(blob.Name == $"{town.Id}.json" ? "" : blob.Modified)}");
            }
        }

        return names;
    }

    private static void AssertSilent(string text, params string[] values) =>
        Assert.All(values, value => Assert.DoesNotContain(value, text, StringComparison.OrdinalIgnoreCase));
}
