using System.Collections.Concurrent;
using EduFunctions.Pipeline.Contracts;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>
/// The keys that brokers sign with, by discovery. A key nobody has seen yet is looked for at once, so that a new key counts from its first
/// token on; a withdrawn one counts until the keys are read again.
/// </summary>
public sealed class BrokerKeys(IHttpClientFactory http, TimeProvider time)
{
    public const string HttpClientName = "broker";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Whoever sends tokens with invented keys must not make us a nuisance to the broker.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ReadKeys> _brokers = new(StringComparer.Ordinal);

    /// <summary>The key of this name; null when the broker has none.</summary>
    /// <exception cref="LoginRefusedException">The broker cannot be asked.</exception>
    internal async Task<SecurityKey?> FindAsync(BrokerSettings broker, string name, CancellationToken ct)
    {
        if (!_brokers.TryGetValue(broker.Discovery, out var read) || Age(read) > Lifetime)
        {
            read = await ReadAsync(broker, ct);
        }

        if (read[name] is null && Age(read) > Pause)
        {
            read = await ReadAsync(broker, ct);
        }

        return read[name];
    }

    private TimeSpan Age(ReadKeys keys) => time.GetUtcNow() - keys.At;

    private async Task<ReadKeys> ReadAsync(BrokerSettings broker, CancellationToken ct)
    {
        try
        {
            var documents = new HttpDocumentRetriever(http.CreateClient(HttpClientName)) { RequireHttps = !new Uri(broker.Discovery).IsLoopback };
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(broker.Discovery, documents, ct);
            return found.Issuer == broker.Issuer
                ? _brokers[broker.Discovery] = new ReadKeys([.. found.SigningKeys], time.GetUtcNow())
                : throw new LoginRefusedException(503, $"{broker.Discovery} describes another issuer than {broker.Issuer}. Check logins.broker.");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ArgumentException or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new LoginRefusedException(503, $"The broker's keys cannot be read from {broker.Discovery} ({e.GetType().Name}). Try again later, or check logins.broker.");
        }
    }

    private sealed record ReadKeys(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At)
    {
        public SecurityKey? this[string name] => Keys.FirstOrDefault(key => key.KeyId == name);
    }
}
