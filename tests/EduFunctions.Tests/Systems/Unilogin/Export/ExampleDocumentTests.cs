using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>Documents as the service writes them, by hand, with everything that may stand in them, through to the zip for Apple.</summary>
[Collection(SourceTests.Name)]
public sealed class ExampleDocumentTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_full_document_of_version_7()
    {
        var night = await Night("v7-fuld.xml")
            .With("privacy.includeCivicNumber", true)
            .WithApple("personNumber", "civicNo")
            .RunAsync();

        var zip = await DeliveredAsync(night);
        Assert.Equal("location_id,location_name\nA99777,\"Ytzlunda Skole & SFO\"\n", zip.Files["locations.csv"]);
        Assert.EndsWith("\nglok4m7q,7404159981,Glodina,,Kvillmyrås,5,glok4m7q@ytzlunda.example,,,A99777\n", zip.Files["students.csv"]);
        Assert.EndsWith("\nwibt0112,,Wibvaldo,,Tjurnbrånt,,,A99777\n", zip.Files["staff.csv"]);
        Assert.Equal(["A99777-5B", "A99777-NATUR-5-OG-6-KLASSE"], zip.Column("classes.csv", "class_id"));
        Assert.Equal(["5.B", "Natur & teknik"], zip.Column("classes.csv", "class_number"));
        Assert.Equal(["wibt0112", "wibt0112"], zip.Column("classes.csv", "instructor_id"));
        Assert.Equal(["glok4m7q", "glok4m7q"], zip.Column("rosters.csv", "student_id"));
        Assert.Equal(["guardian True: "], await night.ReasonsAsync("1000077a41"));
        Assert.Equal(["guardian False: person.protected, guardian.custody"], await night.ReasonsAsync("1000077b42"));
        Assert.Equal(["student False: person.protected"], await night.ReasonsAsync("dækn5p8r"));
        Assert.Equal(["staff False: person.extern"], await night.ReasonsAsync("snyr8831"));
    }

    [Theory]
    [InlineData("externalIdentifier:LocalPersonId", "P-70041")]
    [InlineData("externalIdentifier:StudentNumber", "17")]
    public async Task Numbers_of_the_school_may_be_person_numbers(string setting, string number)
    {
        var night = await Night("v7-fuld.xml").WithApple("personNumber", setting).Dry().RunAsync();

        Assert.Equal([number], (await night.AppleAsync()).Column("students.csv", "person_number"));
        Assert.Contains(night.Run.Findings!, finding => finding.Code == "unneeded.civicNo");
    }

    [Fact]
    public async Task A_small_document_of_version_7()
    {
        var night = await Night("v7-lille.xml").With("eligibility.acceptUnmarkedProtection", true).RunAsync();

        var zip = await DeliveredAsync(night);
        Assert.EndsWith("\nploj0c01,,Ploj,,Grypt,0,,,,A99777\n", zip.Files["students.csv"]);
        Assert.Equal(["0C"], zip.Column("classes.csv", "class_number"));
    }

    [Fact]
    public async Task The_authoritys_document_of_version_6_tells_no_real_name()
    {
        var night = await Night("v6-fuldmyndighed.xml").RunAsync();

        var zip = await DeliveredAsync(night);
        Assert.EndsWith("\nprax9a02,,Praxsigge,,Urkholmér,9,,,,A99777\n", zip.Files["students.csv"]);
        Assert.Equal(["guardian True: "], await night.ReasonsAsync("krimforæl"));
        Assert.Equal(["student False: person.protected"], await night.ReasonsAsync("hemm9a01"));
        string told = string.Concat(zip.Files.Values) + string.Concat(night.LogLines)
            + System.Text.Encoding.UTF8.GetString(await night.StoredAsync("rosters")) + System.Text.Encoding.UTF8.GetString(await night.StoredAsync("runs"));
        Assert.All(["Hemmeligdina", "Skjultrothman", "7101119982", "hemmelig@", "Hemmelig allé", "20997781"], value => Assert.DoesNotContain(value, told));
    }

    [Fact]
    public void The_real_name_of_a_protected_person_is_not_even_read()
    {
        using var document = new MemoryStream(Document("v6-fuldmyndighed.xml"));

        var rows = InstitutionDocument.Read(document, "A99777", new ReadOptions(), UniloginVocabularies.Make(), chunk: 0);

        Assert.Equal(("Dæk", "Navn"), (rows.Texts.ToString(rows.Persons[0].Texts.GivenName), rows.Texts.ToString(rows.Persons[0].Texts.FamilyName)));
        Assert.DoesNotContain("Hemmeligdina", System.Text.Encoding.UTF8.GetString(rows.Texts.Chunk(0)));
    }

    private Night Night(string example) => azurite.Danish(new Dictionary<string, byte[]>
    {
        ["A99777"] = Document(example),
    });

    private static byte[] Document(string example) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests/EduFunctions.Tests/Systems/Unilogin/Export/Examples", example));

    private static async Task<AppleZip> DeliveredAsync(NightResult night)
    {
        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        return await night.AppleAsync();
    }
}
