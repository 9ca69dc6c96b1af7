using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>Who becomes protected leaves in the same night, by id alone; a document in which somebody protected would be recognised never leaves.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportProtectionTests(AzuriteFixture azurite)
{
    private const string Marked = "Sekretessmarkering";

    [Theory]
    [InlineData("delta")]
    [InlineData("total")]
    public async Task Who_becomes_protected_leaves_though_everything_else_is_held(string operation)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["operation"] = operation } };
        await nights.NextAsync(DanishSchool.With("alva", "bo", "cleo"));
        var seen = service.Calls.Count;
        var school = DanishSchool.With("alva", "cleo");
        school.Person("alva")["securityMarking"] = Marked;

        var night = await nights.Next(school).With("guard.maxRemovedPercent", 0).With("guard.minRemoved", 0).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        nights.AssertHolds(DanishSchool.North, "bo", "cleo");
        var sent = string.Join('\n', service.Calls.Skip(seen).Select(call => call.Body));
        Assert.DoesNotContain("Alva", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(DanishSchool.CivicNumber("alva"), sent, StringComparison.Ordinal);
        Assert.Equal(operation == "delta", sent.Contains(Ids.Of("alva"), StringComparison.Ordinal));
    }

    /// <summary>Nights on which nothing else may be sent.</summary>
    public static TheoryData<string, Action<Night>> Resting => new()
    {
        { "the target rests", night => night.WithFeed("freeze", new JsonObject { ["until"] = "2027-06-30", ["what"] = "all" }) },
        { "another source", night => night.WithApple("source", "Another") },
        { "other local ids", night => night.WithApple("localPersonId", "externalIdentifier:old") },
        { "no such school", night => night.WithFeed("schools", new JsonArray("99999999")) },
    };

    [Theory]
    [MemberData(nameof(Resting))]
    public async Task Who_becomes_protected_leaves_on_a_night_on_which_nothing_else_may_be_sent(string why, Action<Night> rest)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Clock = At(1) };
        await nights.NextAsync(DanishSchool.With("alva", "bo", "cleo"));
        var seen = service.Calls.Count;
        var school = DanishSchool.With("alva", "bo", "cleo", "dan");
        school.Person("alva")["securityMarking"] = Marked;
        nights.Clock = At(2);
        var night = nights.Next(school);
        rest(night);

        await night.RunAsync();
        nights.AssertHolds(DanishSchool.North, "bo", "cleo");
        nights.Clock = At(3);
        var again = await nights.NextAsync(school);

        nights.AssertHolds(DanishSchool.North, "bo", "cleo", "dan");
        Assert.True(again.Run.State == RunState.Delivered, $"{again.Run.State}: {again.Run.StateReason}");
        var first = service.Calls.Skip(seen).First(call => call.ToString().StartsWith("importerSletXml", StringComparison.Ordinal));
        Assert.True(first.Body.Contains(Ids.Of("alva"), StringComparison.Ordinal), why);
        Assert.Contains("source=\"EduFunctions\"", first.Body);
        Assert.DoesNotContain("Alva", first.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_only_while_the_target_rested_is_imported_again()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["operation"] = "delta" } };
        await PlayAsync(1, isMarked: false, rests: false);
        await PlayAsync(2, isMarked: true, rests: true);
        nights.AssertHolds(DanishSchool.North, "bo", "cleo");
        await PlayAsync(3, isMarked: false, rests: true);
        await PlayAsync(4, isMarked: false, rests: true);

        await PlayAsync(5, isMarked: false, rests: false);

        nights.AssertHolds(DanishSchool.North, "alva", "bo", "cleo");

        async Task PlayAsync(int number, bool isMarked, bool rests)
        {
            var school = DanishSchool.With("alva", "bo", "cleo");
            school.Person("alva")["securityMarking"] = isMarked ? Marked : "Ingen";
            nights.Clock = At(number);
            var night = nights.Next(school);
            if (rests)
            {
                night.WithFeed("freeze", new JsonObject { ["until"] = "2027-06-30", ["what"] = "all" });
            }

            await night.RunAsync();
        }
    }

    [Fact]
    public async Task A_deletion_that_failed_is_asked_for_again()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        var school = DanishSchool.With("alva", "bo");
        school.Person("alva")["securityMarking"] = Marked;
        service.Habits.Fault = (operation, _) => operation == "importerSletXml" ? ImportFault.ServerFault : null;
        await nights.NextAsync(school);
        nights.AssertHolds(DanishSchool.North, "alva", "bo");
        service.Habits.Fault = (_, _) => null;

        await nights.NextAsync(school);

        nights.AssertHolds(DanishSchool.North, "bo");
    }

    [Fact]
    public async Task A_guardian_who_becomes_protected_leaves_the_pupils_rows()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["contactPersons"] = new JsonObject() } };
        var school = DanishSchool.With("alva");
        school.Guardian("gun", "alva");
        await nights.NextAsync(school);
        var before = nights.Person(DanishSchool.North, "alva").Contacts;
        school.Person("gun")["securityMarking"] = Marked;

        await nights.NextAsync(school);

        Assert.Equal(("Gun Provhed, Andet, true, 1", ""), (before, nights.Person(DanishSchool.North, "alva").Contacts));
    }

    [Fact]
    public async Task A_document_as_it_was_before_would_be_stopped_for_the_name()
    {
        await using var service = await ImportServer.StartAsync();
        var school = DanishSchool.With("o'alva maria", "bo");
        var before = await new ImportNights(azurite, service).NextAsync(school);
        var document = await before.FileAsync("A00001.total.xml");

        // The id and the number apart, so that the name alone has to tell.
        document = document.Replace(Ids.Of("o'alva maria"), "x", StringComparison.Ordinal).Replace(DanishSchool.CivicNumber("o'alva maria"), "", StringComparison.Ordinal)
            .Replace("o'alva.maria@elev.example", "", StringComparison.Ordinal);
        school.Person("o'alva maria")["securityMarking"] = Marked;

        var night = await azurite.Night(school).With(new TestFeed("A00001.total.xml", document)).RunAsync();

        var line = document.Split('\n').Index().Single(each => each.Item.Contains("O'alva maria", StringComparison.Ordinal)).Index + 1;
        Assert.Equal(ReceiptState.Failed, night.Run.Feeds[0].State);
        Assert.Matches($"1 errors, first A00001.total.xml line {line}, byte [0-9]+: the name of a protected person", night.Run.Feeds[0].Reason);
    }

    [Fact]
    public async Task Names_of_a_pupil_and_a_guardian_make_no_third_one()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["contactPersons"] = new JsonObject() } };
        var school = DanishSchool.With("anna", "hidden");
        school.Guardian("bo", "anna")["familyName"] = "Person";
        (school.Person("hidden")["givenName"], school.Person("hidden")["familyName"], school.Person("hidden")["securityMarking"]) = ("Anna", "Person", Marked);

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal("Bo Person, Andet, true, 1", nights.Person(DanishSchool.North, "anna").Contacts);
    }

    [Fact]
    public async Task Under_an_alias_a_protected_pupil_is_marked_as_the_service_wants_it()
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.NeedsCivicNumber = false;
        var nights = new ImportNights(azurite, service)
        {
            Settings =
            {
                ["pseudonymise"] = new JsonObject { ["givenName"] = "Elev", ["familyName"] = "Skjult", ["secret"] = new JsonObject { ["secret"] = "alias" } },
            },
        };
        var school = DanishSchool.With("alva", "bo");
        school.Person("alva")["securityMarking"] = Marked;

        var night = await nights.Next(school).Setting("Secrets:alias", "a-secret-of-more-than-32-characters").RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        var alias = Assert.Single(service[DanishSchool.North].Persons.Values, person => person.IsProtected);
        Assert.Equal(("Elev", $"Elev {alias.FamilyName}", "", Ids.Of("7a")), (alias.FirstName, alias.Alias, alias.CivicNumber, alias.MainGroup));
        Assert.StartsWith("Skjult ", alias.FamilyName);
        var feeds = Encoding.UTF8.GetString(await night.StoredAsync("feeds"));
        Assert.DoesNotContain(Ids.Of("alva"), feeds, StringComparison.Ordinal);
        Assert.DoesNotContain(DanishSchool.CivicNumber("alva"), feeds, StringComparison.Ordinal);
    }

    private static StandingClock At(int day) => new(new DateTimeOffset(2026, 9, day, 0, 10, 0, TimeSpan.Zero));
}
