using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Probing;

/// <summary>The command as a municipality gives it: an address, secrets in the environment, and an exit code that says whether it is enough.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ProbeCommandTests : IDisposable
{
    private const string Variable = "REGISTER_SECRET";

    private readonly string _folder = Directory.CreateTempSubdirectory("edufunctions-probe-").FullName;

    [Fact]
    public async Task A_good_register_is_0_and_the_report_is_for_its_maker()
    {
        var habits = new EduCloudHabits();
        Registers.SmallAdministration(habits);
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, habits);

        var ended = await RunAsync(server, server.ClientSecret, "--token-url", server.TokenUrl, "--client-id", server.ClientId, "--client-secret-env", Variable, "--report", "report.md");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Matches(@"(?m)^pass +needed +paging\.whole +\d", ended.Output);
        Assert.Matches(@"(?m)^miss +expected +collections\.rest +syllabuses: 404; placements: 404", ended.Output);
        var report = await File.ReadAllTextAsync(Path.Combine(_folder, "report.md"));
        Assert.Contains("## Expected\n\n### collections.rest: GET /groups,", report);
        Assert.DoesNotContain(server.ClientSecret, report + ended.Output + ended.Errors);
        Assert.DoesNotContain("Provhed", report + ended.Output);
    }

    [Fact]
    public async Task What_is_needed_and_missed_is_2_also_by_tenant_file_and_as_json()
    {
        await using var server = await EduCloudServer.StartAsync(ProbedTown.Make().Data, new EduCloudHabits { Open = true });
        var tenant = TenantJson.Make("probed");
        tenant.PointAt(server);
        tenant["source"]!["clientSecret"] = new JsonObject { ["secret"] = "register" };
        tenant["feeds"] = new JsonArray();
        await File.WriteAllTextAsync(Path.Combine(_folder, "probed.json"), tenant.ToJsonString());

        var ended = await LocalHostProcess.RunAsync(
            new Dictionary<string, string> { ["Secrets__register"] = server.ClientSecret }, _folder, "probe", "--tenant", "probed.json", "--json");

        Assert.True(ended.ExitCode == 2, ended.Output + ended.Errors);
        var report = JsonElement.Parse(ended.Output);
        Assert.Equal("miss", report.GetProperty("results").EnumerateArray().Single(result => result.GetProperty("code").GetString() == "access.closed").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("--base-url", "http://register.example/v2.0", "--bearer-env", Variable, "https address")]
    [InlineData("--base-url", "https://register.example/v2.0", "--page-size", "5", "One way in")]
    [InlineData("--base-url", "https://register.example/v2.0", "--bearer-env", "NO_SUCH_VARIABLE", "NO_SUCH_VARIABLE")]
    [InlineData("--page-size", "5", "--bearer-env", Variable, "--base-url or --tenant")]
    [InlineData("--base-url", "https://register.example/v2.0?key=s-ecret", "--bearer-env", Variable, "no ? and no #")]
    [InlineData("--base-url", "https://register.example/v2.0", "--client-secret-env", Variable, "--client-secret-env wants --client-id.")]
    [InlineData("--base-url", "https://register.example/v2.0", "--api-key-header", "X-Key", "--api-key-header wants --api-key-env.")]
    public async Task What_is_wrong_with_the_options_is_said(string first, string value, string second, string other, string sentence)
    {
        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string> { [Variable] = "s-ecret" }, _folder, "probe", first, value, second, other);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(sentence, ended.Errors);
        Assert.DoesNotContain("s-ecret", ended.Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Ended> RunAsync(EduCloudServer server, string secret, params string[] arguments) =>
        LocalHostProcess.RunAsync(new Dictionary<string, string> { [Variable] = secret }, _folder, ["probe", "--base-url", server.BaseUrl, .. arguments]);
}
