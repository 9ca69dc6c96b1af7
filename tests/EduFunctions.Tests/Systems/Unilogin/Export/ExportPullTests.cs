using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Collection(SourceTests.Name)]
public sealed class ExportPullTests(AzuriteFixture azurite)
{
    private static readonly ExportWriter Documents = SmallExport.Of(institution => institution == "999001" ? ["Ida", "Bo", "Æblegren"] : ["Eva"]);

    [Theory]
    [InlineData(7, "lille")]
    [InlineData(7, "mellem")]
    [InlineData(7, "fuld")]
    [InlineData(7, "fuldMyndighed")]
    [InlineData(6, "lille")]
    [InlineData(6, "fuldMyndighed")]
    public async Task Answers_are_stored_as_they_came(int version, string package)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Agreements.Add("A99002");
        var tenant = new UniloginPull(azurite, server).Version(version).With("package", package).Institutions("999001", "a99002");
        tenant.Tenant["eligibility"] = new JsonObject { ["acceptUnmarkedProtection"] = true };

        var pulled = await tenant.RunAsync();

        Assert.Equal(["999001", "a99002"], pulled.Snapshot!.Manifest.Collections.Keys);
        Assert.Equal([3, 1], pulled.Snapshot.Manifest.Collections.Values.Select(collection => collection.Rows));
        var answer = await tenant.AnswerAsync(pulled, "999001");
        Assert.Contains("Æblegren", answer);
        Assert.True(version == 6 || (await XmlSec.VerifyAsync(Encoding.UTF8.GetBytes(answer), CertificateIn(answer))).IsGood);
        Assert.Equal(2, server.Pulls.Count);
        Assert.DoesNotContain(pulled.Log, line => line.Contains(server.Password) || line.Contains("Ida"));
    }

    [Fact]
    public async Task A_stored_answer_is_never_pulled_again()
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        string[] all = ["999001", "999002", "999003", "999004", "999005", "999006"];
        server.Agreements.UnionWith(all);

        // A slice that is over at once still brings one institution.
        var pulled = await new UniloginPull(azurite, server).Institutions(all).Setting("Pipeline:SliceLength", "00:00:00").RunAsync();

        Assert.Equal(all, pulled.Snapshot!.Manifest.Collections.Keys);
        Assert.Equal(all, server.Pulls.Select(pull => pull.Institution!).Order());
    }

    [Theory]
    [InlineData(false, false, "fuld", "<op:inkluderKontaktpersoner>false", "<op:inkluderCpr>false")]
    [InlineData(true, true, "fuld", "<op:inkluderKontaktpersoner>true", "<op:inkluderCpr>true")]
    [InlineData(false, true, "mellem", "<op:inkluderEksterne>false</op:inkluderEksterne></op:aktoertypeFilter>", "<op:inkluderCpr>true")]
    [InlineData(false, false, "lille", "<op:inkluderEksterne>false</op:inkluderEksterne></op:aktoertypeFilter></op:filtre>", "<op:instnr>999001<")]
    public async Task No_more_is_asked_for_than_the_feeds_need(bool observers, bool civicNumbers, string package, string first, string second)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        var tenant = new UniloginPull(azurite, server).With("package", package);
        tenant.Tenant["privacy"] = new JsonObject { ["includeCivicNumber"] = civicNumbers };
        tenant.Tenant["eligibility"] = new JsonObject { ["acceptUnmarkedProtection"] = true };
        tenant.Tenant["feeds"] = new JsonArray(new JsonObject
        {
            ["name"] = "learn",
            ["type"] = "blackboard",
            ["settings"] = new JsonObject { ["userId"] = "id", ["observers"] = observers },
            ["delivery"] = new JsonObject { ["type"] = "blackboard", ["baseUrl"] = "https://learn.example.org/endpoint", ["username"] = "u", ["password"] = null },
        });

        await tenant.RunAsync();

        var asked = Encoding.UTF8.GetString(Assert.Single(server.Pulls).Envelope);
        Assert.Contains(first, asked);
        Assert.Contains(second, asked);
    }

    [Theory]
    [InlineData(Spoiling.Digest, "is not what was signed")]
    [InlineData(Spoiling.Signature, "does not fit its certificate")]
    [InlineData(Spoiling.ChangedBody, "is not what was signed")]
    [InlineData(Spoiling.MovedBody, "is not what was signed")]
    [InlineData(Spoiling.NoSignature, "carries no signature")]
    public async Task A_spoilt_answer_is_refused_and_costs_one_call(Spoiling spoiling, string cause)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Habits.Spoils = operation => operation == "eksporterXmlFuld" ? spoiling : Spoiling.Nothing;

        var pulled = await new UniloginPull(azurite, server).RunAsync();

        AssertHeld(pulled, "999001", cause);
        Assert.Single(server.Pulls);
    }

    [Theory]
    [InlineData("clock", "time stamp")]
    [InlineData("signer", "not trusted here")]
    public async Task Trouble_with_the_signature_is_told_before_a_call_is_spent(string trouble, string cause)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Habits.ClockError = trouble == "clock" ? TimeSpan.FromHours(-1) : TimeSpan.Zero;
        server.Habits.Signer = trouble == "signer" ? new TestAuthority("Foreign root").Issue("Brugerdatabasen (test)") : null;

        var pulled = await new UniloginPull(azurite, server).RunAsync();

        AssertHeld(pulled, cause, "source.trustedRoots");
        Assert.Empty(server.Pulls);
    }

    [Theory]
    [InlineData(7, "Signatur", 400, "does not accept our signature")]
    [InlineData(7, "SignaturMangler", 500, "finds no signature")]
    [InlineData(7, "UdbydersytemIdMangler", 400, "source.providerSystemId")]
    [InlineData(6, "BrugeridEllerPassword", 500, "source.username and the secret \"password\"")]
    [InlineData(7, "Rettigheder", 400, "no right to the package fuld")]
    public async Task Faults_say_what_to_do_and_cost_no_call(int version, string type, int status, string cause)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        (server.Habits.Fault, server.Habits.FaultStatus) = (_ => type, status);

        var pulled = await new UniloginPull(azurite, server).Version(version).RunAsync();

        AssertHeld(pulled, $"fault {type} (HTTP {status})", cause);
        Assert.Empty(server.Pulls);
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(500, 2, "answered 500 without a fault")]
    [InlineData(400, 1, "answered 400 without a fault")]
    [InlineData(302, 1, "which is not followed")]
    public async Task A_bare_status_is_tried_once_more_only_when_that_may_help(int status, int pulls, string cause)
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Habits.Status = operation => operation == "eksporterXmlFuld" ? status : null;

        var pulled = await new UniloginPull(azurite, server).RunAsync();

        AssertHeld(pulled, "999001", cause);
        Assert.Equal(pulls, server.Pulls.Count);
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_once_more()
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Habits.CutAfter = operation => operation == "eksporterXmlFuld" && server.Pulls.Count == 1 ? 2000 : null;

        var pulled = await new UniloginPull(azurite, server).RunAsync();

        Assert.NotNull(pulled.Snapshot);
        Assert.Equal(2, server.Pulls.Count);
    }

    [Fact]
    public async Task An_institution_without_agreement_is_left_out_and_the_others_go_on()
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Agreements.Add("999003");
        server.Habits.Fault = operation => operation == "eksporterXmlFuld" && server.Pulls[^1].Institution == "999003" ? "Rettigheder" : null;

        var pulled = await new UniloginPull(azurite, server).With("institutions", new JsonArray("999003", "999001", "999002")).RunAsync();

        Assert.Equal(["999001"], pulled.Snapshot!.Manifest.Collections.Keys);
        Assert.Equal([("pull.skipped", "999002"), ("pull.skipped", "999003")], pulled.Run.PullNotes.Select(note => (note.Code, note.Collection)));
        Assert.Equal(["999002", "999003"], pulled.Run.AbsentSchools);
        Assert.DoesNotContain(server.Pulls, pull => pull.Institution == "999002");
    }

    [Fact]
    public async Task Nothing_agreed_holds_the_run()
    {
        await using var server = await UniloginServer.StartAsync(Documents);
        server.Agreements.Clear();

        AssertHeld(await new UniloginPull(azurite, server).RunAsync(), "None of the tenant's 1 institutions", "Tilslutning");
    }

    private static void AssertHeld(Pulled pulled, params string[] causes)
    {
        Assert.Equal(RunState.Held, pulled.Run.State);
        Assert.All(causes, cause => Assert.Contains(cause, pulled.Run.StateReason));
        Assert.Null(pulled.Snapshot);
    }

    private static string CertificateIn(string envelope)
    {
        var token = envelope.Split("BinarySecurityToken")[1].Split('>')[1].Split('<')[0];
        return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(token)).ExportCertificatePem();
    }
}
