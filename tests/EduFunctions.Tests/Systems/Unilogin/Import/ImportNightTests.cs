using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>What the service has after a night, and what it was told for it.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportNightTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task First_everybody_then_only_what_has_changed()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        var first = await nights.NextAsync(DanishSchool.With("alva", "bo"));
        var told = nights.Calls();

        var unchanged = await nights.NextAsync(DanishSchool.With("alva", "bo"));
        var toldOfNothing = nights.Calls();
        var school = DanishSchool.With("alva", "cleo");
        school.Person("alva")["givenName"] = "Alvine";
        var third = await nights.NextAsync(school);

        Assert.Equal(
            (ReceiptState.Processed, ReceiptState.SkippedUnchanged, ReceiptState.Processed),
            (first.Run.Feeds[0].State, unchanged.Run.Feeds[0].State, third.Run.Feeds[0].State));
        Assert.Equal(["importerXml A00001", "importerXml A00002"], told);
        Assert.Empty(toldOfNothing);
        Assert.Equal(["importerSletXml A00001", "importerDeltaXml A00001"], nights.Calls());
        Assert.Equal(
            new[] { "alva", "cleo" }.Select(Ids.Of).Order(StringComparer.Ordinal), service.Calls[^1].Request.LocalIds);
        nights.AssertHolds(DanishSchool.North, "alva", "cleo");
        nights.AssertHolds(DanishSchool.South, "sif");
        Assert.Equal("Alvine", nights.Person(DanishSchool.North, "alva").FirstName);
    }

    [Fact]
    public async Task A_document_describes_pupils_staff_and_guardians()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["contactPersons"] = new System.Text.Json.Nodes.JsonObject { ["relation"] = "Mor" } } };
        var school = DanishSchool.With("alva");
        school.Person("alva")["middleName"] = "Ibi";
        school.Guardian("gun", "alva");
        school.Employee("hugo", "north");
        school.Employee("ines", "north", "Rektor");
        school.Builder.Duty("ines teaches", "ines", "north", "Förstelärare");
        school.Builder.Syllabus("maths");
        school.Builder.Group("maths 7", "north", "Undervisning", "alva");
        school.Builder.Activity("sums", "north", "maths 7", "maths", "hugo's");

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        var (seven, maths) = (Ids.Of("7a"), Ids.Of("maths 7"));
        Assert.Equal(
            new ImportedPerson(Ids.Of("alva"), "Alva Ibi", "Provhed", DanishSchool.CivicNumber("alva"))
            {
                Email = "alva@elev.example",
                Kind = "Student",
                Roles = "Elev",
                Level = "7",
                MainGroup = seven,
                Groups = maths,
                Contacts = "Gun Provhed, Mor, true, 1",
            },
            nights.Person(DanishSchool.North, "alva"));
        Assert.Equal(("Employee", "Lærer", maths), Staff("hugo"));
        Assert.Equal(("Employee", "Leder,Lærer", ""), Staff("ines"));
        Assert.Equal(
            [new ImportedGroup(seven, "7a", "Hovedgruppe", "7"), new ImportedGroup(maths, "Maths 7", "Hold", "")],
            service[DanishSchool.North].Groups.Values.OrderByDescending(group => group.Type, StringComparer.Ordinal));

        (string Kind, string Roles, string Groups) Staff(string label) =>
            nights.Person(DanishSchool.North, label) is var person ? (person.Kind, person.Roles, person.Groups) : default;
    }

    [Fact]
    public async Task A_pupil_who_moves_leaves_one_institution_and_enters_the_other()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        var school = DanishSchool.With("alva");
        school.Class("9c", "south", "bo");

        await nights.NextAsync(school);

        nights.AssertHolds(DanishSchool.North, "alva");
        nights.AssertHolds(DanishSchool.South, "sif", "bo");
        Assert.Equal(Ids.Of("9c"), nights.Person(DanishSchool.South, "bo").MainGroup);
    }

    [Fact]
    public async Task A_new_school_year_begins_with_everybody()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Date = new DateOnly(2026, 7, 30) };
        var school = DanishSchool.With("alva");
        await nights.NextAsync(school);
        nights.Calls();

        await nights.NextAsync(school);

        Assert.Equal(["importerXml A00001", "importerXml A00002"], nights.Calls());
        Assert.Equal(("2026-2027", "2025-2026"), (service[DanishSchool.North].SchoolYear, service.Calls[0].Request.SchoolYear));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_setting_or_on_demand_everything_is_sent_though_nothing_has_changed(bool bySetting)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva"));
        nights.Calls();
        nights.Settings["operation"] = bySetting ? "total" : "delta";

        var night = nights.Next(DanishSchool.With("alva"));
        await (bySetting ? night : night.Total()).RunAsync();

        Assert.Equal(["importerXml A00001", "importerXml A00002"], nights.Calls());
    }

    [Fact]
    public async Task A_school_that_is_gone_is_emptied_by_name_never_by_an_empty_total()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["operation"] = "total" } };
        await nights.NextAsync(DanishSchool.With("alva"));
        nights.Calls();
        var school = DanishSchool.With("alva");
        school.Builder.Data[Collections.Organisations].Single(unit => (string?)unit["schoolUnitCode"] == DanishSchool.South)["endDate"] = school.Builder.Day(-200);

        await nights.NextAsync(school);

        Assert.Equal(["importerXml A00001", "importerSletXml A00002"], nights.Calls());
        nights.AssertHolds(DanishSchool.South);
    }

    [Fact]
    public async Task What_is_sent_is_what_is_stored_and_always_newer_than_before_even_when_the_clock_stands()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Clock = new StandingClock(new DateTimeOffset(2026, 9, 2, 0, 10, 0, TimeSpan.Zero)) };
        foreach (var pupils in new[] { new[] { "alva", "bo" }, ["alva", "cleo"], ["dag"], ["dag", "ebba"] })
        {
            var night = await nights.NextAsync(DanishSchool.With(pupils));

            Assert.Equal(RunState.Delivered, night.Run.State);
            foreach (var file in night.Run.Feeds[0].Files)
            {
                var stored = await night.FileAsync(file.Name);
                Assert.Single(service.Calls, call => call.Body.Contains(stored[stored.IndexOf('\n')..], StringComparison.Ordinal));
            }
        }

        foreach (var institution in service.Calls.GroupBy(call => call.Request.Institution))
        {
            var times = institution.Select(call => call.Request.SourceDateTime).ToList();
            Assert.Equal(times.Distinct().Order(), times);
        }

        nights.AssertHolds(DanishSchool.North, "dag", "ebba");
    }

    [Fact]
    public async Task The_run_and_the_receipt_say_that_the_contract_is_a_draft()
    {
        await using var service = await ImportServer.StartAsync();

        var night = await new ImportNights(azurite, service).NextAsync(DanishSchool.With("alva"));

        Assert.StartsWith("Draft contract", night.Run.Feeds[0].Caveat, StringComparison.Ordinal);
        Assert.Equal(night.Run.Feeds[0].Caveat, (await night.ReceiptAsync()).Caveat);
    }
}
