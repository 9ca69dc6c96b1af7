using System.Net;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>Whom the local host takes for its own machine, and how a key may come.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class WhoCallsTests
{
    [Theory]
    [InlineData(false, "127.0.0.1", false)]
    [InlineData(false, "::1", false)]
    [InlineData(false, "::ffff:127.0.0.1", false)]
    [InlineData(false, "10.0.0.7", true)]
    [InlineData(false, "2001:db8::7", true)]
    [InlineData(true, "10.0.0.7", false)]
    public void A_key_travels_in_clear_on_this_machine_alone(bool isHttps, string caller, bool isInClear) =>
        Assert.Equal(isInClear, ApiEndpoints.IsInClear(isHttps, IPAddress.Parse(caller)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    public void Whoever_comes_through_a_proxy_is_not_of_this_machine(string header) =>
        Assert.True(ApiEndpoints.IsForwarded(new HeaderDictionary { [header] = "127.0.0.1" }));

    [Fact]
    public void Whoever_comes_by_itself_may_be() => Assert.False(ApiEndpoints.IsForwarded(new HeaderDictionary { ["Host"] = "localhost" }));
}
