using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Http;

/// <summary>The overview of three hundred tenants, of which a few need somebody.</summary>
internal static class ManyTenants
{
    public const int Count = 300;

    private static readonly DateTimeOffset Tonight = SampleRun.Held.Started;

    /// <summary>Every fiftieth is held, the file of every seventieth is refused, and the last one is under way.</summary>
    public static IReadOnlyList<TenantCard> All { get; } = [.. Enumerable.Range(1, Count).Select(Card)];

    public static string Page(TenantFilter filter) => TenantsView.Of(
        new Wording(Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/"), All, new FreshnessStatus("planner", null, 1, 26, FreshnessState.Fresh), 0, filter).ToString();

    private static TenantCard Card(int at)
    {
        var run = SampleRun.Held with
        {
            Tenant = $"town-{at}",
            State = at % 50 == 0 ? Pipeline.Runs.RunState.Held : at == Count - 1 ? Pipeline.Runs.RunState.Extracting : Pipeline.Runs.RunState.Delivered,
        };
        var status = SampleRun.Status(run) with { Tenant = $"town-{at}", Name = $"Provstads kommun {at}", Problem = at % 70 == 0 ? "$.name: is missing" : null };
        return new TenantCard(status with { Feeds = [status.Feeds[1] with { AgeHours = at % 24 }] }, 0, Tonight);
    }
}
