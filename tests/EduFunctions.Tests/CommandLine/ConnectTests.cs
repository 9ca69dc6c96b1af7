using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Mail;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.App;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary><c>validate --connect</c>: every connection is tried, and nothing is changed by it.</summary>
[Collection(CommandTests.Name)]
public sealed class ConnectTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_connection_is_tried_and_nothing_is_sent()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite);
        AddLearn(town, learn, learn.Integrations[0].Password);

        var ended = await ConnectAsync(town);

        Assert.Equal("", ended.Errors.Trim());
        Assert.Equal(0, ended.ExitCode);
        string[] subjects = ["token", "organisations", "syllabuses", "persons", "groups", "placements", "duties", "activities"];
        Assert.All(subjects, subject => Assert.Contains($"$.source: {subject}: good", ended.Output));
        Assert.Contains("$.feeds[0].delivery: host key and login: good", ended.Output);
        Assert.Contains("$.feeds[0].delivery: folder: good", ended.Output);
        Assert.Contains($"$.feeds[1].delivery: login \"{learn.Integrations[0].Username}\": good", ended.Output);
        Assert.Empty(town.DropBox.Received);
        Assert.Empty(learn.Posts);
    }

    [Fact]
    public async Task What_is_wrong_in_one_connection_keeps_no_other_from_being_tried()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite);
        AddLearn(town, learn, learn.Integrations[0].Password);
        town.Environment.Remove("Secrets__educloud");

        var ended = await ConnectAsync(town);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("the secret \"educloud\" is missing", ended.Output);
        Assert.Contains("$.source: not tried, since something in it is wrong", ended.Output);
        Assert.Contains("$.feeds[0].delivery: folder: good", ended.Output);
        Assert.Contains($"$.feeds[1].delivery: login \"{learn.Integrations[0].Username}\": good", ended.Output);
    }

    [Fact]
    public async Task Who_says_nothing_is_not_waited_for_long()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"] = new JsonObject { ["type"] = "https", ["url"] = $"http://{silent.LocalEndpoint}/" };
        town.Environment["Pipeline__Calls__Trial"] = "00:00:03";

        var ended = await ConnectAsync(town);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("$.feeds[0].delivery: connection: No answer within 3 seconds. Check the address", ended.Output);
        Assert.Contains("Waiting for the next connection of tenants/", ended.Errors);
    }

    [Fact]
    public async Task A_storage_that_says_nothing_is_not_waited_for_long()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var town = await Town.StartAsync(azurite);
        town.Environment["Pipeline__Calls__Trial"] = "00:00:03";
        var storage = string.Join(';', town.Storage.Split(';').Select(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal) ? $"BlobEndpoint=http://{silent.LocalEndpoint}/a" : part));

        var ended = await LocalHostProcess.RunAsync(town.Environment, town.Folder, "runs", "--tenant", town.Id, "--storage", storage);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Waiting for the storage, 3 seconds at most", ended.Errors);
        Assert.Contains("The storage cannot be used (no answer within 3 seconds).", ended.Errors);
    }

    [Fact]
    public async Task What_is_refused_is_named_with_what_to_do_about_it()
    {
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite);
        town.Register.Habits.Fault = request => request.Collection == "groups" ? new Fault.Status(403) : null;
        town.File["feeds"]![0]!["delivery"]!["directory"] = "nowhere";
        town.File["alarms"] = new JsonObject { ["webhooks"] = new JsonArray(new JsonObject { ["format"] = "slack", ["url"] = new JsonObject { ["secret"] = "chat" } }) };
        town.Environment["Secrets__chat"] = "https://127.0.0.1:9/hooks/only-the-channel-knows";
        AddLearn(town, learn, "a wrong password");

        var ended = await ConnectAsync(town);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("grant the scope ist.ss12000-v2.api.groups", ended.Output);
        Assert.Contains($"(Asked: {town.Register.BaseUrl}/groups)", ended.Output);
        Assert.Contains("$.alarms.webhooks[0]: it cannot be reached", ended.Output);
        Assert.DoesNotContain("only-the-channel-knows", ended.Output + ended.Errors);
        Assert.Contains("$.source: persons: good", ended.Output);
        Assert.Contains("folder: The folder \"nowhere\" does not exist", ended.Output);
        Assert.Contains($"Learn refused user \"{learn.Integrations[0].Username}\"", ended.Output);
        Assert.DoesNotContain("a wrong password", ended.Output + ended.Errors);
    }

    [Fact]
    public async Task Channels_of_alarms_are_reached_without_a_word_and_what_only_a_night_tells_is_named()
    {
        await using var chat = await WebhookReceiver.StartAsync();
        await using var mail = await MailServer.StartAsync();
        await using var town = await Town.StartAsync(azurite);
        (town.Environment["Secrets__chat"], town.Environment["Secrets__mail"]) = (chat.Address, "a wrong password");
        town.File["alarms"] = new JsonObject
        {
            ["webhooks"] = new JsonArray(new JsonObject { ["format"] = "slack", ["url"] = new JsonObject { ["secret"] = "chat" } }),
            ["mail"] = new JsonObject
            {
                ["host"] = "127.0.0.1",
                ["port"] = mail.Port,
                ["security"] = "none",
                ["username"] = MailServer.Username,
                ["password"] = new JsonObject { ["secret"] = "mail" },
                ["from"] = "edufunctions@kommun.internal",
                ["to"] = new JsonArray("it@kommun.internal"),
            },
        };

        var refused = await ConnectAsync(town);
        town.Environment["Secrets__mail"] = MailServer.Password;
        var good = await ConnectAsync(town);

        Assert.Equal((1, 0), (refused.ExitCode, good.ExitCode));
        Assert.Contains("$.alarms.mail: AuthenticationException", refused.Output);
        Assert.Contains($"$.alarms.mail: can be reached; whether a message arrives: alarms test tenants/{town.Id}.json", good.Output);
        Assert.Contains("$.alarms.webhooks[0]: can be reached", good.Output);
        Assert.Contains("$.feeds[0].delivery: only a night tells whether files may be written", good.Output);
        Assert.Contains("$.source: only a night tells whether every page comes to its end", good.Output);
        Assert.DoesNotContain("a wrong password", refused.Output + refused.Errors);
        Assert.Empty(chat.Received);
        Assert.Empty(mail.Received);
    }

    [Fact]
    public async Task A_refused_token_and_a_strange_host_key_end_their_own_part_only()
    {
        await using var town = await Town.StartAsync(azurite);
        town.Environment["Secrets__educloud"] = "an old secret";
        town.File["feeds"]![0]!["delivery"]!["hostKeys"] = new JsonArray("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        var ended = await ConnectAsync(town);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"refused client \"{town.Register.ClientId}\"", ended.Output);
        Assert.DoesNotContain("organisations", ended.Output);
        Assert.Contains($"The host key {town.DropBox.HostKeyFingerprints[0]}", ended.Output);
        Assert.DoesNotContain("an old secret", ended.Output + ended.Errors);
    }

    [Theory]
    [InlineData(null, 0, "$.feeds[0].delivery: agreements: good")]
    [InlineData("a wrong password", 1, "BrugeridEllerPassword")]
    public async Task An_import_is_tried_by_its_list_of_agreements(string? password, int exitCode, string told)
    {
        await using var service = await ImportServer.StartAsync();
        await using var town = await Town.StartAsync(azurite);
        town.File["privacy"] = new JsonObject { ["includeCivicNumber"] = true };
        town.File["feeds"] = new JsonArray(TenantJson.UniloginImport(service, settings: null));
        town.Environment[$"Secrets__{TenantJson.ImportSecret}"] = password ?? service.Password;

        var ended = await ConnectAsync(town);

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(told, ended.Output);
        Assert.Equal(["hentDataAftaler"], service.Calls.Select(call => call.Request.Operation));
    }

    /// <summary>The front lets in whoever shows a certificate of the authority, the service whoever signs with the one that is registered.</summary>
    [Theory]
    [InlineData(false, 0, "$.feeds[0].delivery: agreements: good")]
    [InlineData(true, 1, "$.feeds[0].delivery: agreements: the connection with")]
    public async Task A_signed_import_shows_its_certificate_when_connecting(bool isStranger, int exitCode, string told)
    {
        await using var service = await ImportServer.StartAsync();
        await using var unilogin = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        unilogin.Add(new SignedImport(service));
        using var loopback = unilogin.Authority.IssueServer();
        await using var front = TlsFront.Start(loopback, unilogin.Authority.Root, new Uri(unilogin.Endpoint(8)));
        await using var town = await Town.StartAsync(azurite);
        var stranger = new TestAuthority("Elsewhere");
        using var other = stranger.Issue("edufunctions");
        var delivery = TenantJson.SignedImport($"{front.Address}/bpi/wsaimport/8", unilogin.SystemId);
        var feed = TenantJson.UniloginImport(service, settings: null);
        feed["delivery"] = delivery;
        if (isStranger)
        {
            delivery["tlsCertificate"] = new JsonObject { ["secret"] = "other" };
        }

        town.File["privacy"] = new JsonObject { ["includeCivicNumber"] = true };
        town.File["feeds"] = new JsonArray(feed);
        town.Environment[$"Secrets__{TenantJson.ImportSecret}"] = unilogin.ClientPem;
        town.Environment["Secrets__other"] = stranger.Pem(other);
        var roots = Path.Combine(town.Folder, "roots.pem");
        await File.WriteAllTextAsync(roots, unilogin.Authority.RootPem);
        town.Environment["SSL_CERT_FILE"] = roots;

        var ended = await ConnectAsync(town);

        Assert.Contains(told, ended.Output);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Equal(isStranger ? [] : ["hentDataAftaler"], service.Calls.Select(call => call.Request.Operation));
    }

    [Fact]
    public async Task What_nobody_has_confirmed_yet_is_named_before_a_night_is_in_vain()
    {
        await using var town = await Town.StartAsync(azurite);
        var unikum = town.File["feeds"]![0]!.DeepClone();
        (unikum["name"], unikum["type"]) = ("unikum", "unikumRelations");
        unikum["settings"] = new JsonObject { ["organisationId"] = "provstad" };
        unikum["delivery"]!["directory"] = "";
        town.File["feeds"]!.AsArray().Add(unikum);

        var ended = await ConnectAsync(town);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("$.feeds[1].settings: delivery: ", ended.Output);
        Assert.Contains("then set layoutConfirmed", ended.Output);
    }

    [Fact]
    public void Every_source_and_delivery_can_try_its_connection()
    {
        using var services = new ServiceCollection().AddLogging().AddRosterPipeline(AppTriggers.LocalConfiguration).BuildServiceProvider();

        Assert.All(services.GetServices<ISource>(), source => Assert.IsType<IConnectionTest>(source, exactMatch: false));
        Assert.All(services.GetServices<IDelivery>(), delivery => Assert.IsType<IConnectionTest>(delivery, exactMatch: false));
    }

    private static void AddLearn(Town town, LearnServer learn, string password)
    {
        town.File["feeds"]!.AsArray().Add(TenantJson.Blackboard(learn, settings: null));
        town.Environment[$"Secrets__{TenantJson.LearnSecret}"] = password;
    }

    private static Task<Ended> ConnectAsync(Town town)
    {
        town.WriteFile();
        return LocalHostProcess.RunAsync(town.Environment, town.Folder, ["validate", "--connect", $"tenants/{town.Id}.json", "--storage", town.Storage]);
    }
}
