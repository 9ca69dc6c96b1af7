using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Watching;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What would name a protected person is made neutral or left out, and keeps nobody else in or out: judged by what the targets got.</summary>
[Collection(ProtectedTests.Name)]
public sealed class KeptBackTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public static TheoryData<string> Spellings =>
    [
        "Stöd Alva Berglund", "Stödgrupp Alva Berglunds", "Matte A\u030asa O\u0308hrn", "Stöd Maria Berglund", "Stöd Åsa Falk", "Annakarin Lindqvist", "STÖD ŽELJKO ŠARIĆ",
        "Al\u00adva Berglund", "Alva\u200b Berglund", "Ring 070-999 88 77", "Ring +46 70 999 88 66", "Stöd 2013 01 01 9880", "\uff21\uff4c\uff56\uff41 Berglund",
        "alva.berglund@elev.example",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_group_that_names_somebody_protected_goes_under_a_neutral_name(string name)
    {
        Arrange();
        Protect("hidden", "Alva Maria", "Berglund");
        Protect("asa", "Åsa", "Öhrn-Falk");
        Protect("zeljko", "Željko", "Šarić");
        Protect("anna", "Anna-Karin", "Lindqvist");
        _school.Group("telling", "north", "Klass", "bo", "cia")["displayName"] = name;

        var night = await Everywhere().RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        var neutral = $"Klass {Ids.Of("telling")[..8]}";
        foreach (var (file, text) in Texts(night))
        {
            Assert.DoesNotContain(name, text);
            Assert.DoesNotContain("Berglund", text);
            Assert.True(!file.EndsWith("classes.csv", StringComparison.Ordinal) || text.Contains(neutral, StringComparison.Ordinal), file);
        }

        Assert.Contains(Texts(night), sent => sent.File == "course.txt" && sent.Text.Contains(neutral, StringComparison.Ordinal));
        Assert.Equal(Ids.Of("telling"), Assert.Single(night.Run.Findings.Single(finding => finding.Code == "name.namesProtected").Sample));
        Assert.DoesNotContain(name, Encoding.UTF8.GetString(await night.StoredAsync("rosters")));
    }

    [Fact]
    public async Task Schools_and_courses_get_neutral_names_too()
    {
        Arrange();
        Protect("hidden", "Alva", "Berglund");
        _school.Data[Collections.Organisations].First()["displayName"] = "Alva Berglunds skola";
        _school.Syllabus("maths", subjectName: "Matte för Alva Berglund");
        _school.Group("maths 7", "north", "Undervisning", "bo");
        _school.Employee("hugo");
        _school.Duty("hugo's", "hugo", "north");
        _school.Activity("lesson", "north", "maths 7", "maths", "hugo's");

        var night = await Everywhere().RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.DoesNotContain(Texts(night), sent => sent.Text.Contains("Berglund", StringComparison.Ordinal));
        Assert.Contains(Texts(night), sent => sent.Text.Contains($"Skola {Ids.Of("north")[..8]}", StringComparison.Ordinal));
        Assert.Equal(2, night.Run.Findings.Single(finding => finding.Code == "name.namesProtected").Count);
    }

    [Fact]
    public async Task A_name_that_was_delivered_before_the_marking_is_neutral_from_then_on_and_is_not_repeated_when_the_group_goes()
    {
        Arrange();
        Name("hidden", "Alva", "Berglund");
        _school.Group("telling", "north", "Klass", "bo", "cia")["displayName"] = "Stöd Alva Berglund";
        var first = await Everywhere().RunAsync();
        Protect("hidden", "Alva", "Berglund");

        var second = await Everywhere().As(first.Run.Tenant).RunAsync();
        Remove(Collections.Groups, "telling");
        var third = await Everywhere().As(first.Run.Tenant).RunAsync();

        Assert.Contains(Texts(first), sent => sent.Text.Contains("Stöd Alva Berglund", StringComparison.Ordinal));
        foreach (var night in new[] { second, third })
        {
            Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
            Assert.DoesNotContain(Texts(night), sent => sent.Text.Contains("Berglund", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_group_that_names_somebody_and_goes_on_the_day_of_the_marking_goes_without_its_name()
    {
        Arrange();
        Name("hidden", "Alva", "Berglund");
        _school.Group("telling", "north", "Klass", "bo", "cia")["displayName"] = "Stöd Alva Berglund";
        var first = await Everywhere().RunAsync();
        Protect("hidden", "Alva", "Berglund");
        Remove(Collections.Groups, "telling");

        var second = await Everywhere().As(first.Run.Tenant).RunAsync();

        Assert.True(second.Run.State == RunState.Delivered, second.Run.StateReason);
        Assert.DoesNotContain(Texts(second), sent => sent.Text.Contains("Berglund", StringComparison.Ordinal));
        Assert.Contains(Texts(second), sent => sent.File == "course.txt" && sent.Text.Contains(Ids.Of("telling"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_namesake_who_leaves_leaves_like_anybody_and_whoever_becomes_protected_leaves_too()
    {
        Arrange();
        Protect("hidden", "Alva", "Berglund");
        Name("namesake", "Alva", "Berglund");
        var first = await Everywhere().RunAsync();
        Remove(Collections.Persons, "namesake");
        Protect("cia", "Cia", "Zqfamily");

        var second = await Everywhere().As(first.Run.Tenant).RunAsync();
        var third = await Everywhere().As(first.Run.Tenant).RunAsync();

        Assert.True(second.Run.State == RunState.Delivered && third.Run.State == RunState.Delivered, second.Run.StateReason ?? third.Run.StateReason);
        var person = Texts(second).Single(sent => sent.File == "person.txt").Text;
        Assert.Matches($"{Ids.Of("namesake")}.*Berglund.*disabled", person);
        Assert.DoesNotContain(Ids.Of("cia"), person);
        Assert.Contains(Ids.Of("cia"), Texts(second).Single(sent => sent.File == "person.delete.txt").Text);
        Assert.DoesNotContain(Texts(second), sent => sent.File == "students.csv" && sent.Text.Contains(Ids.Of("cia"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_leaves_with_the_login_of_somebody_protected_leaves_by_keys_alone()
    {
        Arrange();
        Name("old", "Alva", "Berglund")["eduPersonPrincipalNames"] = new JsonArray("alva.b@id.example");
        var first = await Everywhere().RunAsync();
        Remove(Collections.Persons, "old");
        Protect("hidden", "Alva", "Berglund")["eduPersonPrincipalNames"] = new JsonArray("alva.b@id.example");

        var second = await Everywhere().As(first.Run.Tenant).RunAsync();

        Assert.True(second.Run.State == RunState.Delivered, second.Run.StateReason);
        Assert.DoesNotContain(Texts(second), sent => sent.Text.Contains("Berglund", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(Ids.Of("old"), Texts(second).Single(sent => sent.File == "person.delete.txt").Text);
    }

    [Fact]
    public async Task A_person_with_somebodys_name_in_the_address_is_left_out_and_nobody_else()
    {
        Arrange();
        Protect("hidden", "Alva", "Berglund");
        foreach (var email in _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of("bo"))["emails"]!.AsArray())
        {
            email!["value"] = "alva.berglund@elev.example";
        }

        var night = await Everywhere().RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.DoesNotContain(Texts(night), sent => sent.Text.Contains("berglund", StringComparison.OrdinalIgnoreCase));
        var students = Texts(night).Single(sent => sent.File == "students.csv").Text;
        Assert.DoesNotContain(Ids.Of("bo"), students);
        Assert.Contains(Ids.Of("cia"), students);
        Assert.Equal([Ids.Of("bo")], night.Run.Findings.Single(finding => finding.Code == "person.namesProtected").Sample);
    }

    /// <summary>What nobody foresaw stops a feed, but never keeps somebody protected in.</summary>
    [Fact]
    public async Task A_feed_that_tells_all_the_same_is_stopped_and_takes_out_who_has_become_protected()
    {
        Arrange();
        Name("hidden", "Alva", "Berglund");
        var feed = new TestFeed((input, files) =>
        {
            var ids = string.Join('\n', input.Roster.Persons.Rows.ToArray().Select(person => person.Id));
            var isTonights = input.Roster.Sections.Rows.ToArray().Any(section => section.Id.ToString() == Ids.Of("new"));
            files.Create("a.txt").Write(Encoding.UTF8.GetBytes(isTonights ? $"{ids}\nAlva Berglund" : ids));
        });
        var first = await azurite.Night(_school).With(feed).RunAsync();
        Protect("hidden", "Alva", "Berglund");
        _school.Student("dag", "north");
        _school.Group("new", "north", "Klass", "dag");

        var second = await azurite.Night(_school).As(first.Run.Tenant).With(feed).RunAsync();
        Remove(Collections.Groups, "new");
        var third = await azurite.Night(_school).As(first.Run.Tenant).With(feed).RunAsync();

        Assert.Equal((RunState.Delivered, RunState.Failed, RunState.Delivered), (first.Run.State, second.Run.State, third.Run.State));
        Assert.Contains("a.txt line 4, byte 6: the name of a protected person", second.Run.StateReason);
        Assert.Equal([true, false, false], Received(first, second, third).Select(text => text.Contains(Ids.Of("hidden"), StringComparison.Ordinal)));
        Assert.Equal([false, false, true], Received(first, second, third).Select(text => text.Contains(Ids.Of("dag"), StringComparison.Ordinal)));
        Assert.All(Received(second), text => Assert.Contains(Ids.Of("bo"), text));
        Assert.Equal(ReceiptState.Sent, Assert.Single(second.Run.Feeds).State);
    }

    [Fact]
    public async Task People_are_told_once_that_something_was_kept_back()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        Arrange();
        Protect("hidden", "Alva", "Berglund");
        _school.Group("telling", "north", "Klass", "bo", "cia")["displayName"] = "Stöd Alva Berglund";
        var town = new AlarmTown(azurite, chat, TimeProvider.System);

        await town.Night(_school.Data).RunAsync();
        await town.Night(_school.Data).RunAsync();

        var told = Assert.Single(chat.Received).ToString();
        Assert.Contains("kept back", told);
        Assert.Contains("1 names of schools, groups or courses", told);
        Assert.DoesNotContain("Berglund", told);
    }

    [Fact]
    public async Task What_an_earlier_release_has_stored_in_another_form_is_read_from_the_pull_again()
    {
        Arrange();
        Protect("hidden", "Alva", "Berglund");
        var first = await Strict().RunAsync();
        Remove(Collections.Persons, "cia");
        var held = await Strict().As(first.Run.Tenant).RunAsync();
        using var earlier = new MemoryStream();
        TableFile.Write(earlier, "protected/1", new { });
        await azurite.Blobs.WriteAsync(Containers.Rosters, RosterPath.Protected(held.Run.Tenant, held.Run.Run), earlier.ToArray(), CancellationToken.None);

        var (approved, refusal) = await Strict().As(first.Run.Tenant).ApproveAsync(held.Run.Run, (await held.PlanAsync()).Hash);

        Assert.Null(refusal);
        Assert.Equal((RunState.Held, RunState.Delivered), (held.Run.State, approved.Run.State));
    }

    private Night Strict() => azurite.Night(_school).With("guard", new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 });

    private Night Everywhere() => azurite.Night(_school)
        .With("privacy", new JsonObject { ["includeCivicNumber"] = true })
        .With("feeds", LeakTests.EveryFeed());

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("bo", "north");
        _school.Student("cia", "north");
        _school.Group("7a", "north", "Klass", "bo", "cia");
    }

    private JsonObject Name(string label, string given, string family)
    {
        var person = _school.Data[Collections.Persons].FirstOrDefault(person => (string?)person["id"] == Ids.Of(label)) ?? _school.Student(label, "north");
        (person["givenName"], person["familyName"]) = (given, family);
        return person;
    }

    private void Remove(string collection, string label) =>
        _school.Data[collection].Remove(_school.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label)));

    private JsonObject Protect(string label, string given, string family)
    {
        var person = Name(label, given, family);
        person["securityMarking"] = "Sekretessmarkering";
        if (label == "hidden")
        {
            person["civicNo"] = new JsonObject { ["value"] = "20130101-9880" };
            person["phoneNumbers"] = new JsonArray(new JsonObject { ["value"] = "+46709998877" }, new JsonObject { ["value"] = "0709998866" });
        }

        return person;
    }

    /// <summary>All that left, zips inside out.</summary>
    private static List<(string File, string Text)> Texts(NightResult night)
    {
        var texts = new List<(string File, string Text)>();
        foreach (var file in night.Received)
        {
            var content = File.ReadAllBytes(file.LocalFile);
            if (!file.Path.EndsWith(".zip", StringComparison.Ordinal))
            {
                texts.Add((Path.GetFileName(file.Path), Encoding.UTF8.GetString(content)));
                continue;
            }

            using var zip = new ZipArchive(new MemoryStream(content));
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                texts.Add((entry.Name, reader.ReadToEnd()));
            }
        }

        return texts;
    }

    private static IEnumerable<string> Received(params NightResult[] nights) => nights.Select(night => Assert.Single(Texts(night)).Text);
}
