using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary><c>validate --connect</c> says of a register that is to say what has changed whether it does.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ChangesConnectionTests
{
    [Theory]
    [InlineData("says it", null, null)]
    [InlineData("passes the filter over", "passes the filter over", null)]
    [InlineData("has no deletions", null, "take source.changes out")]
    public async Task Filter_and_deletions_are_tried(string habit, string? changes, string? deletions)
    {
        await using var server = await EduCloudServer.StartAsync(PlainTown.Make().Data);
        Registers.Strict(server.Habits);
        server.Habits.WayIn = WayIn.Bearer;
        server.Habits.PassesOver = habit == "passes the filter over" ? ["meta.modified.after"] : [];
        server.Habits.Deletions = habit == "has no deletions" ? null : [];

        var checks = await ChecksAsync(server, changes: true);

        Assert.Equal(9, checks.Count);
        Told(changes, checks["changes"]);
        Told(deletions, checks["deletedEntities"]);
        Assert.Equal(7, (await ChecksAsync(server, changes: false)).Count);
    }

    private static void Told(string? expected, string? problem) => Assert.True(expected is null ? problem is null : problem?.Contains(expected, StringComparison.Ordinal) == true, problem);

    private static async Task<Dictionary<string, string?>> ChecksAsync(EduCloudServer server, bool changes)
    {
        var settings = new Ss12000Settings { Type = "ss12000", BaseUrl = server.BaseUrl, Bearer = new Secret("handed", server.Handed), Changes = changes };
        var checks = new Dictionary<string, string?>();
        await foreach (var check in ((IConnectionTest)Registered.Services.GetRequiredService<Catalog<ISource>>()["ss12000"]).TestAsync(settings, CancellationToken.None))
        {
            checks.Add(check.Subject, check.Problem);
        }

        return checks;
    }
}
