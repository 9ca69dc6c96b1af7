using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.AppleSchoolManager;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

[Collection(TargetTests.Name)]
public sealed class UnikumGoldenTests(AzuriteFixture azurite)
{
    private readonly UnikumNights _nights = new(azurite);

    [Fact]
    public async Task The_files_for_Unikum_look_as_they_did()
    {
        _nights.Settings["administrators"] = new JsonArray("Lärare");
        var first = await _nights.NextAsync(GoldenSchool.Make());

        var school = GoldenSchool.Make();
        school.Row(Collections.Persons, "alva")["familyName"] = "Ek";
        school.Row(Collections.Groups, "7a")["groupMemberships"] = new JsonArray();
        _nights.Settings["relationLayout"] = "{operation};{type};{subject};{object}";
        var second = await _nights.Next(school).RunAsync();

        Assert.Equal((RunState.Delivered, RunState.Delivered), (first.Run.State, second.Run.State));
        Assert.Contains(first.Run.Findings, finding => finding is { Code: "unikum.nameMissing", Count: 1 });
        AssertGolden(first, "total");
        AssertGolden(second, "delta");
    }

    private static void AssertGolden(NightResult night, string name)
    {
        using var zip = ZipFile.OpenRead(night.Received.Single().LocalFile);
        Assert.Equal(["principals", "relations"], zip.Entries.Select(entry => Path.GetExtension(entry.Name)[1..]));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Systems/Unikum/Golden/{name}{Path.GetExtension(entry.Name)}", text), text);
        }
    }
}
