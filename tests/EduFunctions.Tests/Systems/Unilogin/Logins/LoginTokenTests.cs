using EduFunctions.Simulators.Unilogin.Logins;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

[Collection(SourceTests.Name)]
public sealed class LoginTokenTests(AzuriteFixture azurite)
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task A_login_that_has_just_been_is_answered()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));

        Assert.Equal(200, reply.Status);
        Assert.Equal(Worlds.Ida, (string?)reply.Body["person"]!["id"]);
    }

    [Fact]
    public async Task Every_way_in_which_a_token_is_no_running_login_is_told_and_nothing_is_asked_of_the_services()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        var broker = town.Broker;
        using var stranger = new BrokerKey("unknown");
        var (header, rest) = broker.Login(Worlds.Ida).Split('.', 2) is [var first, var others] ? (first, others) : default;
        (string? Token, int Status, string Why)[] tokens =
        [
            (null, 401, "Authorization"),
            ("", 401, "no signed JSON Web Token"),
            ("no.token.atall", 401, "no signed JSON Web Token"),
            (broker.Login(Worlds.Ida, claims => claims["iss"] = "https://broker.example"), 401, "issuer (iss)"),
            (broker.Login(Worlds.Ida, claims => claims["aud"] = "somebody-else"), 401, "audience (aud)"),
            (broker.Login(Worlds.Ida, claims => claims.Remove("aud")), 401, "audience (aud)"),
            (broker.Login(Worlds.Ida, claims => claims["exp"] = Now - 60), 401, "expired"),
            (broker.Login(Worlds.Ida, claims => claims.Remove("exp")), 401, "expired"),
            (broker.Login(Worlds.Ida, claims => claims["nbf"] = Now + 600), 401, "not valid yet"),
            (broker.Login(Worlds.Ida, claims => claims["iat"] = Now - 600), 401, "at most 5 minutes"),
            (broker.Login(Worlds.Ida, claims => claims["iat"] = Now + 600), 401, "at most 5 minutes"),
            (broker.Login(Worlds.Ida, claims => claims.Remove("iat")), 401, "(iat)"),
            (broker.Login(Worlds.Ida, claims => claims["auth_time"] = Now - 600), 401, "at most 5 minutes"),
            (broker.Login(Worlds.Ida, claims => claims["events"] = "logout"), 401, "event"),
            (broker.Login(Worlds.Ida, claims => claims.Remove("uniid")), 403, "uniid"),
            (broker.Key.Leave(broker.Claims(Worlds.Ida)), 401, "not signed as it must be"),
            (broker.Key.SignWithPublicKey(broker.Claims(Worlds.Ida)), 401, "not signed as it must be"),
            (broker.Key.Sign(broker.Claims(Worlds.Ida), head => head["crit"] = "b64"), 401, "not signed as it must be"),
            (broker.Key.Sign(broker.Claims(Worlds.Ida), head => head["alg"] = "ES256"), 401, "signature"),
            (broker.Key.Sign(broker.Claims(Worlds.Ida), head => head.Remove("kid")), 401, "(kid)"),
            (stranger.Sign(broker.Claims(Worlds.Ida)), 401, "(kid)"),
            (stranger.Sign(broker.Claims(Worlds.Ida), head => head["kid"] = broker.Key.Id), 401, "signature"),
            ($"{header}.{broker.Login("olep0003").Split('.')[1]}.{rest.Split('.')[1]}", 401, "signature"),
        ];

        foreach (var (token, status, why) in tokens)
        {
            var reply = await town.AskAsync(token);

            Assert.Equal((status, status == 401), (reply.Status, reply.Answer.Extra is not null));
            Assert.Contains(why, reply.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain(Worlds.Ida, reply.Body.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Empty(town.Lookups.Requests);
    }

    [Fact]
    public async Task A_new_key_counts_from_its_first_token_on_and_a_withdrawn_one_no_longer()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        var before = town.Broker.Login(Worlds.Ida);
        Assert.Equal(200, (await town.AskAsync(before)).Status);

        town.Time.Advance(TimeSpan.FromMinutes(1));
        town.Broker.RollKeys(withdraw: true);

        Assert.Equal(200, (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Status);
        Assert.Contains("(kid)", (await town.AskAsync(before)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_with_invented_keys_do_not_make_the_broker_be_asked_again_and_again()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var stranger = new BrokerKey($"invented-{attempt}");
            Assert.Equal(401, (await town.AskAsync(stranger.Sign(town.Broker.Claims(Worlds.Ida)))).Status);
        }

        Assert.Equal(1, town.Broker.KeyReads);
    }

    [Fact]
    public async Task A_broker_that_cannot_be_asked_is_told_and_asked_again()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.Broker.IsUp = false;
        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));
        Assert.Equal(503, reply.Status);
        Assert.Contains(town.Broker.Issuer, reply.Detail, StringComparison.Ordinal);

        town.Broker.IsUp = true;

        Assert.Equal(200, (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Status);
    }

    [Fact]
    public async Task The_tenant_says_which_claim_names_the_person_and_how_old_a_login_may_be()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["logins"]!["broker"]!["subjectClaim"] = "sub";
        town.File["logins"]!["broker"]!["maxAgeMinutes"] = 20;

        var reply = await town.AskAsync(town.Broker.Login("nobody", claims => (claims["sub"], claims["iat"], claims["auth_time"]) = (Worlds.Ida, Now - 600, Now - 900)));

        Assert.Equal(Worlds.Ida, (string?)reply.Body["person"]!["id"]);
    }

    [Fact]
    public async Task A_login_ends_while_it_is_looked_up()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.Lookups.Spoil = (_, _) => town.Time.Advance(TimeSpan.FromSeconds(12));

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida, claims => claims["exp"] = Now + 1), new { contacts = true });

        Assert.Equal(401, reply.Status);
        Assert.Contains("too old while", reply.Detail, StringComparison.Ordinal);
    }
}
