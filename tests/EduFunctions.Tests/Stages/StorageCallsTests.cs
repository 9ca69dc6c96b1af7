using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Every call of the storage is paid for, and a night of many small tenants is mostly calls.</summary>
[Collection(AzuriteTests.Name)]
public sealed class StorageCallsTests(AzuriteFixture azurite)
{
    /// <summary>Sent, received, deleted.</summary>
    private const int CallsOfMessage = 3;

    /// <summary>
    /// For all that does not grow with the pages, the messages included. The world of the test has somebody on two pages, so the pages of persons are looked
    /// through once more, which is told: nine of the calls. Four prove that no later run has begun, two keep a changed tenant file. Five ask whether what is remembered of the
    /// protected is the last that was. Two ask whether an operator has let a target rest. Two are so that a host that has lost its turn ends nothing: one
    /// counts who takes up the transform, one sees the last pull that is then written over. Three ask who was delivered with which login, and three what the
    /// last pull knew of whom a look-up is asked for; and whoever looks for what is lost since reads the last pull for itself.
    /// </summary>
    private const int Besides = 94;

    /// <summary>
    /// Once in the life of a tenant its memory of the protected is made: earlier runs and feeds are asked for, and it is written and sealed. And receipts,
    /// runs, rosters, pulls and seals are asked whether the target was ever given anything.
    /// </summary>
    private const int Once = 11;

    /// <summary>Of a tenant with one feed, the ones included that put it among the awaited and make the blob of its alarms' turn.</summary>
    private const int WatchCalls = 13;

    private readonly SchoolWorld _world = new(new WorldOptions { Persons = 1000, Today = Night.Today });

    [Fact]
    public async Task A_first_night_costs_at_most_two_calls_a_page_and_a_hundred() =>
        await AssertFewAsync(azurite.Night(_world), ReceiptState.Sent, Besides + Once);

    [Theory]
    [InlineData("4", ReceiptState.SkippedUnchanged)]
    [InlineData("6", ReceiptState.Sent)]
    public async Task A_later_night_costs_what_it_reads_of_the_pull_before_besides(string password, ReceiptState state)
    {
        var first = await Night("4").RunAsync();

        // The pull before is read for what is lost since: once for what it refers to, once for its rows.
        await AssertFewAsync(Night(password).As(first.Run.Tenant), state, Besides, perPage: 4);

        Night Night(string policy) => azurite.Night(_world).WithApple("passwordPolicy", new JsonObject { ["5"] = policy });
    }

    /// <summary>Each of them is a row in the blobs' audit, every hour for every tenant (docs/cost.md).</summary>
    [Fact]
    public async Task An_hour_of_the_watch_costs_few_calls_a_tenant()
    {
        var tenant = (await azurite.Night(_world).RunAsync()).Run.Tenant;
        var storage = new CountedStorage();

        await azurite.Night(_world).As(tenant).Registering(services => services.AddSingleton(storage.Open(azurite.ConnectionString))).WatchAsync();

        // The test puts the tenant file into place first, which reads and writes it, and keeps a copy, and the watch another copy of its own.
        var calls = storage.Requests.Where(call => call.Contains(tenant, StringComparison.Ordinal)).ToList();
        Assert.True(calls.Count <= WatchCalls + 4, string.Join('\n', calls));
    }

    private async Task AssertFewAsync(Night night, ReceiptState state, int besides, int perPage = 2)
    {
        var storage = new CountedStorage();
        var calls = new List<string>();
        var messages = 0;
        var result = await night
            .With("source.pageSize", 250)
            .Registering(services => services.AddSingleton(storage.Open(azurite.ConnectionString)))
            .RunAsync(async (pipeline, started) =>
            {
                messages = await CarryAsync(pipeline, started.Next);

                // The first of them put the tenant file into place.
                calls = [.. storage.Requests.SkipWhile(call => !call.StartsWith("PUT devstoreaccount1/tenants/", StringComparison.Ordinal)).Skip(1)];
            });

        Assert.Equal((RunState.Delivered, state), (result.Run.State, result.Run.Feeds[0].State));
        var pages = calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal) && call.EndsWith(".json.gz", StringComparison.Ordinal));
        Assert.True(calls.Count + (messages * CallsOfMessage) <= (perPage * pages) + besides, $"{pages} pages, {messages} messages, calls:\n{string.Join('\n', calls)}");
    }

    /// <summary>The number of messages.</summary>
    private static async Task<int> CarryAsync(RosterPipeline pipeline, NextMessages next)
    {
        var messages = 0;
        foreach (var message in next.Extract)
        {
            messages += 1 + await CarryAsync(pipeline, await pipeline.ExtractAsync(message, CancellationToken.None));
        }

        foreach (var message in next.Transform)
        {
            messages += 1 + await CarryAsync(pipeline, await pipeline.TransformAsync(message, CancellationToken.None));
        }

        foreach (var message in next.Export)
        {
            messages += 1 + await CarryAsync(pipeline, await pipeline.ExportAsync(message, CancellationToken.None));
        }

        return messages;
    }
}
