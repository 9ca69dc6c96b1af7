using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Listing;

/// <summary>A plan's row says what was and what becomes, names to those alone who may read them, and nothing that tells of a protected person.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ChangedColumnsTests
{
    [Fact]
    public async Task Who_may_reads_names_before_and_after_and_everybody_else_that_they_are_others()
    {
        using var before = await NightAsync(Town());
        using var now = await NightAsync(Town(pupil =>
        {
            (pupil["givenName"], pupil["familyName"]) = ("Alva", "Nyhed");
            pupil["enrolments"]![0]!["schoolYear"] = 8;
            pupil["civicNo"] = new JsonObject { ["value"] = "201201019810" };
        }));

        var named = Columns(before, now, withNames: true).Of(RowKind.Students, Id("vilda"))!;
        var plain = Columns(before, now, withNames: false).Of(RowKind.Students, Id("vilda"))!;

        Assert.Contains(new ChangedColumn("familyName", "Provhed", "Nyhed"), named);
        Assert.Contains(new ChangedColumn("schoolYear", "7", "8"), named);
        Assert.Contains(new ChangedColumn("civicNumber", null, null, IsWithheld: true), named);
        Assert.Equal(named.Select(column => column.Column), plain.Select(column => column.Column));
        Assert.Contains(new ChangedColumn("familyName", null, null, IsWithheld: true), plain);
        Assert.Contains(new ChangedColumn("schoolYear", "7", "8"), plain);
    }

    [Fact]
    public async Task Who_comes_or_goes_is_named_to_those_who_may_and_sections_tell_who_teaches()
    {
        using var before = await NightAsync(Town());
        using var now = await NightAsync(Town(others: town =>
        {
            town.Data[Collections.Persons].Remove(town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("olle")));
            town.Employee("lärare");
            town.Duty("duty", "lärare", "berget");
            town.Activity("lesson", "berget", "7b", null, "duty");
        }));

        var gone = Columns(before, now, withNames: true).Of(RowKind.Students, Id("olle"));
        var section = Columns(before, now, withNames: false).Of(RowKind.Sections, Id("7b"))!;

        Assert.Contains(new ChangedColumn("familyName", "Provhed", null), gone!);
        Assert.DoesNotContain(gone!, column => column.Column == "schoolYear");
        Assert.Null(Columns(before, now, withNames: false).Of(RowKind.Students, Id("olle")));
        Assert.Equal([new ChangedColumn("teachers", null, Ids.Of("lärare"))], section);
        Assert.Null(Columns(before, now, withNames: true).Of(RowKind.Memberships, Id("olle")));
    }

    [Fact]
    public async Task Nobody_who_is_protected_by_now_is_told_of_by_what_was()
    {
        var marked = Town(others: town =>
        {
            var hidden = town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("olle"));
            hidden["securityMarking"] = "Sekretessmarkering";
        });
        var town = Town(others: town => town.Data[Collections.Groups].Single()["displayName"] = "Olle Provhed");
        using var before = await NightAsync(town);
        using var now = await NightAsync(marked);

        var columns = new ChangedColumns(
            before.Decided.Feeds.Single().Roster, now.Decided.Feeds.Single().Roster, withNames: true, now.Decided.Protected, id => id == Id("olle"));

        Assert.Contains(new ChangedColumn("name", Discretion.Withheld, "7b"), columns.Of(RowKind.Sections, Id("7b"))!);
        Assert.Null(columns.Of(RowKind.Students, Id("olle")));
    }

    [Fact]
    public async Task Whom_somebody_answers_for_is_told_without_those_who_are_hidden()
    {
        using var before = await NightAsync(Town(others: town => town.Guardian("parent", "vilda", "olle")), observers: true);
        using var now = await NightAsync(Town(others: town => town.Guardian("parent", "olle")), observers: true);

        var columns = new ChangedColumns(
            before.Decided.Feeds.Single().Roster, now.Decided.Feeds.Single().Roster, withNames: true, ProtectedValues.None, id => id == Id("olle"));

        Assert.Equal([new ChangedColumn("guardianOf", Ids.Of("vilda"), null)], columns.Of(RowKind.Guardians, Id("parent")));
    }

    private static ChangedColumns Columns(PaperNight before, PaperNight now, bool withNames) => new(
        before.Decided.Feeds.Single().Roster, now.Decided.Feeds.Single().Roster, withNames, ProtectedValues.None, _ => false);

    private static Task<PaperNight> NightAsync(SchoolBuilder town, bool observers = false) => PaperNight.RunAsync(
        town.Data, observers ? Systems.PaperFeeds.Learn(new JsonObject { ["observers"] = true }) : tenant => tenant["privacy"] = new JsonObject { ["includeCivicNumber"] = true });

    private static EntityId Id(string label)
    {
        Assert.True(EntityId.TryFind(Ids.Of(label), out var id));
        return id;
    }

    private static SchoolBuilder Town(Action<JsonObject>? pupil = null, Action<SchoolBuilder>? others = null)
    {
        var town = new SchoolBuilder(Night.Today);
        town.Unit("berget");
        var vilda = town.Student("vilda", "berget");
        town.Student("olle", "berget");
        town.Group("7b", "berget", "Klass", "vilda", "olle");
        pupil?.Invoke(vilda);
        others?.Invoke(town);
        return town;
    }
}
