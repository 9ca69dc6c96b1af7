using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

[Collection(TargetTests.Name)]
public sealed class ImportGoldenTests(AzuriteFixture azurite)
{
    private const string Folder = "tests/EduFunctions.Tests/Systems/Unilogin/Import/Golden";

    [Fact]
    public async Task The_documents_look_as_they_did()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service)
        {
            Clock = new StandingClock(new DateTimeOffset(2026, 9, 2, 0, 10, 0, TimeSpan.Zero)),
            Settings = { ["contactPersons"] = new JsonObject() },
        };
        var school = School("alva", "bo", "dag");
        var first = await nights.NextAsync(school);
        var next = School("alva", "cleo", "dag");
        next.Person("dag")["securityMarking"] = "Sekretessmarkering";
        var second = await nights.NextAsync(next);

        Assert.Equal((RunState.Delivered, RunState.Delivered), (first.Run.State, second.Run.State));
        Assert.Equal(["A00001.slet.xml", "A00001.delta.xml"], second.Run.Feeds[0].Files.Select(file => file.Name));
        foreach (var night in new[] { first, second })
        {
            foreach (var name in night.Run.Feeds[0].Files.Select(file => file.Name))
            {
                var text = await night.FileAsync(name);
                Assert.Equal(GoldenFiles.Expected($"{Folder}/{name}", text), text);
            }
        }
    }

    /// <summary>Something of everything that shows in a document.</summary>
    private static DanishSchool School(params string[] pupils)
    {
        var school = DanishSchool.With(pupils);
        var alva = school.Person("alva");
        (alva["givenName"], alva["middleName"], alva["familyName"]) = ("Alva\t<Ibi>", "Ø.", "O'Ærlig & Søn");
        school.Guardian("gun", "alva", pupils[1]);
        school.Builder.Syllabus("maths");
        school.Builder.Group("maths 7", "north", "Undervisning", pupils);
        school.Employee("hugo", "north");
        school.Employee("kaj", "north", "Vaktmästare");
        school.Employee("ines", "north", "Rektor");
        school.Builder.Activity("sums", "north", "maths 7", "maths", "hugo's");
        school.Builder.Activity("class hour", "north", "7a", null, "hugo's");
        var nursery = school.Unit("nursery", "A00003");
        nursery["displayName"] = "Børnehaven \"Åen\"";
        school.Unit("elsewhere", null);
        school.Pupil("ebba", "nursery")["enrolments"] = new JsonArray();
        school.Builder.Placement("ebba's place", "ebba", "nursery", "blue");
        school.Builder.Group("blue", "nursery", "Avdelning");
        school.Pupil("frej", "elsewhere");
        return school;
    }
}
