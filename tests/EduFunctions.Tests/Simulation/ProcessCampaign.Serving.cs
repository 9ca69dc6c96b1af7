using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.Starting;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;

namespace EduFunctions.Tests.Simulation;

/// <summary>The same of hosts that serve: two beside each other, of which one is killed or stands still while it works on what the API has begun.</summary>
internal sealed partial class ProcessCampaign
{
    /// <summary>What is left of a host's messages is seen again by another within two minutes.</summary>
    private static readonly TimeSpan Longest = Patience.Of(TimeSpan.FromMinutes(5));

    public async Task<IReadOnlyList<string>> ServedRoundAsync()
    {
        var schools = GuardTown.Of(("berget", 30)).Next();
        await using var town = await Town.StartAsync(azurite, schools, new DropBoxOptions { MaxBytesPerSecond = BytesPerSecond });
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(random.Next(0, 60));
        await using var one = await Serving.Serving.StartAsync(town);
        await BeginAsync(one, town);
        await MomentAsync();
        var isKilled = random.Next(2) == 0;
        await (isKilled ? one.KillAsync() : one.FreezeAsync());
        Count(isKilled ? "kills" : "freezes");

        await using var other = await Serving.Serving.StartAsync(town);
        await EndAsync(other, town);
        schools.Joining("berget", "stig");
        await BeginAsync(other, town);
        if (!isKilled && random.Next(2) == 0)
        {
            // It wakes up in the midst of the next run, and works at that, too.
            await MomentAsync();
            await one.ThawAsync();
            Count("thaws in the midst");
        }

        await EndAsync(other, town);
        if (!isKilled)
        {
            await one.ThawAsync();
            await Task.Delay(TimeSpan.FromSeconds(5));
        }

        return await LookAsync(town, stopped: 1);
    }

    private static async Task BeginAsync(Serving.Serving serving, Town town)
    {
        var begun = await serving.Http.PostAsJsonAsync($"/api/tenants/{town.Id}/sync", new { reason = "a new class" });
        if (begun.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.Conflict))
        {
            begun.EnsureSuccessStatusCode();
        }
    }

    private static Task EndAsync(Serving.Serving serving, Town town) => Serving.Serving.UntilAsync(
        async () => (await serving.Http.GetFromJsonAsync<JsonArray>($"/api/tenants/{town.Id}/runs"))!.All(run => run!["finished"] is not null),
        (int)Longest.TotalSeconds);
}
