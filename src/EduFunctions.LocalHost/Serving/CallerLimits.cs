using System.Globalization;
using System.Threading.RateLimiting;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EduFunctions.LocalHost.Serving;

/// <summary>How often one address may call; in Azure the platform sees to it.</summary>
internal static class CallerLimits
{
    private const string Setting = "CallsPerMinute";
    private const int UsualCalls = 1200;
    private const int MostCalls = 60_000;

    /// <exception cref="SettingRefusedException">The setting is no such number.</exception>
    public static int MostOf(IConfiguration configuration)
    {
        var given = configuration[Setting] ?? $"{UsualCalls}";
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostCalls
            ? most
            : throw new SettingRefusedException($"The setting {Setting} must be 1 to {MostCalls}, not {given}.");
    }

    public static void Set(RateLimiterOptions limits, int most)
    {
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }));
        limits.OnRejected = async (rejected, _) => await ApiEndpoints.WriteAsync(rejected.HttpContext, TooMany(most));
    }

    /// <summary>The API itself says what is too long and too slow, for every host alike.</summary>
    public static void LeaveBodiesToTheApi(KestrelServerOptions server) =>
        (server.Limits.MaxRequestBodySize, server.Limits.MinRequestBodyDataRate) = (null, null);

    private static ApiAnswer TooMany(int most) =>
        ApiAnswer.Problem(429, "Too many calls", $"An address may call {most} times a minute. Try again in a minute.") with { Extra = ("Retry-After", "60") };
}
