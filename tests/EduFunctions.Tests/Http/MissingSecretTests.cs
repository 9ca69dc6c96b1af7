using System.Net;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>A host that lacks a tenant's secrets shows the tenant as its file says it, names what it lacks, and calls no file wrong.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class MissingSecretTests
{
    [Fact]
    public async Task A_tenant_is_shown_by_its_file_and_the_secret_that_is_missing_by_its_name()
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([TenantJson.SourceSecret], "asby");

        var line = TenantsInMemory.ByTenant(await tenants.CallAsync("GET", "/api/tenants"))["asby"];
        var pages = new[] { await PageAsync(tenants, "/"), await PageAsync(tenants, "/tenants/asby") };

        Assert.Equal(("asby kommun", true, "Europe/Stockholm"), ((string?)line["name"], (bool)line["enabled"]!, (string?)line["timeZone"]));
        Assert.Equal(("apple", "waiting"), ((string?)line["feeds"]![0]!["subject"], (string?)line["feeds"]![0]!["state"]));
        Assert.Equal([TenantJson.DropBoxSecret], line["missingSecrets"]!.AsArray().Select(name => (string)name!));
        var told = $"A secret is missing on this host: {TenantJson.DropBoxSecret}.";
        Assert.StartsWith(told, (string?)line["problem"]);
        Assert.All(pages, page => Assert.All(["asby kommun", "apple", "no delivery yet", told, "Next night"], words => Assert.Contains(words, page)));
        Assert.Contains("secret missing here", pages[0]);
        Assert.All(pages, page => Assert.DoesNotContain("refused", page.Replace("no file is refused", "", StringComparison.Ordinal)));
    }

    /// <summary>The failed run of a night says it in English, with what to do; the front page says it in the reader's language.</summary>
    [Theory]
    [InlineData("sv", "Huvudmannen asby är avvisad: $.source.clientSecret (rad ", "saknas; ange miljövariabeln Secrets__")]
    [InlineData("da", "Organisationen asby er afvist: $.source.clientSecret (linje ", "mangler; angiv miljøvariablen Secrets__")]
    public async Task A_night_that_failed_for_it_says_so_in_the_readers_language(string language, string refused, string remedy)
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([], "asby");
        await tenants.CallAsync("POST", "/api/nights");

        var front = WebUtility.HtmlDecode((await tenants.CallAsync("GET", "/", language: language)).Text);

        Assert.All([refused, remedy], words => Assert.Contains(words, front, StringComparison.Ordinal));
        Assert.All(["is refused", "is missing", "set the environment"], words => Assert.DoesNotContain(words, front, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_secret_that_is_missing_is_named()
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([], "asby");

        var line = TenantsInMemory.ByTenant(await tenants.CallAsync("GET", "/api/tenants"))["asby"];

        Assert.Equal(new[] { TenantJson.SourceSecret, TenantJson.DropBoxSecret }.Order(), line["missingSecrets"]!.AsArray().Select(name => (string)name!).Order());
    }

    /// <summary>What needs no secret is done, and said to be done.</summary>
    [Fact]
    public async Task A_target_is_let_rest_and_go_on_without_secrets()
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([], "asby");

        var rests = await tenants.CallAsync("POST", "/api/tenants/asby/freeze", """{"feed":"apple","until":"2026-09-20"}""");
        var page = await PageAsync(tenants, "/tenants/asby");
        var goesOn = await tenants.CallAsync("POST", "/api/tenants/asby/thaw", """{"feed":"apple"}""");

        Assert.Equal((200, 200), (rests.Status, goesOn.Status));
        Assert.Contains("paused until 2026-09-20", page);
        Assert.Contains("Let it go on", page);
    }

    [Theory]
    [InlineData("adds", "nobody comes until 2026-09-20 by an operator")]
    [InlineData("removals", "nobody goes until 2026-09-20 by an operator")]
    public async Task A_target_that_rests_in_part_shows_it_wherever_its_age_stands(string what, string told)
    {
        await using var tenants = await TenantsInMemory.OfAsync("asby");
        var last = new LastDelivery(SampleRun.Held.Run, SampleRun.Plan.Target, [], "x", new DeliveredRoster("x", "y", "z"), tenants.Time.GetUtcNow());
        await tenants.Get<ReceiptStore>().SaveLastAsync("asby", "apple", last, CancellationToken.None);

        await tenants.CallAsync("POST", "/api/tenants/asby/freeze", $$"""{"feed":"apple","until":"2026-09-20","what":"{{what}}"}""");

        Assert.Contains(told, await PageAsync(tenants, "/"));
        var page = await PageAsync(tenants, "/tenants/asby");
        Assert.Contains(told, page[page.IndexOf("What the targets have", StringComparison.Ordinal)..page.IndexOf("Why is this person missing", StringComparison.Ordinal)]);
        Assert.DoesNotContain("paused until", page);
    }

    /// <summary>Nothing of it could be done from here.</summary>
    [Fact]
    public async Task What_this_host_cannot_do_has_no_button_and_the_page_says_why()
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([TenantJson.SourceSecret], "asby");
        var held = SampleRun.Held with { Tenant = "asby", Finished = tenants.Time.GetUtcNow().AddHours(-1), Feeds = [SampleRun.Held.Feeds[0]] };
        await tenants.Runs.SaveAsync(held, CancellationToken.None);

        var pages = new[] { await PageAsync(tenants, "/tenants/asby"), await PageAsync(tenants, $"/tenants/asby/runs/{held.Run}") };
        var refused = await tenants.CallAsync("POST", $"/api/tenants/asby/runs/{held.Run}/approve", $$"""{"plan":"{{held.Feeds[0].Plan!.Hash}}"}""");

        Assert.All(pages, page => Assert.Contains("Nothing can be begun, answered or sent again from here for now.", page));
        Assert.All(pages, page => Assert.Contains(TenantJson.DropBoxSecret, page));
        Assert.All(pages, page => Assert.All(["Release", "Refuse this plan", "Send again</button>", "Deliver now"], button => Assert.DoesNotContain(button, page)));
        Assert.Equal(409, refused.Status);
        var told = Language.Swedish.Told((string)JsonNode.Parse(refused.Text)!["detail"]!);
        Assert.StartsWith("Inget har gjorts, och planen väntar fortfarande: En hemlighet saknas på den här värden", told);
        await tenants.EditAsync("asby", file => file["feeds"]![0]!["delivery"]!["password"] = new JsonObject { ["secret"] = TenantJson.SourceSecret });
        Assert.Contains("Release this plan", await PageAsync(tenants, $"/tenants/asby/runs/{held.Run}"));
    }

    [Fact]
    public async Task A_file_that_is_wrong_is_refused_whatever_is_missing_beside()
    {
        await using var tenants = await TenantsInMemory.WithSecretsAsync([], "asby");
        await tenants.EditAsync("asby", file => file["nobodyKnowsThis"] = 1);

        var line = TenantsInMemory.ByTenant(await tenants.CallAsync("GET", "/api/tenants"))["asby"];

        Assert.Empty(line["missingSecrets"]!.AsArray());
        Assert.Contains("nobodyKnowsThis", (string?)line["problem"]);
        Assert.Contains("file refused", await PageAsync(tenants, "/"));
    }

    private static async Task<string> PageAsync(TenantsInMemory tenants, string path) => WebUtility.HtmlDecode((await tenants.CallAsync("GET", path)).Text);
}
