using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>Ids and values as the files can hold them.</summary>
[Collection(TargetTests.Name)]
public sealed class UnikumTextTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task In_ISO_8859_1_whoever_cannot_be_written_is_left_out_and_reported()
    {
        var nights = new UnikumNights(azurite, new UnikumOptions { Encoding = Encoding.Latin1, LineEnd = "\r\n", Layout = "{type},{subject},{object},{operation}" });
        (nights.Settings["encoding"], nights.Settings["lineEnd"]) = ("ISO-8859-1", "CRLF");
        nights.Settings["relationLayout"] = "{type},{subject},{object},{operation}";
        var school = UnikumTown.Make().WithClasses();
        school.Row(Collections.Persons, "alva")["givenName"] = "Åsa\t Örn";
        school.Row(Collections.Persons, "bo")["givenName"] = "Łukasz";
        school.Row(Collections.Persons, "cleo")["emails"]![0]!["value"] = "č@elev.example";
        school.Row(Collections.Groups, "3b")["displayName"] = "Č";

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal("Åsa Örn", nights.State.Find("user", Ids.Of("alva"))![0]);
        Assert.Null(nights.State.Find("user", Ids.Of("bo")));
        Assert.Equal("", nights.State.Find("user", Ids.Of("cleo"))![2]);
        nights.AssertRelated("student_in_class", "alva 6a");
        Assert.Contains(night.Run.Findings, finding => finding is { Code: "unikum.notEncodable", Count: 2 });
        Assert.Contains(night.Run.Findings, finding => finding is { Code: "unikum.valueNotEncodable", Count: 1 });
    }

    [Fact]
    public async Task People_are_known_by_civic_number_where_that_was_agreed_also_when_they_go()
    {
        var nights = new UnikumNights(azurite, new UnikumOptions { CivicNumbers = true });
        nights.Settings["personId"] = "civicNo";
        var school = Numbered();
        await RunAsync(school);

        Assert.Equal(["20120315-9817", "20130101-9806", "20140261-9819"], nights.State.Objects("user"));
        Assert.Equal([$"20120315-9817 {Ids.Of("6a")}", $"20130101-9806 {Ids.Of("6a")}"], nights.State.Related("student_in_class"));

        school.Row(Collections.Persons, "alva")["securityMarking"] = "Sekretessmarkering";
        var night = await RunAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.DoesNotContain(nights.State.Relations, relation => relation.Subject == "20130101-9806");
        Assert.Equal([$"20120315-9817 {Ids.Of("6a")}"], nights.State.Related("student_in_class"));

        Task<NightResult> RunAsync(SchoolBuilder builder) =>
            nights.RunAsync(nights.Next(builder).With("privacy", new JsonObject { ["includeCivicNumber"] = true }));
    }

    [Fact]
    public async Task A_missing_a_wrong_and_a_double_civic_number_are_findings()
    {
        var nights = new UnikumNights(azurite, new UnikumOptions { CivicNumbers = true });
        nights.Settings["personId"] = "civicNo";
        var school = Numbered();
        school.Row(Collections.Persons, "ines")["civicNo"] = new JsonObject { ["value"] = "20120315-9817" };

        var night = await nights.RunAsync(nights.Next(school).With("privacy", new JsonObject { ["includeCivicNumber"] = true }));

        Assert.Contains(night.Run.Findings, finding => finding is { Code: "unikum.civicNumberMissing", Count: 3 });
        Assert.Contains(night.Run.Findings, finding => finding is { Code: "unikum.civicNumberInvalid", Count: 1 });
        Assert.Contains(night.Run.Findings, finding => finding is { Code: "unikum.civicNumberTaken", Count: 1 });
        Assert.Equal(2, nights.State.Objects("user").Count);
    }

    [Fact]
    public async Task A_unit_without_a_known_school_form_is_left_out_with_all_below_it_until_a_setting_gives_one()
    {
        var nights = new UnikumNights(azurite);
        var school = UnikumTown.Make().WithClasses();
        school.Row(Collections.Organisations, "south")["schoolTypes"] = new JsonArray("FTH");

        var without = await nights.NextAsync(school);

        nights.AssertRelated("school_in_org", "north nordhamn");
        nights.AssertRelated("external_user_in_school", "gun north");
        nights.AssertRelated("student_in_class", "alva 6a", "bo 6a");
        Assert.Contains(without.Run.Findings, finding => finding is { Code: "unikum.schoolFormUnknown", Count: 1 });

        nights.Settings["schoolForms"] = new JsonObject { ["FTH"] = "se.grundskoleutbildning.grundskola" };
        await nights.NextAsync(school);
        nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b", "dag 3b");
    }

    [Theory]
    [InlineData("201301019806", "20130101-9806")]
    [InlineData("20130101-9806", "20130101-9806")]
    [InlineData("201402619819", "20140261-9819")]
    [InlineData("20130101TF12", "20130101-TF12")]
    [InlineData("201301019807", null)]
    [InlineData("1301019806", null)]
    [InlineData("20131301-9806", null)]
    [InlineData("20130101+9806", null)]
    [InlineData("20130101-TFA2", null)]
    [InlineData("", null)]
    public void A_civic_number_is_read_in_either_form(string text, string? expected)
    {
        var isNumber = CivicNumber.TryParse(Encoding.UTF8.GetBytes(text), out var number);

        var written = new byte[CivicNumber.TextLength];
        number.Format(written);
        Assert.Equal(expected, isNumber ? Encoding.UTF8.GetString(written) : null);
    }

    [Theory]
    [InlineData("{subject}\t{object}\t{type}\t{operation}", true)]
    [InlineData("{operation};{type};{object};{subject}", true)]
    [InlineData("{subject}\t{object};{type}\t{operation}", false)]
    [InlineData("{subject}\t{object}\t{type}\t{type}", false)]
    [InlineData("{subject}\t{object}\t{type}", false)]
    [InlineData("{subject} {object} {type} {operation}", false)]
    [InlineData("x{subject}\t{object}\t{type}\t{operation}", false)]
    public void A_layout_has_each_field_once_and_one_delimiter(string layout, bool isGood) => Assert.Equal(isGood, RelationLayout.Parse(layout) is not null);

    /// <summary>Two children with civic numbers, one without, and two teachers: one with a wrong number, one with that of co-ordination.</summary>
    private static SchoolBuilder Numbered()
    {
        var school = UnikumTown.Make().WithClasses();
        foreach (var (person, number) in new[] { ("alva", "201301019806"), ("bo", "20120315-9817"), ("hugo", "198405119801"), ("ines", "201402619819") })
        {
            school.Row(Collections.Persons, person)["civicNo"] = new JsonObject { ["value"] = number };
        }

        return school;
    }
}
