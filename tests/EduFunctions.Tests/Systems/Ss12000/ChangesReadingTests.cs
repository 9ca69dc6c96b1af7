using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What answers about changes say, and what they do not.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ChangesReadingTests
{
    private const string Id = "4e029f67-638e-514f-814b-095d3e88a048";

    [Theory]
    [InlineData("\"2026-09-01T10:00:00Z\"", "2026-09-01T10:00:00Z")]
    [InlineData("\"2026-09-01T12:00:00.5+02:00\"", "2026-09-01T10:00:00.5Z")]
    [InlineData("\"2026-09-01T12:00:00+0200\"", "2026-09-01T10:00:00Z")]
    [InlineData("\"2026-09-01T10:00:00\"", null)]
    [InlineData("\"2026-09-01\"", null)]
    [InlineData("\"2026-09-01-02:00\"", null)]
    [InlineData("\"2026-13-01T10:00:00Z\"", null)]
    [InlineData("1788256800", null)]
    [InlineData("null", null)]
    [InlineData("{\"modified\":\"2026-09-01T10:00:00Z\"}", null)]
    public void When_a_row_was_modified_is_known_where_it_says_so_with_a_zone(string modified, string? expected)
    {
        var row = Assert.Single(PageRow.AllOf(Encoding.UTF8.GetBytes($$"""{"pageToken":"x","data":[{"id":"{{Id}}","meta":{"created":"2020-01-01T00:00:00Z","modified":{{modified}} } }]}""")));

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), row.Modified);
        Assert.Equal(Id, row.Id.ToString());
    }

    [Fact]
    public void Rows_are_found_in_envelopes_and_bare_lists_and_those_without_an_id_have_none()
    {
        var body = Encoding.UTF8.GetBytes("""[ {"id":"a"} , 7, {"person":{"id":"b"}},{ "id" : "\u0063" }]""");

        var rows = PageRow.AllOf(body);

        Assert.Equal(["""{"id":"a"}""", "7", """{"person":{"id":"b"}}""", """{ "id" : "\u0063" }"""], rows.Select(row => Encoding.UTF8.GetString(body, row.Start, row.Length)));
        Assert.Equal(["a", "", "", "c"], rows.Select(row => row.Id.IsNone ? "" : row.Id.ToString()));
    }

    [Theory]
    [InlineData("""{"a":1,"b":["x","y"]}""", """{ "b":["y","x"], "a":1 }""", true)]
    [InlineData("""{"a":"å"}""", """{"a":"\u00e5"}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{"b":null}}""", true)]
    [InlineData("""{"a":1,"b":null}""", """{"a":1}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{}}""", true)]
    [InlineData("""{"a":7}""", """{"a":7.0}""", true)]
    [InlineData("""{"a":700}""", """{"a":7e2}""", true)]
    [InlineData("""{"a":7}""", """{"a":7.1}""", false)]
    [InlineData("""{"a":1e300}""", """{"a":1e301}""", false)]
    [InlineData("""{"a":[null]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":{}}""", """{"b":{}}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":["x","x"]}""", """{"a":["x"]}""", false)]
    [InlineData("""{"a":[["x"],["y"]]}""", """{"a":[["x","y"],[]]}""", false)]
    [InlineData("""{"a":{"b":1},"c":2}""", """{"a":{"b":2},"c":1}""", false)]
    [InlineData("""{"a":"b"}""", """{"b":"a"}""", false)]
    public void Two_rows_mean_the_same_whatever_the_order(string one, string other, bool isSame) =>
        Assert.Equal(isSame, JsonMeaning.Of(Encoding.UTF8.GetBytes(one)) == JsonMeaning.Of(Encoding.UTF8.GetBytes(other)));

    [Theory]
    [InlineData("""{"data":{"persons":["a","b"],"activitites":["c"],"grades":[7],"duties":null},"pageToken":null}""", "a,b", "c")]
    [InlineData("""{"pageToken":"next","data":{"activities":["c"]}}""", "", "c")]
    [InlineData("""{"data":{"PERSONS":["a","b"],"Activitites":["c"],"other":[],"another":{},"count":3,"rooms":{"x":["y"]}}}""", "a,b", "c")]
    [InlineData("""{"data":{}}""", "", "")]
    [InlineData("""{"data":[]}""", "", "")]
    public void Deletions_are_lists_of_ids_by_collection(string body, string persons, string activities)
    {
        var deleted = new DeletedIds();

        Assert.Null(PageBody.Parse(Encoding.UTF8.GetBytes(body), deleted).ErrorCode);

        Assert.Equal(persons, string.Join(',', deleted["persons"].Order()));
        Assert.Equal(activities, string.Join(',', deleted["activities"].Order()));
        Assert.Empty(deleted["groups"]);
    }

    [Theory]
    [InlineData("""{"data":[{"id":"a"}]}""")]
    [InlineData("""{"data":"none"}""")]
    [InlineData("""{"data":{"persons":"a"}}""")]
    [InlineData("""{"data":{"persons":[{"id":"a"}]}}""")]
    [InlineData("""{"data":{"persons":[null]}}""")]
    [InlineData("""{"data":{"person":["a"]}}""")]
    [InlineData("""{"data":{"person":"a"}}""")]
    [InlineData("""{"data":{"deleted":{"persons":["a"]}}}""")]
    [InlineData("""{"pageToken":null}""")]
    [InlineData("""{"data":{"persons":["a"]""")]
    public void What_is_no_list_of_ids_is_none(string body) =>
        Assert.Throws<PageFailedException>(() => PageBody.Parse(Encoding.UTF8.GetBytes(body), new DeletedIds()));

    [Fact]
    public void Later_changes_are_asked_for_by_the_clock_that_is_behind()
    {
        var started = new DateTimeOffset(2026, 9, 1, 19, 0, 0, TimeSpan.Zero);
        var manifest = NightInMemory.SnapshotOf(new Dictionary<string, byte[]>(), "json.gz").Manifest with { Started = started };

        Assert.Equal(started.AddMinutes(-10), manifest.Horizon);
        Assert.Equal(started.AddMinutes(-10), (manifest with { Clock = started.AddHours(2) }).Horizon);
        Assert.Equal(started.AddHours(-2).AddMinutes(-10), (manifest with { Clock = started.AddHours(-2) }).Horizon);
    }

    [Fact]
    public void An_absence_is_neither_counted_on_nor_begun_by_a_run_that_is_no_night()
    {
        var (id, other) = (EntityId.Derive("a"u8), EntityId.Derive("b"u8));
        var (night, today) = (new Absences("night"), new DateOnly(2026, 9, 1));
        night.Note(Absences.None, today, RowKind.Students, id);

        var changed = new Absences("changed");
        Assert.Equal(1, changed.Note(night.Standing(), today, RowKind.Students, id).Runs);
        Assert.Equal(0, changed.Note(night.Standing(), today, RowKind.Students, other).Runs);
        Assert.Equal(1, changed.Count);
        Assert.Equal(2, new Absences("next").Note(changed, today, RowKind.Students, id).Runs);
        Assert.Equal(1, new Absences("next").Note(changed, today, RowKind.Students, other).Runs);
    }

    [Fact]
    public void Runs_of_a_day_are_judged_together_whatever_the_window()
    {
        Assert.Equal((1, false), (new GuardSettings { WindowDays = 0 }.ByDay().WindowDays, new GuardSettings().ByDay().IsNight));
        Assert.Equal((14, true), (new GuardSettings().ByDay().WindowDays, new GuardSettings().IsNight));
    }
}
