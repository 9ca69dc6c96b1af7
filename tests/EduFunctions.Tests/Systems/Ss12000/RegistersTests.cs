using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Registers of other vendors are read by settings alone, and come to what EduCloud comes to.</summary>
[Collection(SourceTests.Name)]
public sealed class RegistersTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("reference")]
    [InlineData("small administration")]
    [InlineData("lists")]
    public async Task A_plain_town_is_the_same_zip_from_every_register(string name)
    {
        var expected = await azurite.Night(PlainTown.Make()).Dry().RunAsync();

        var night = await Of(Register.Of(name), PlainTown.Make().Data).RunAsync();

        Assert.True(night.Run.State == RunState.DryRun, night.Run.StateReason);
        Assert.Equal(expected.Run.Feeds[0].Files, night.Run.Feeds[0].Files);
        Assert.Equal(30, night.Run.Counts!.Students);
    }

    [Fact]
    public async Task All_of_a_world_comes_by_lists_of_a_hundred()
    {
        var world = new SchoolWorld(new WorldOptions { Today = Night.Today });
        var expected = await azurite.Night(world).Dry().RunAsync();

        var night = await Of(Register.Of("lists"), world).RunAsync();

        Assert.True(night.Run.State == RunState.DryRun, night.Run.StateReason);
        Assert.Equal(expected.Run.Feeds[0].Files, night.Run.Feeds[0].Files);
    }

    [Fact]
    public async Task Without_syllabuses_a_teaching_group_is_a_class_by_itself_and_no_reference_dangles()
    {
        var school = PlainTown.Make();
        school.Group("maths", "north", "Undervisning", "north-7-1");
        school.Activity("sums", "north", "maths", "a syllabus that nobody lists", "north-7-duty");

        var night = await Of(Register.Of("reference"), school.Data).RunAsync();

        Assert.Equal(7, (await night.AppleAsync()).Rows("classes.csv").Count);
        Assert.DoesNotContain(night.Run.Findings ?? [], finding => finding.Code == "reference.dangling");
    }

    [Fact]
    public async Task A_duty_above_the_schools_counts_at_each_of_them()
    {
        var school = PlainTown.Make();
        school.Employee("head");
        school.Duty("heading", "head", "town", "Rektor");

        var night = await Of(Register.Of("reference"), school.Data).With("eligibility.dutiesAtParents", true).RunAsync();

        Assert.Equal(7, night.Run.Counts!.Staff);
    }

    [Fact]
    public async Task The_code_of_a_school_unit_is_found_wherever_the_vendor_writes_it()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("town", type: "Huvudman");
        school.Unit("above", "town", "Skola")["organisationCode"] = "99990003";
        school.Unit("plain", "town")["schoolUnitCode"] = " 99990001 ";
        school.Unit("number", "town")["schoolUnitCode"] = 99990002;
        school.Unit("below", "above");
        school.Unit("other", "town")["organisationCode"] = "99990004";
        school.Student("alva", "below");
        var codes = new JsonArray("99990001", "99990002", "99990003");

        var night = await Of(Register.Of("reference"), school.Data)
            .With("source.schoolUnitCodeFrom", new JsonArray("schoolUnitCode", "organisationCode", "parent"))
            .With("eligibility.selection", new JsonObject { ["units"] = codes }).RunAsync();

        Assert.True(night.Run.State == RunState.DryRun, night.Run.StateReason);
        Assert.Equal(3, night.Run.Counts!.Units);
    }

    [Fact]
    public async Task Whoever_shows_the_certificate_of_its_authority_gets_in()
    {
        var authority = new TestAuthority("Nordhamn");
        using var own = authority.Issue("edufunctions");
        await using var server = await EduCloudServer.StartAsync(PlainTown.Make().Data, Habits(Registers.Reference, WayIn.Connection));
        await using var front = TlsFront.Start(authority.IssueServer(), authority.Root, new Uri(server.BaseUrl));

        var night = await ByCertificate(front, authority.Pem(own), authority.RootPem).RunAsync();
        var stranger = new TestAuthority("Elsewhere");
        using var other = stranger.Issue("edufunctions");
        var refused = await ByCertificate(front, stranger.Pem(other), authority.RootPem).RunAsync();

        Assert.True(night.Run.State == RunState.DryRun, night.Run.StateReason);
        Assert.Equal(30, night.Run.Counts!.Students);
        Assert.Equal(RunState.Held, refused.Run.State);
        Assert.Contains("could not be read", refused.Run.StateReason);
    }

    [Fact]
    public async Task EduCloud_behind_a_root_of_its_own_is_trusted_by_that_root_alone()
    {
        var (authority, stranger) = (new TestAuthority("Nordhamn"), new TestAuthority("Elsewhere"));
        using var loopback = authority.IssueServer();
        await using var server = await EduCloudServer.StartAsync(PlainTown.Make().Data);
        await using var front = TlsFront.Start(loopback, clients: null, new Uri(server.BaseUrl));

        var pulled = await Trusting(authority).RunAsync();
        var held = await Trusting(stranger).RunAsync();

        Assert.True(pulled.Run.State == RunState.DryRun, pulled.Run.StateReason);
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains("cannot be reached, or broke off: ", held.Run.StateReason);

        Night Trusting(TestAuthority root) => azurite.Night(PlainTown.Make()).From(new JsonObject
        {
            ["type"] = "educloud",
            ["baseUrl"] = front.Address + new Uri(server.BaseUrl).AbsolutePath,
            ["tokenUrl"] = front.Address + new Uri(server.TokenUrl).AbsolutePath,
            ["clientId"] = server.ClientId,
            ["clientSecret"] = Register.Secret("client"),
            ["trustedRoots"] = Register.Secret("roots"),
        }).Setting("Secrets:client", server.ClientSecret).Setting("Secrets:roots", root.RootPem).Setting("Pipeline:PageTries", "2").Dry();
    }

    [Theory]
    [InlineData("reference", "bearer token in the secret")]
    [InlineData("lists", "key in the secret")]
    public async Task A_refused_credential_is_named_by_its_secret_and_not_shown(string name, string sentence)
    {
        var night = await Of(Register.Of(name), PlainTown.Make().Data).Setting($"Secrets:{TenantJson.HandedSecret}", "of-last-year").RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains(sentence, night.Run.StateReason);
        Assert.Contains(TenantJson.HandedSecret, night.Run.StateReason);
        Assert.DoesNotContain("of-last-year", night.Run.StateReason);
        Assert.DoesNotContain(night.LogLines, line => line.Contains("of-last-year"));
    }

    [Fact]
    public async Task A_collection_that_is_not_there_is_named_with_the_setting_that_does_without()
    {
        var register = Register.Of("reference");
        register.Settings.Remove("without");

        var night = await Of(register, PlainTown.Make().Data).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("source.without", night.Run.StateReason);
    }

    private static EduCloudHabits Habits(Action<EduCloudHabits> answering, WayIn wayIn)
    {
        var habits = new EduCloudHabits();
        answering(habits);
        habits.WayIn = wayIn;
        return habits;
    }

    private Night Of(Register register, ISchoolData school) => azurite.Night(school).Behaving(register.Answering).From(register.Settings).Dry();

    private Night ByCertificate(TlsFront front, string certificate, string roots)
    {
        var source = Register.Source(
            "certificate", Register.Secret("own"), ("trustedRoots", Register.Secret("roots")), ("without", new JsonArray("placements", "syllabuses")), ("baseUrl", front.Address));
        return azurite.Night(PlainTown.Make()).From(source).Setting("Secrets:own", certificate).Setting("Secrets:roots", roots).Setting("Pipeline:PageTries", "2").Dry();
    }
}
