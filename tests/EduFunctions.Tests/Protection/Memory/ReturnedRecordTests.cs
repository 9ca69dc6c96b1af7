using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Whoever is protected and comes unmarked under a new id stays hidden until the register says so, whatever of the old record has stayed.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ReturnedRecordTests
{
    public static TheoryData<string, string> Stayed => new()
    {
        { "name and birth date", """{"givenName":"Alva","familyName":"Berglund","birthDate":"2013-01-05"}""" },
        { "name and civic birth date", """{"givenName":"Alva","familyName":"Berglund","civicNo":{"value":"20130105-9981"}}""" },
        { "name in another spelling", """{"givenName":"ALVA ","familyName":"berglund","birthDate":"2013-01-05T00:00:00"}""" },
        { "name at the school", """{"givenName":"Alva","familyName":"Berglund"}""" },
        { "given name, birth date and school", """{"givenName":"Alva","familyName":"Holmqvist","birthDate":"2013-01-05"}""" },
        { "login without its domain", """{"givenName":"Alva","familyName":"Holmqvist","eduPersonPrincipalNames":["alva"]}""" },
        { "login of another domain", """{"givenName":"Maja","familyName":"Berglund","eduPersonPrincipalNames":["ALVA@ny.example"]}""" },
        { "login that is no name", """{"givenName":"Maja","familyName":"Holmqvist","eduPersonPrincipalNames":["alvber01@ny.example"]}""" },
        { "school's address of another domain", """{"givenName":"Alva","familyName":"Holmqvist","emails":[{"value":"alva@ny.example","type":"Skola elev"}]}""" },
        { "private address", """{"givenName":"Alva","familyName":"Holmqvist","emails":[{"value":"familjen@post.example","type":"Privat"}]}""" },
        { "guardian", """{"givenName":"Alva","familyName":"Holmqvist","responsibles":[{"person":{"id":"gunhild"},"relationType":"Vårdnadshavare"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Stayed))]
    public async Task It_stays_hidden_until_the_register_has_said_so_twice(string what, string newcomer)
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town());
        await nights.NextAsync(Town().Marking("alva"));

        var first = await nights.NextAsync(Come(newcomer));

        Assert.True(first.Night.HasFinding("person.sharedIdentity"), what);
        await first.AssertUntoldAsync("newcomer", "Alva", "alvber01");
        nights.AssertGone("alva", "newcomer");
        nights.AssertThere("bo", "cleo");
        await nights.NextAsync(Come(newcomer));
        nights.AssertGone("newcomer");
        await nights.NextAsync(Come(newcomer));
        nights.AssertThere("newcomer");
        await nights.NextAsync(Come(newcomer));
        nights.AssertThere("newcomer");
    }

    public static TheoryData<string> Namesakes =>
    [
        """{"givenName":"Alva","familyName":"Berglund","birthDate":"2013-02-05"}""",
        """{"givenName":"Alva","familyName":"Holmqvist"}""",
        """{"givenName":"Maja","familyName":"Berglund","birthDate":"2013-01-05"}""",
        """{"givenName":"Maja","familyName":"Berglund","responsibles":[{"person":{"id":"gunhild"},"relationType":"Vårdnadshavare"}]}""",
        """{"givenName":"Maja","familyName":"Berglund","emails":[{"value":"familjen@post.example","type":"Privat"}]}""",
        """{"givenName":"Maja","familyName":"Holmqvist","eduPersonPrincipalNames":["alva@ny.example"]}""",
        """{"givenName":"Alva","familyName":"Berglund","birthDate":"2013-02-05","eduPersonPrincipalNames":["alva@ny.example"]}""",
    ];

    [Theory]
    [MemberData(nameof(Namesakes))]
    public async Task Somebody_else_comes_as_anybody(string newcomer)
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town());
        await nights.NextAsync(Town().Marking("alva"));

        var night = await nights.NextAsync(Come(newcomer));

        Assert.False(night.Night.HasFinding("person.sharedIdentity"));
        Assert.Contains(Ids.Of("newcomer"), nights.Learn.State.Enabled("person"));
    }

    [Fact]
    public async Task A_namesake_at_another_school_or_long_after_is_somebody_else()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town().Marking("alva"));
        var elsewhere = Come("""{"givenName":"Alva","familyName":"Berglund"}""");
        elsewhere.Unit("south");
        elsewhere.Person("newcomer")["enrolments"] = new JsonArray(elsewhere.Enrolment("south"));

        await nights.NextAsync(elsewhere);

        nights.AssertThere("newcomer");

        for (var night = 0; night < 15; night++)
        {
            await nights.NextAsync(Come("""{"givenName":"Maja","familyName":"Lind"}"""));
        }

        await nights.NextAsync(Come("""{"givenName":"Alva","familyName":"Berglund"}"""));
        nights.AssertThere("newcomer");
    }

    [Fact]
    public async Task Who_was_there_beside_the_old_record_is_somebody_else()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        var both = Town("newcomer").Marking("alva");
        (both.Person("newcomer")["givenName"], both.Person("newcomer")["familyName"]) = ("Alva", "Berglund");
        await nights.NextAsync(both);
        nights.AssertThere("newcomer");

        await nights.NextAsync(Come("""{"givenName":"Alva","familyName":"Berglund"}"""));

        nights.AssertThere("newcomer");
    }

    /// <summary>Else a register that has lost its names for a night would hide whoever comes.</summary>
    [Fact]
    public async Task So_many_that_nobody_is_told_from_anybody_are_nobodys()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town().Marking("alva"));
        string[] many = ["ada", "eva", "ida", "lea", "mia", "tea"];
        var town = Town(many).Without("alva");
        foreach (var label in many)
        {
            (town.Person(label)["givenName"], town.Person(label)["familyName"]) = ("Alva", "Berglund");
            town.Person(label)["civicNo"] = null;
        }

        await nights.NextAsync(town);

        nights.AssertThere(many);
    }

    [Fact]
    public async Task A_guardian_is_known_by_the_child()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town().Marking("gunhild"));
        var town = Town().Without("gunhild");
        town.Person("alva")["responsibles"] = new JsonArray();
        town.Guardian("renewed", "alva")["givenName"] = "Gunhild";
        town.Guardian("father", "alva");

        await nights.NextAsync(town);

        nights.AssertGone("gunhild", "renewed");
        nights.AssertThere("alva");
        Assert.Contains(Ids.Of("father"), nights.Learn.State.Enabled("person"));
    }

    /// <summary>Both records in one pull are two humans: a page that was missing for a night binds nobody to anybody.</summary>
    [Fact]
    public async Task Who_was_taken_for_somebody_whose_record_is_there_again_is_let_go()
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town().Marking("alva"));
        await nights.NextAsync(Come("""{"givenName":"Alva","familyName":"Berglund"}"""));
        nights.AssertGone("newcomer");

        for (var night = 0; night < 3; night++)
        {
            var both = Town("newcomer").Marking("alva");
            (both.Person("newcomer")["givenName"], both.Person("newcomer")["familyName"]) = ("Alva", "Berglund");
            await nights.NextAsync(both);
        }

        nights.AssertGone("alva");
        nights.AssertThere("newcomer");
    }

    private static SchoolBuilder Come(string newcomer)
    {
        var town = Town("newcomer").Without("alva");
        foreach (var (key, value) in JsonNode.Parse(newcomer.Replace("\"gunhild\"", $"\"{Ids.Of("gunhild")}\"", StringComparison.Ordinal))!.AsObject())
        {
            town.Person("newcomer")[key] = value?.DeepClone();
        }

        return town;
    }

    /// <summary>Of Alva the register has everything but a civic number, of a newcomer nothing.</summary>
    private static SchoolBuilder Town(params string[] further)
    {
        var town = MemoryTown.Make(further);
        foreach (var label in further)
        {
            var person = town.Person(label);
            (person["civicNo"], person["familyName"]) = (null, "Lind");
        }

        var alva = town.Person("alva");
        (alva["familyName"], alva["civicNo"], alva["birthDate"]) = ("Berglund", null, "2013-01-05");
        alva["eduPersonPrincipalNames"] = new JsonArray("alva@id.example", "alvber01@id.example");
        alva["emails"]!.AsArray().Add((JsonNode)new JsonObject { ["value"] = "familjen@post.example", ["type"] = "Privat" });
        return town;
    }
}
