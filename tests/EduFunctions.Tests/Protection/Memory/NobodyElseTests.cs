using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Whoever becomes protected leaves, and nobody else does, whatever values look alike: by what the targets hold.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NobodyElseTests : IDisposable
{
    private static readonly string[] Others = ["pupila", "pupilb", "pupilc", "pupild", "pupile", "pupilf"];

    private readonly InMemoryGround _ground = new();
    private string? _given;
    private string? _family;

    public void Dispose() => _ground.Dispose();

    /// <summary>What everybody of a school has behind the @ is nobody's name.</summary>
    [Theory]
    [InlineData("Viktor", "Rydberg", "viktorrydberg.se", false)]
    [InlineData("Pupila", "Berg", "elev.berg.se", false)]
    [InlineData("Elev", "Berg", "elev.berg.se", true)]
    [InlineData("Karl", "Skog", "elev.karlskoga.se", false)]
    [InlineData("Anders", "Berg", "Elev.AndersBergsskolan.se", false)]
    public async Task The_domain_of_everybody_keeps_nobody_out(string given, string family, string domain, bool isFirst)
    {
        (_given, _family) = (given, family);
        await using var nights = await TargetNights.StartAsync(_ground);
        if (!isFirst)
        {
            await nights.NextAsync(At(domain));
        }

        var night = await nights.NextAsync(At(domain).Marking("alva"));

        AssertOnlyAlvaIsGone(nights, night, Others);
    }

    [Fact]
    public async Task The_whole_address_of_somebody_protected_is_found_in_a_group_however_its_sign_is_written()
    {
        foreach (var spelling in new[] { "al@id.example", "al%40id.example", "al[at]id.example", "AL (at) id.example" })
        {
            await using var nights = await TargetNights.StartAsync(_ground);
            var town = Town().Marking("alva");
            town.Person("alva")["eduPersonPrincipalNames"] = new JsonArray("al@id.example");
            town.Group("told", "north", "Klass", "bo", "cleo")["displayName"] = $"Fråga {spelling}";

            var night = await nights.NextAsync(town);

            Assert.DoesNotContain(await night.TextsAsync(), text => text.Text.Contains("Fråga", StringComparison.Ordinal));
            Assert.True(night.Night.HasFinding("name.namesProtected"), spelling);
        }
    }

    /// <summary>A shorter name stands in each of these logins, which are made of their owners' own.</summary>
    [Fact]
    public async Task A_login_that_the_own_name_explains_keeps_nobody_out()
    {
        (_given, _family) = ("Anna", "Berg");
        await using var nights = await TargetNights.StartAsync(_ground);
        await nights.NextAsync(Glued());

        var night = await nights.NextAsync(Glued().Marking("alva"));

        AssertOnlyAlvaIsGone(nights, night, Others);
    }

    [Fact]
    public async Task A_login_that_it_does_not_explain_is_left_out_and_explained()
    {
        (_given, _family) = ("Anna", "Berg");
        await using var nights = await TargetNights.StartAsync(_ground);
        nights.Overrides["guard"] = new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0, ["minHalved"] = 1 };
        await nights.NextAsync(Telling());

        var night = await nights.NextAsync(Telling().Marking("alva"));
        var again = await nights.NextAsync(Telling().Marking("alva"));

        nights.AssertGone("alva", "pupila");
        nights.AssertThere("bo", "cleo", "pupilb");
        Assert.All(new[] { night, again }, each => Assert.True(each.Night.Run.State == RunState.Delivered, each.Night.Run.StateReason));
        var explained = await night.Night.ExplainAsync(Ids.Of("pupila"));
        Assert.All(explained!.Feeds.Values, feed => Assert.Equal((false, "person.namesProtected"), (feed.Included, Assert.Single(feed.Reasons).Code)));
        Assert.Contains("name somebody who is", string.Concat(night.Night.Run.Feeds.SelectMany(feed => feed.Notices ?? []).Select(notice => notice.Message)));

        SchoolBuilder Telling()
        {
            var town = Town(Others);
            SetLogin(town, "pupila", "stodannaberg");
            return town;
        }
    }

    /// <summary>What is held otherwise is held truly, and what was shown can be approved.</summary>
    [Fact]
    public async Task A_hold_beside_it_can_be_approved()
    {
        (_given, _family) = ("Anna", "Berg");
        await using var nights = await TargetNights.StartAsync(_ground);
        nights.Overrides["guard"] = new JsonObject { ["minRemoved"] = 1, ["maxRemovedPercent"] = 1 };
        await nights.NextAsync(Telling());
        var held = await nights.NextAsync(Telling().Marking("alva").Without("bo", "cleo"));
        Assert.Equal(RunState.Held, held.Night.Run.State);
        nights.AssertGone("alva", "pupila");
        nights.AssertThere("bo", "cleo", "pupilb");

        var approving = nights.Again(Telling().Marking("alva").Without("bo", "cleo").Data).ApproveAllAsync(held.Night.Run.Run);
        await nights.RunAsync(Approved());

        nights.AssertGone("alva", "pupila", "bo", "cleo");
        nights.AssertThere("pupilb");

        async Task<NightResult> Approved()
        {
            var (night, refusal) = await approving;
            Assert.Null(refusal);
            return night;
        }

        SchoolBuilder Telling()
        {
            var town = Town(Others);
            SetLogin(town, "pupila", "stodannaberg");
            return town;
        }
    }

    /// <summary>What more than five bear says nothing of any of them.</summary>
    [Fact]
    public async Task A_name_that_stands_in_the_logins_of_many_is_told_and_keeps_nobody_out()
    {
        (_given, _family) = ("Elev", "Konto");
        await using var nights = await TargetNights.StartAsync(_ground);
        await nights.NextAsync(Accounts());

        var night = await nights.NextAsync(Accounts().Marking("alva"));

        AssertOnlyAlvaIsGone(nights, night, Others);
        Assert.Equal(Others.Length, night.Night.Run.Findings.Single(finding => finding.Code == "value.sharedByMany").Count);
        Assert.Contains(Pipeline.Watching.Alarm.AllOf(night.Night.Run), alarm => alarm.Text.Contains($"{Others.Length} others", StringComparison.Ordinal));

        SchoolBuilder Accounts()
        {
            var town = Town(Others);
            Others.ToList().ForEach(label => SetLogin(town, label, $"elev.konto.{label}"));
            return town;
        }
    }

    public static TheoryData<string, string> Words => new()
    {
        { "login", "student" }, { "login", "teacher" }, { "login", "guardian" }, { "login", "nordhamn" }, { "login", "Klass" }, { "login", "student_id" },
        { "identifier", "{north}" }, { "identifier", "{7a}" }, { "identifier", "{hugo}" }, { "identifier", "{bo}" }, { "identifier", "enabled" }, { "identifier", "Norra skolan" },
        { "login", "{7a}" },
    };

    /// <summary>Words that files have anyway, and ids of others, as values of the protected person.</summary>
    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_word_of_the_files_or_an_id_of_another_keeps_nobody_in_or_out(string kind, string value)
    {
        await using var nights = await TargetNights.StartAsync(_ground);
        await nights.NextAsync(Having());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var night = await nights.NextAsync(Having().Marking("alva"));

            AssertOnlyAlvaIsGone(nights, night, Others);
        }

        SchoolBuilder Having()
        {
            var town = Town(Others);
            var word = value.StartsWith('{') ? Ids.Of(value.Trim('{', '}')) : value;
            town.Person("alva")[kind == "login" ? "eduPersonPrincipalNames" : "externalIdentifiers"] = kind == "login"
                ? new JsonArray("alva@id.example", word)
                : new JsonArray(new JsonObject { ["value"] = word, ["context"] = "urn:other" });
            return town;
        }
    }

    /// <summary>By chance ids, grades and days look like names and numbers.</summary>
    [Theory]
    [InlineData("A", "B", null)]
    [InlineData("A.", "B.", null)]
    [InlineData("Bo", "7", null)]
    [InlineData("Bo", "Y", null)]
    [InlineData("Bo", "Student", null)]
    [InlineData("Bo", "None", null)]
    [InlineData("Bo", "Enabled", null)]
    [InlineData("Alva", "Sten", "20 26 05 24")]
    public async Task Ids_dates_and_words_are_looked_through_for_no_name_or_number(string given, string family, string? phone)
    {
        (_given, _family) = (given, family);
        await using var nights = await TargetNights.StartAsync(_ground);
        await nights.NextAsync(Calling());

        var night = await nights.NextAsync(Calling().Marking("alva"));

        AssertOnlyAlvaIsGone(nights, night, Others);

        SchoolBuilder Calling()
        {
            var town = Town(Others);
            if (phone is not null)
            {
                town.Person("alva")["phoneNumbers"] = new JsonArray(new JsonObject { ["value"] = phone });
            }

            return town;
        }
    }

    /// <summary>A place has often a name that somebody has as well.</summary>
    [Theory]
    [InlineData("Marie", "Berg", "Mariebergsskolan", true)]
    [InlineData("Sofie", "Lund", "Sofielundsskolan", true)]
    [InlineData("Anders", "Berg", "Andersbergs skola", true)]
    [InlineData("Marie", "Berg", "Marieberg", false)]
    [InlineData("Marie", "Berg", "Marie Bergs skola", false)]
    public async Task A_name_glued_into_the_name_of_a_school_is_the_places(string given, string family, string school, bool isKept)
    {
        (_given, _family) = (given, family);
        await using var nights = await TargetNights.StartAsync(_ground);
        var town = Town(Others).Marking("alva");
        town.Data[Collections.Organisations].Single(unit => (string?)unit["id"] == Ids.Of("north"))["displayName"] = school;
        town.Data[Collections.Groups].First()["displayName"] = $"{school} 7A";

        var night = await nights.NextAsync(town);

        AssertOnlyAlvaIsGone(nights, night, Others);
        Assert.Equal(isKept, nights.Apple!.Files["locations.csv"].Contains(school, StringComparison.Ordinal));
        Assert.Equal(isKept, nights.Apple!.Files["classes.csv"].Contains(school, StringComparison.Ordinal));
    }

    private static void AssertOnlyAlvaIsGone(TargetNights nights, SentNight night, params string[] others)
    {
        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        nights.AssertGone("alva");
        nights.AssertThere(["bo", "cleo", "hugo", .. others]);
        Assert.False(night.Night.HasFinding("person.namesProtected"));
        Assert.Contains(Ids.Of("7a"), nights.Learn.State.Enabled("course"));
    }

    private SchoolBuilder At(string domain)
    {
        var town = Town(Others);
        foreach (var person in town.Data[Collections.Persons])
        {
            var local = ((string)person["emails"]![0]!["value"]!).Split('@')[0];
            (person["emails"]![0]!["value"], person["eduPersonPrincipalNames"]) = ($"{local}@{domain}", new JsonArray($"{local}@{domain}"));
        }

        return town;
    }

    private SchoolBuilder Glued()
    {
        (string Given, string Family)[] names = [("Anna", "Bergström"), ("Hanna", "Berg"), ("Susanna", "Bergman"), ("Johanna", "Berglund"), ("Ann", "Åberg"), ("Anna Maria", "Bergqvist")];
        var town = Town(Others);
        foreach (var (label, (given, family)) in Others.Zip(names))
        {
            (town.Person(label)["givenName"], town.Person(label)["familyName"]) = (given, family);
            SetLogin(town, label, $"{given.Split(' ')[0]}{family}".ToLowerInvariant().Replace('ö', 'o').Replace('å', 'a'));
        }

        SetLogin(town, "bo", "bo.annabergsson");
        (town.Person("bo")["givenName"], town.Person("bo")["familyName"]) = ("Bo Anna", "Bergsson");
        return town;
    }

    private static void SetLogin(SchoolBuilder town, string label, string login)
    {
        town.Person(label)["eduPersonPrincipalNames"] = new JsonArray($"{login}@id.example");
        town.Person(label)["emails"]![0]!["value"] = $"{login}@elev.example";
    }

    private SchoolBuilder Town(params string[] further)
    {
        var town = MemoryTown.Make(further);
        town.Data[Collections.Organisations].Single(unit => (string?)unit["id"] == Ids.Of("north"))["displayName"] = "Norra skolan";
        (town.Person("alva")["givenName"], town.Person("alva")["familyName"]) = (_given ?? "Alva", _family ?? "Berglund");
        (town.Person("bo")["givenName"], town.Person("bo")["familyName"]) = ("Bo", "Lind");
        return town;
    }
}
