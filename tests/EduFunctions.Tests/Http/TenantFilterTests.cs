using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>How an operator of many tenants finds the few that matter.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TenantFilterTests
{
    [Theory]
    [InlineData("", "all", 300)]
    [InlineData("KOMMUN 299", "all", 1)]
    [InlineData("town-29", "all", 11)]
    [InlineData("nowhere", "all", 0)]
    [InlineData("", "waiting", 10)]
    [InlineData("", "busy", 1)]
    [InlineData("", "good", 289)]
    [InlineData("", "<script>", 300)]
    public void Those_are_shown_who_are_looked_for(string text, string show, int count) =>
        Assert.Equal(count, new TenantFilter(text, show, "need").Choose(ManyTenants.All).Count);

    [Fact]
    public void What_needs_somebody_comes_first()
    {
        var needs = TenantFilter.None.Choose(ManyTenants.All).Select(tenant => tenant.Need).ToList();

        Assert.Equal(needs.Order(), needs);
        Assert.Equal((Need.Refused, Need.Good), (needs[0], needs[^1]));
    }

    [Fact]
    public void The_order_is_the_readers()
    {
        var byName = new TenantFilter("", "all", "name").Choose(ManyTenants.All);
        var byAge = new TenantFilter("", "all", "age").Choose(ManyTenants.All);

        Assert.Equal(["Provstads kommun 1", "Provstads kommun 10", "Provstads kommun 100"], byName.Take(3).Select(tenant => tenant.Status.Name));
        Assert.Equal((23, 0), (byAge[0].OldestHours, byAge[^1].OldestHours));
    }

    [Fact]
    public void A_file_that_is_refused_is_red_whatever_the_last_run_was()
    {
        var page = ManyTenants.Page(new TenantFilter("kommun 70", "all", "need"));

        Assert.Matches("<td><span class=\"pill bad\">[^<]*file refused</span></td>", page);
    }

    [Fact]
    public void A_page_asks_again_by_itself_only_while_something_is_under_way()
    {
        var quiet = TenantsView.Of(Words, [.. ManyTenants.All.Take(3)], Planner, 0, TenantFilter.None).ToString();

        Assert.DoesNotContain("<script>", quiet);
        Assert.Contains("<script>", ManyTenants.Page(TenantFilter.None));
    }

    private static Wording Words => new(
        Pipeline.Languages.Language.English, Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<CodeSentences>(Registered.Services), "/");

    private static Pipeline.Watching.FreshnessStatus Planner => new("planner", null, 1, 26, Pipeline.Watching.FreshnessState.Fresh);
}
