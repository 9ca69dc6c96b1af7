using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(CommandTests.Name)]
public sealed class ValidateTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_folder_is_no_tenant_file()
    {
        var folder = Directory.CreateTempSubdirectory("edufunctions-validate-");

        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), folder.FullName, "validate", ".");

        Assert.Equal((2, ".: is a folder. Name the tenant file in it."), (ended.ExitCode, ended.Output.Trim()));
        folder.Delete();
    }

    [Fact]
    public async Task A_good_file_is_good()
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await ValidateAsync(town);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(town.Id, ended.Output);
    }

    [Fact]
    public async Task Every_error_is_named_with_path_line_and_cause()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["enabled"] = "yes";
        town.File["timeZone"] = "Europe/Nordhamn";
        town.File["eligiblity"] = null;
        town.File["source"]!["baseUrl"] = "http://register.example/v2.0";
        town.File["source"]!["clientSecret"] = "in-the-open-5520";
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["personNumber"] = "civicNo", ["groupTypes"] = "Klass" };

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(lines, line => Assert.Matches(@"^tenants/[a-z0-9-]+\.json:[0-9]+: \$\.", line));
        Assert.Contains(lines, line => line.Contains("$.enabled: must be true or false"));
        Assert.Contains(lines, line => line.Contains("$.timeZone: must be an IANA time zone"));
        Assert.Contains(lines, line => line.Contains("unknown key \"eligiblity\"; did you mean \"eligibility\"?"));
        Assert.Contains(lines, line => line.Contains("$.source.baseUrl: must be an https address"));
        Assert.Contains(lines, line => line.Contains("$.source.clientSecret: must be { \"secret\""));
        Assert.Contains(lines, line => line.Contains("$.feeds[0].settings.groupTypes: must be an array"));
        Assert.DoesNotContain("in-the-open-5520", ended.Output + ended.Errors);
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_errors()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["personNumber"] = "civicNo" };
        town.File["feeds"]![0]!["delivery"]!.AsObject().Remove("password");
        town.File["privacy"] = new System.Text.Json.Nodes.JsonObject { ["includeAddress"] = true };
        town.File["eligibility"] = new System.Text.Json.Nodes.JsonObject { ["dateMarginDays"] = 7, ["schoolTypes"] = new System.Text.Json.Nodes.JsonArray(), ["includeExtern"] = true };

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("$.feeds[0].settings.personNumber: needs privacy.includeCivicNumber", ended.Output);
        Assert.Contains("$.feeds[0].delivery.password: needs password, privateKey or both", ended.Output);
        Assert.Contains("$.privacy.includeAddress: must be false: no feed has a column for addresses", ended.Output);
        Assert.Contains("$.eligibility.includeExtern: is understood by the source unilogin only, not by educloud", ended.Output);
        Assert.Equal(1, ended.Output.Split("$.eligibility").Length - 1);
    }

    /// <summary>A key that nobody knows, a value out of range, a secret that is missing: what else the file says is looked at all the same.</summary>
    [Fact]
    public async Task What_is_wrong_in_one_place_keeps_no_other_from_being_told()
    {
        await using var town = await Town.StartAsync(azurite);
        var second = town.File["feeds"]![0]!.DeepClone();
        (second["name"], second["schools"]) = ("second", new System.Text.Json.Nodes.JsonArray(" 99990001", "99990002"));
        town.File["feeds"]!.AsArray().Add(second);
        town.File["privcy"] = new System.Text.Json.Nodes.JsonObject();
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["personNumber"] = "civicNo", ["groupTypes"] = new System.Text.Json.Nodes.JsonArray("Undervisnig") };
        town.File["eligibility"] = new System.Text.Json.Nodes.JsonObject { ["dateMarginDays"] = -1 };
        town.Environment.Remove("Secrets__educloud");

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("unknown key \"privcy\"", ended.Output);
        Assert.Contains("$.eligibility.dateMarginDays: must be 0 to 3650", ended.Output);
        Assert.Contains("$.source.clientSecret: the secret \"educloud\" is missing", ended.Output);
        Assert.Contains("$.feeds[0].settings.personNumber: needs privacy.includeCivicNumber", ended.Output);
        Assert.Contains("$.feeds[1].delivery: goes to the same address", ended.Output);
        Assert.Contains("$.feeds[1].schools[0]: must be an id or a code without blanks before or behind it, not \" 99990001\"", ended.Output);
        Assert.Contains("$.feeds[0].settings.groupTypes[0]: \"Undervisnig\" matches nothing; did you mean \"Undervisning\"?", ended.Output);
    }

    [Fact]
    public async Task What_follows_from_a_setting_is_told_and_no_error()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["type"] = "blackboard";
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["operation"] = "refresh", ["dataSourceKey"] = "EDU" };
        town.File["feeds"]![0]!["delivery"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{ "type": "blackboard", "baseUrl": "http://127.0.0.1:9/endpoint", "username": "u", "password": { "secret": "dropbox" } }""");

        var harmless = await ValidateAsync(town);
        town.File["feeds"]![0]!["settings"]!["operation"] = "refreshByDataSource";
        var told = await ValidateAsync(town);

        Assert.Equal((0, 0), (harmless.ExitCode, told.ExitCode));
        Assert.DoesNotContain("dataSourceKey", harmless.Output);
        Assert.Contains("$.feeds[0].settings.dataSourceKey: with refreshByDataSource \"EDU\" has to be the integration's own data source", told.Output);
    }

    [Fact]
    public async Task Days_that_can_hardly_be_meant_are_told_and_no_error()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["freeze"] = new System.Text.Json.Nodes.JsonObject { ["until"] = "2020-01-10" };
        town.File["guard"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{ "rolloverWindows": [{ "from": "12-15", "to": "01-10", "maxRemovedPercent": 60 }, { "from": "09-15", "to": "06-25", "maxRemovedPercent": 60 }] }""");

        var ended = await ValidateAsync(town);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("$.feeds[0].freeze.until: 2020-01-10 has come already, so nothing rests.", ended.Output);
        Assert.Contains("$.guard.rolloverWindows[1]: it is open on 284 days of the year.", ended.Output);
        Assert.DoesNotContain("rolloverWindows[0]", ended.Output);
    }

    [Theory]
    [InlineData("127.0.0.1:22")]
    [InlineData("sftp://127.0.0.1")]
    [InlineData("upload@files.school")]
    [InlineData("files.school/in")]
    [InlineData("")]
    public async Task A_host_is_a_name_or_an_address_and_nothing_beside_it(string host)
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"]!["host"] = host;

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("$.feeds[0].delivery.host: must be a server's name or address alone", ended.Output);
    }

    /// <summary>What a SCIM server is to do, as a file in a drop box, is done by nobody.</summary>
    [Fact]
    public async Task A_delivery_that_carries_nothing_out_is_told_with_its_line_and_is_no_error()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["type"] = "scim";

        var ended = await ValidateAsync(town);

        Assert.Equal(0, ended.ExitCode);
        Assert.Matches($@"tenants/{town.Id}\.json:[0-9]{{2}}: \$\.feeds\[0\]\.delivery\.type: only a delivery of type scim carries out", ended.Output);
    }

    [Fact]
    public async Task Two_tenants_of_one_name_are_told()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();
        var other = town.File.DeepClone();
        other["id"] = "other";
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "other.json"), other.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "broken.json"), "{ \"id\": ");

        var ended = await ValidateAsync(town);
        other["name"] = "Annanstad";
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "other.json"), other.ToJsonString());
        var apart = await ValidateAsync(town);

        Assert.Equal((0, 0), (ended.ExitCode, apart.ExitCode));
        Assert.Contains($"tenants/{town.Id}.json:3: $.name: tenant other is called so too", ended.Output);
        Assert.DoesNotContain("is called so too", apart.Output);
    }

    [Fact]
    public async Task Settings_for_Learn_are_checked_to_the_last_key()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["type"] = "blackboard";
        town.File["feeds"]![0]!["settings"] = System.Text.Json.Nodes.JsonNode.Parse(
            """
            { "operations": { "persons": "store", "course": "replace" }, "secondaryRoles": { "role:Rektor": ["x"], "unit:1": ["a b"] },
              "institutionRoles": { "teacher": "" }, "dataSourceKey": "A,B", "delimiter": ",", "initialPassword": { "secret": "educloud" } }
            """);
        town.File["feeds"]![0]!["delivery"] = System.Text.Json.Nodes.JsonNode.Parse(
            """
            { "type": "blackboard", "baseUrl": "https://learn.example.org/endpoint", "username": "u", "password": { "secret": "dropbox" },
              "objects": { "nodes": { "username": "u", "password": { "secret": "dropbox" } } } }
            """);
        town.Environment["Secrets__educloud"] = "a*password";

        var ended = await ValidateAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("$.feeds[0].settings.operations.persons: unknown object; known are node, person, secondaryinstrole", ended.Output);
        Assert.Contains("$.feeds[0].settings.operations.course: must be one of store, refresh", ended.Output);
        Assert.Contains("$.feeds[0].settings.secondaryRoles.role:Rektor: must begin with dutyRole:", ended.Output);
        Assert.Contains("$.feeds[0].settings.secondaryRoles.unit:1: must name roles of", ended.Output);
        Assert.Contains("$.feeds[0].settings.institutionRoles.teacher: must be a role", ended.Output);
        Assert.Contains("$.feeds[0].settings.dataSourceKey: must not hold the delimiter", ended.Output);
        Assert.Contains("$.feeds[0].settings.initialPassword: must have 32 characters at most", ended.Output);
        Assert.Contains("$.feeds[0].delivery.objects.nodes: unknown object", ended.Output);
        Assert.DoesNotContain("a*password", ended.Output + ended.Errors);
    }

    [Fact]
    public async Task Only_its_own_files_can_be_delivered_to_Learn()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{ "type": "blackboard", "baseUrl": "https://learn.example.org/endpoint", "username": "u", "password": { "secret": "dropbox" } }""");

        var ended = await ValidateAsync(town);

        Assert.Contains("$.feeds[0].delivery.type: a feed of type appleSchoolManager cannot be delivered to Learn", ended.Output);
    }

    [Fact]
    public async Task Paths_are_meant_from_where_the_command_is_given()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();

        var ended = await LocalHostProcess.RunByProjectAsync(town.Environment, town.Folder, "validate", $"tenants/{town.Id}.json");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
    }

    [Fact]
    public async Task A_setting_that_no_vocabulary_has_is_named_and_no_error()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["settings"] = new System.Text.Json.Nodes.JsonObject { ["groupTypes"] = new System.Text.Json.Nodes.JsonArray("Klass", "Undervisnig") };
        town.File["eligibility"] = new System.Text.Json.Nodes.JsonObject { ["schoolTypes"] = new System.Text.Json.Nodes.JsonArray("GR", "Grundskola") };

        var ended = await ValidateAsync(town);

        Assert.Equal(0, ended.ExitCode);
        Assert.Matches(@"\.json:[0-9]{2}: \$\.feeds\[0\]\.settings\.groupTypes\[1\]: ", ended.Output);
        Assert.Contains("$.feeds[0].settings.groupTypes[1]: \"Undervisnig\" matches nothing; did you mean \"Undervisning\"?", ended.Output);
        Assert.Contains("$.eligibility.schoolTypes[1]: \"Grundskola\" matches nothing; there are FS, FKLASS", ended.Output);
        Assert.DoesNotContain("\"GR\"", ended.Output);
    }

    [Fact]
    public async Task A_survey_is_printed_and_written_and_keeps_nothing()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();

        var ended = await town.CommandAsync("survey", "--tenant", $"tenants/{town.Id}.json", "--date", "2026-09-01", "--out", "out");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("feed apple (appleSchoolManager)", ended.Output);
        Assert.Equal(ended.Output.Trim(), File.ReadAllText(Path.Combine(town.Folder, "out", $"{town.Id}-survey.txt")).Trim());
        Assert.Contains("\"unmatched\": []", File.ReadAllText(Path.Combine(town.Folder, "out", $"{town.Id}-survey.json")));
        Assert.Empty(await town.BlobsAsync("snapshots", ""));
    }

    [Fact]
    public async Task What_is_still_to_be_filled_in_is_named_and_not_surveyed()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["name"] = "fill-in";
        town.File["feeds"]![0]!["delivery"]!["host"] = "sftp.example.org";

        var ended = await ValidateAsync(town);
        var surveyed = await town.CommandAsync("survey", "--tenant", $"tenants/{town.Id}.json");

        Assert.Equal((2, 2), (ended.ExitCode, surveyed.ExitCode));
        Assert.Matches(@"\.json:3: \$\.name: is still to be filled in", ended.Output);
        Assert.Contains("$.feeds[0].delivery.host: names sftp.example.org, which is an example and nobody's: fill in your own", ended.Output);
        Assert.Equal(ended.Output, surveyed.Errors);
    }

    private static Task<Ended> ValidateAsync(Town town)
    {
        town.WriteFile();
        return LocalHostProcess.RunAsync(town.Environment, town.Folder, "validate", $"tenants/{town.Id}.json");
    }
}
