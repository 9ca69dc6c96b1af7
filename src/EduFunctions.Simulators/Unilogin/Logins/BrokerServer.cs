using System.Text.Json.Nodes;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>The broker that people log in with: discovery, keys, and the tokens it would have given them.</summary>
public sealed class BrokerServer : IAsyncDisposable
{
    private const string Realm = "/auth/realms/broker";

    private readonly List<BrokerKey> _published = [];
    private LoopbackServer? _server;
    private int _keyReads;

    private BrokerServer() => RollKeys();

    public string Issuer => $"{_server!.Address}{Realm}";

    public string Audience => "edufunctions";

    /// <summary>How often the keys were read.</summary>
    public int KeyReads => _keyReads;

    /// <summary>Whether discovery answers; else it gives 503.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>The key that new tokens are signed with.</summary>
    public BrokerKey Key { get; private set; } = null!;

    public static async Task<BrokerServer> StartAsync(CancellationToken ct = default)
    {
        var broker = new BrokerServer();
        broker._server = await LoopbackServer.StartAsync(broker.AnswerAsync, ct);
        return broker;
    }

    /// <summary>From now on tokens are signed with a new key.</summary>
    /// <param name="withdraw">Whether the earlier ones are no longer published.</param>
    public void RollKeys(bool withdraw = false)
    {
        lock (_published)
        {
            if (withdraw)
            {
                _published.Clear();
            }

            _published.Add(Key = new BrokerKey($"key-{Guid.NewGuid():n}"));
        }
    }

    /// <summary>The token of a login that has just been.</summary>
    /// <param name="change">Changes the claims before they are signed.</param>
    public string Login(string userId, Action<JsonObject>? change = null) => Key.Sign(Claims(userId, change));

    /// <summary>The claims alone, for tokens that somebody else signs.</summary>
    public JsonObject Claims(string userId, Action<JsonObject>? change = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = Guid.NewGuid().ToString("D"),
            ["typ"] = "ID",
            ["iat"] = now,
            ["auth_time"] = now,
            ["exp"] = now + 300,
            ["uniid"] = userId,
            ["aktoer_gruppe"] = "Elev",
        };
        change?.Invoke(claims);
        return claims;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _published.ForEach(key => key.Dispose());
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!IsUp)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        switch (context.Request.Path.Value)
        {
            case $"{Realm}/.well-known/openid-configuration":
                return context.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/protocol/openid-connect/certs" });
            case $"{Realm}/protocol/openid-connect/certs":
                Interlocked.Increment(ref _keyReads);
                return context.Response.WriteAsJsonAsync(PublishedKeys());
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private JsonObject PublishedKeys()
    {
        lock (_published)
        {
            return new JsonObject { ["keys"] = new JsonArray([.. _published.Select(key => key.Published())]) };
        }
    }
}
