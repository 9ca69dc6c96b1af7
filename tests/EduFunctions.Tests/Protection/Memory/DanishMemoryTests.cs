using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Export;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The package of the authorities says who a protected person really is, beside the alias: neither goes on to anybody.</summary>
[Collection(TargetTests.Name)]
public sealed class DanishMemoryTests(AzuriteFixture azurite)
{
    private const string Pupil = "elev0001";
    private const string Guardian = "kont0001";

    private static readonly string[] Values =
        ["Zqida", "Zqnoergaard", "Zqdaek", "Zqnavn", "Zqmor", "zqmail", "Zqvej", "610113-9805", "6101139805", "Støtte"];

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Who_is_protected_in_the_package_of_the_authorities_is_told_to_nobody_night_after_night(int version)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var full = new ExportFormat(version, ExportPackage.FuldMyndighed);
        var first = await nights.RunAsync(Night(nights, full, isProtected: false));
        AssertSeen(nights);
        Assert.Contains(first.Posts, post => post.Text.Contains("Zqida", StringComparison.Ordinal));

        // The package that hides who they are comes between: what was known of them is known still.
        foreach (var (format, isProtected) in new[] { (full, true), (new ExportFormat(version, ExportPackage.Fuld), true), (full, false) })
        {
            var sent = await nights.RunAsync(Night(nights, format, isProtected));

            Assert.True(sent.Night.Run.State == RunState.Delivered, sent.Night.Run.StateReason);
            await AssertUntoldAsync(sent);
            Assert.DoesNotContain(Pupil, nights.Learn.State.Enabled("person"));
            Assert.DoesNotContain(Guardian, nights.Learn.State.Enabled("person"));
            Assert.Contains("elev0002", nights.Learn.State.Enabled("person"));
            Assert.DoesNotContain(Pupil, string.Concat(nights.Apple!.Files.Values), StringComparison.Ordinal);
        }

        await nights.RunAsync(Night(nights, full, isProtected: false));
        AssertSeen(nights);
    }

    private static Night Night(TargetNights nights, ExportFormat format, bool isProtected)
    {
        var school = DanishNight.School();
        var mother = DanishNight.Person(Guardian) with { FirstName = "Zqmor", Email = "zqmailmor@hjem.example" };
        school.Members.Add(DanishNight.Pupil(Ida(isProtected), new DanishContact(mother, "Mor")));
        school.Members.Add(DanishNight.Pupil("elev0002"));
        school.Groups.Add(new DanishGroup("STOT", "Hold") { Name = "Støtte Zqida Zqnoergaard" });
        school.Groups.Add(new DanishGroup("HOLD", "Hold") { Name = "Støtte 610113-9805" });
        school.Members.Add(new DanishMember(DanishNight.Person("elev0003")) { Student = new DanishStudent("7", "7A") { Groups = ["STOT", "HOLD"] } });
        var package = format.Package == ExportPackage.Fuld ? "fuld" : "fuldMyndighed";
        var night = nights.Next(new SchoolBuilder(Harness.Night.Today).Data)
            .Danish(new Dictionary<string, byte[]> { [school.Number] = new ExportDocument(school, format).Answer() })
            .With("source.package", package);
        var feeds = night.Feeds.AsArray();
        feeds.Remove(feeds.Single(feed => (string?)feed!["type"] == "unikumRelations"));
        feeds.Single(feed => (string?)feed!["name"] == TenantJson.LearnFeed)!["settings"]!["userId"] = "id";
        return night;
    }

    private static DanishPerson Ida(bool isProtected) => new(Pupil, "Zqida", "Zqnoergaard")
    {
        Protected = isProtected ? "true" : "false",
        AliasFirstName = isProtected ? "Zqdaek" : null,
        AliasFamilyName = isProtected ? "Zqnavn" : null,
        CivicNumber = "6101139805",
        Email = "zqmail@skole.example",
        Street = "Zqvej 1",
        MobilePhone = "20304050",
    };

    private static void AssertSeen(TargetNights nights)
    {
        Assert.Contains(Pupil, nights.Learn.State.Enabled("person"));
        Assert.Contains(Guardian, nights.Learn.State.Enabled("person"));
        Assert.Contains("Zqida", nights.Apple!.Files["students.csv"]);
    }

    /// <summary>Ids only where a target is told to forget somebody.</summary>
    private static async Task AssertUntoldAsync(SentNight sent)
    {
        foreach (var (where, text) in await sent.TextsAsync())
        {
            Assert.All(Values, value => Assert.False(text.Contains(value, StringComparison.OrdinalIgnoreCase), $"{where} holds {value}"));
            Assert.All([Pupil, Guardian], id => Assert.False(!SentNight.MayHoldIds(where) && text.Contains(id, StringComparison.Ordinal), $"{where} holds {id}"));
        }
    }
}
