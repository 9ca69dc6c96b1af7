using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Tenants;

/// <summary>Whatever a plug-in throws while its connection is tried, it is told in a sentence, and all others are tried.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StrangeConnectionTests
{
    [Fact]
    public async Task A_plug_in_that_throws_keeps_no_other_from_being_tried()
    {
        var strange = new ObjectDisposedException("a stream of secret-password");
        var deliveries = new Catalog<IDelivery>(
            [
                new Odd("atOnce", 0, strange),
                new Odd("later", 1, new AggregateException(new FormatException("secret-password"))),
                new Odd("told", 0, new IOException("The line is dead.")),
                new Odd("good", 1, null),
            ]);
        var tests = Tests(deliveries);
        var tenant = new Tenant
        {
            Id = "t",
            Name = "t",
            Source = new OneRosterSettings { Type = "oneRosterCsv", Path = "/nowhere/at/all" },
            Feeds = [.. deliveries.Types.Select(FeedTo)],
        };

        var checks = new List<TestedConnection>();
        await foreach (var check in tests.RunAsync(tenant, CancellationToken.None))
        {
            checks.Add(check);
        }

        Assert.Equal(
            ["$.source path", "$.feeds[0].delivery connection", "$.feeds[1].delivery login", "$.feeds[2].delivery login", "$.feeds[2].delivery connection", "$.feeds[3].delivery connection"],
            checks.Select(check => $"{check.Path} {check.Check.Subject}"));
        Assert.Contains("ObjectDisposedException", checks[1].Check.Problem, StringComparison.Ordinal);
        Assert.Contains("FormatException", checks[4].Check.Problem, StringComparison.Ordinal);
        Assert.Equal("The line is dead.", checks[5].Check.Problem);
        Assert.Null(checks[2].Check.Problem);
        Assert.All(checks, check => Assert.DoesNotContain("secret-password", check.Check.Problem ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_stops_it_is_heard()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var tests = Tests(new Catalog<IDelivery>([new Odd("atOnce", 0, new OperationCanceledException())]));
        var tenant = new Tenant
        {
            Id = "t",
            Name = "t",
            Source = new OneRosterSettings { Type = "oneRosterCsv", Path = "/nowhere/at/all" },
            Feeds = [FeedTo("atOnce")],
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in tests.RunAsync(tenant, stop.Token))
            {
            }
        });
    }

    private static ConnectionTests Tests(Catalog<IDelivery> deliveries) =>
        new(new Catalog<ISource>([new OneRosterSource(new CallLimits())]), deliveries, new Catalog<IFeed>([new AppleFeed()]), new CallLimits());

    private static FeedSetup FeedTo(string type) =>
        new() { Name = type.ToLowerInvariant(), Type = "appleSchoolManager", Settings = new AppleSettings(), Delivery = new OddSettings { Type = type } };

    private sealed record OddSettings : DeliverySettings;

    /// <summary>Ends well for some checks, and then not at all.</summary>
    private sealed class Odd(string type, int good, Exception? then) : IDelivery, IConnectionTest
    {
        public string Type => type;

        public Type Settings => typeof(OddSettings);

        public string OnlyANightTells => $"{type} delivers";

        public string Target(DeliverySettings settings) => type;

        public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct) => throw new NotSupportedException();

        public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
        {
            for (var check = 0; check < good; check++)
            {
                await Task.Yield();
                yield return new ConnectionCheck("login");
            }

            if (then is not null)
            {
                throw then;
            }
        }
    }
}
