using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.OneRoster.Feed;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Import;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>Whatever a register says, the files are OneRoster 1.2 by the word of its tables; whoever cannot be in them is named.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class FormRulesTests
{
    [Theory]
    [InlineData(31, 400, "{}")]
    [InlineData(32, 1500, """{"guardians": true}""")]
    [InlineData(33, 900, """{"groupTypes": ["Klass", "Mentor", "Avdelning"], "username": "email", "guardians": true}""")]
    [InlineData(34, 1200, """{"classTitle": "{group} {syllabus}", "username": "id", "staffRoles": {"Rektor": "ext:head"}, "schoolYearBegins": "01-01"}""")]
    public async Task A_checker_of_the_specification_finds_nothing_in_the_files_of_any_world(int seed, int persons, string settings)
    {
        var world = new SchoolWorld(new WorldOptions { Seed = seed, Persons = persons, Today = Night.Today });

        using var night = await PaperNight.RunAsync(world, PaperFeeds.OneRoster(JsonNode.Parse(settings)!.AsObject()));

        Assert.Empty(night.Errors);
        Assert.Empty(night.Leaks);
        Assert.Empty(FormRules.Broken(night.Bytes("oneroster.zip")));
        Assert.Equal(8, FormRules.Files(night.Bytes("oneroster.zip")).Count);
    }

    [Fact]
    public async Task A_file_without_rows_is_absent()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");

        using var night = await PaperNight.RunAsync(school.Data, PaperFeeds.OneRoster());

        var files = FormRules.Files(night.Bytes("oneroster.zip"));
        Assert.Empty(night.Errors);
        Assert.Empty(FormRules.Broken(night.Bytes("oneroster.zip")));
        Assert.DoesNotContain("classes.csv", files.Keys);
        Assert.Contains(files["manifest.csv"], row => row[0] == "file.classes" && row[1] == "absent");
    }

    [Fact]
    public async Task Whoever_cannot_be_in_the_files_is_named()
    {
        var school = DanishSchool.With("alva", "bo", "cia", "dan");
        school.Person("alva").Remove("eduPersonPrincipalNames");
        school.Person("bo")["familyName"] = " \u200B ";
        school.Person("cia")["eduPersonPrincipalNames"] = new JsonArray("DAN@id.example");
        school.Person("sif")["middleName"] = new string('x', 300);

        using var night = await PaperNight.RunAsync(school.Builder.Data, PaperFeeds.OneRoster());

        Assert.Equal([Ids.Of("alva")], night.Found("oneRoster.userNameMissing"));
        Assert.Equal([Ids.Of("bo")], night.Found("oneRoster.nameMissing"));
        Assert.Single(night.Found("oneRoster.userNameTaken"));
        Assert.Equal([Ids.Of("sif")], night.Found("oneRoster.valueRefused"));
        Assert.Equal((false, false, true), (night.Has("alva"), night.Has("bo"), night.Has("sif")));
        Assert.Empty(FormRules.Broken(night.Bytes("oneroster.zip")));
    }

    [Theory]
    [InlineData("bulk", "delta")]
    [InlineData(",teacher,", ",wizard,")]
    [InlineData("sourcedId,status,dateLastModified,name", "sourcedId,dateLastModified,status,name")]
    [InlineData("true", "TRUE ")]
    public async Task What_breaks_the_form_is_found_by_both_checks(string was, string becomes)
    {
        using var night = await PaperNight.RunAsync(Towns.Make(1).Data, PaperFeeds.OneRoster());
        var files = FormRules.Files(night.Bytes("oneroster.zip"));

        var broken = Broken.Zip(night.Bytes("oneroster.zip"), text => text.Replace(was, becomes, StringComparison.Ordinal));

        Assert.Equal(8, files.Count);
        Assert.NotEmpty(FormRules.Broken(broken));
        Assert.NotEmpty(Errors(broken));
    }

    private static IReadOnlyList<FeedError> Errors(byte[] zip)
    {
        using var files = new FeedFiles();
        files.Create("oneroster.zip").Write(zip);
        return new OneRosterFeed().Check(files, new OneRosterFeedSettings());
    }
}
