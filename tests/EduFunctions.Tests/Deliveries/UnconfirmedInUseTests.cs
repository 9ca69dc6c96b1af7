using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>What a target may have taken without saying so is in use like what it said it took.</summary>
[Collection(TargetTests.Name)]
public sealed class UnconfirmedInUseTests(AzuriteFixture azurite)
{
    private static readonly JsonObject Freeze = new() { ["until"] = "2026-12-30", ["what"] = "all" };

    [Fact]
    public async Task A_purge_leaves_it_and_says_so()
    {
        var first = await azurite.Night(Town()).RunAsync();
        var lost = await LoseAsync(first, 2, Town("newcomer"));
        await RestAsync(first, 3, Town("newcomer").Without("cleo"));
        await RestAsync(first, 4, Town("newcomer").Without("cleo"));

        var protocol = await PurgeAsync(first, "cleo");

        Assert.Contains($"feeds/{first.Run.Tenant}/{first.Run.Run}/apple/asm.zip", protocol.Kept.Select(kept => kept.Blob));
        Assert.All(
            new[] { $"feeds/{first.Run.Tenant}/{lost.Run.Run}/apple/asm.zip", $"rosters/{first.Run.Tenant}/{lost.Run.Run}/roster.bin" },
            blob => Assert.Contains("may have taken", Assert.Single(protocol.Kept, kept => kept.Blob == blob).Reason, StringComparison.Ordinal));
        var resting = await RestAsync(first, 5, Town("newcomer").Without("cleo").Marking("newcomer"));
        var students = new AppleZip(File.ReadAllBytes(resting.Received[^1].LocalFile)).Column("students.csv", "person_id");
        Assert.DoesNotContain(Ids.Of("newcomer"), students);
        Assert.Contains(Ids.Of("bo"), students);
    }

    [Fact]
    public async Task A_purge_leaves_it_also_where_nothing_was_ever_confirmed()
    {
        var first = await Lossy(azurite.Night(Town())).RunAsync();
        await RestAsync(first, 2, Town().Without("cleo"));
        await RestAsync(first, 3, Town().Without("cleo"));

        var protocol = await PurgeAsync(first, "cleo");

        Assert.Contains($"feeds/{first.Run.Tenant}/{first.Run.Run}/apple/asm.zip", protocol.Kept.Select(kept => kept.Blob));
    }

    [Fact]
    public async Task Whoever_may_be_in_the_target_stays_in_the_memory()
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, 2, Town("newcomer"));
        await Unreachable(Next(first, 3, Town("newcomer").Marking("newcomer"))).RunAsync();
        await RestAsync(first, 4, Town());
        await RestAsync(first, 5, Town());

        var protocol = await PurgeAsync(first, "newcomer");

        Assert.Contains($"state/{first.Run.Tenant}/memory.bin", protocol.Kept.Select(kept => kept.Blob));
        var resting = await RestAsync(first, 6, Town());
        var students = new AppleZip(File.ReadAllBytes(Assert.Single(resting.Received).LocalFile)).Column("students.csv", "person_id");
        Assert.DoesNotContain(Ids.Of("newcomer"), students);
        Assert.Contains(Ids.Of("bo"), students);
    }

    [Fact]
    public async Task A_night_that_confirms_another_lets_go_of_it()
    {
        var first = await azurite.Night(Town()).RunAsync();
        var lost = await LoseAsync(first, 2, Town("newcomer"));
        await Next(first, 3, Town("newcomer").Without("cleo")).RunAsync();
        await Next(first, 4, Town("newcomer").Without("cleo")).RunAsync();

        var protocol = await PurgeAsync(first, "cleo");

        Assert.Contains($"feeds/{first.Run.Tenant}/{lost.Run.Run}/apple/asm.zip", protocol.Removed);
        Assert.Empty(protocol.Kept);
    }

    [Fact]
    public async Task A_target_that_nothing_goes_to_any_more_is_told_to_have_them()
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, 2, Town("newcomer"));

        var moved = await Next(first, 3, Town("newcomer").Marking("newcomer", "bo"))
            .WithFeed("name", "elsewhere").WithDelivery("directory", TenantJson.FolderOf("elsewhere")).RunAsync();

        var notice = Assert.Single(moved.Run.Notices!);
        Assert.Equal(NoticeCode.TargetLeft, notice.Code);
        Assert.StartsWith($"2 protected persons are in what feed apple was given last at {first.Run.Feeds[0].Target}", notice.Message);
    }

    private static SchoolBuilder Town(params string[] newcomers) => MemoryTown.Make(newcomers);

    private static Night Unreachable(Night night) => night.WithDelivery("password", new JsonObject { ["secret"] = "test-nothing" }).Setting("Secrets:test-nothing", "wrong");

    private static Night Lossy(Night night) => night.Registering(services => LosesAnswers.Register(services, answers: int.MaxValue));

    private Task<NightResult> LoseAsync(NightResult first, int day, SchoolBuilder town) =>
        Lossy(Next(first, day, town)).RunAsync();

    private Task<NightResult> RestAsync(NightResult first, int day, SchoolBuilder town) => Next(first, day, town).WithFeed("freeze", Freeze.DeepClone()).RunAsync();

    private Night Next(NightResult first, int day, SchoolBuilder town) => azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(day)).AcceptingShrink();

    private async Task<PurgeProtocol> PurgeAsync(NightResult of, string label)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).BuildServiceProvider();
        return (await services.GetRequiredService<PersonPurge>().RunAsync(of.Run.Tenant, Ids.Of(label), isDryRun: false, Asker.Nobody, CancellationToken.None))!;
    }
}
