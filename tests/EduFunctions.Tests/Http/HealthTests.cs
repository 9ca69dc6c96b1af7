using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>What a health check costs, and what it says of the host's loops.</summary>
[Collection(HostTests.Name)]
public sealed class HealthTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly CountedStorage _storage = new();
    private ServiceProvider? _services;

    [Fact]
    public async Task However_often_it_is_asked_the_storage_is_asked_every_half_a_minute()
    {
        await MessageQueues.Open(azurite.ConnectionString).CreateAsync(CancellationToken.None);
        var health = Find<Health>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => health.AnswerAsync(CancellationToken.None)));
        var once = _storage.Requests.Count;
        _time.Advance(TimeSpan.FromSeconds(29));
        await health.AnswerAsync(CancellationToken.None);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.InRange(once, 1, 3);
        Assert.Equal(once, _storage.Requests.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        await health.AnswerAsync(CancellationToken.None);
        Assert.Equal(2 * once, _storage.Requests.Count);
    }

    [Fact]
    public async Task A_loop_that_gets_no_answer_is_named_and_one_that_moves_again_is_good()
    {
        await MessageQueues.Open(azurite.ConnectionString).CreateAsync(CancellationToken.None);
        var (health, beats) = (Find<Health>(), Find<Heartbeats>());
        beats.Expect("extract");
        beats.Expect("export");
        _time.Advance(TimeSpan.FromMinutes(2));
        beats.Move("export");
        beats.Try("extract");

        var answer = await health.AnswerAsync(CancellationToken.None);

        Assert.Equal(503, answer.Status);
        Assert.Contains("extract got no answer", answer.Text);
        Assert.Empty(beats.Dead());
        beats.Move("extract");
        Assert.Equal(200, (await health.AnswerAsync(CancellationToken.None)).Status);
    }

    [Fact]
    public void A_loop_that_does_not_even_try_is_dead()
    {
        var beats = Find<Heartbeats>();
        beats.Move("extract");
        beats.Move("export");
        _time.Advance(TimeSpan.FromMinutes(11));

        beats.Try("export");

        Assert.Equal(["extract"], beats.Dead());
    }

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private T Find<T>()
        where T : notnull => (_services ??= Services()).GetRequiredService<T>();

    private ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddRosterPipeline(configuration)
            .AddSingleton(_storage.Open(azurite.ConnectionString))
            .AddSingleton<TimeProvider>(_time)
            .BuildServiceProvider();
    }
}
