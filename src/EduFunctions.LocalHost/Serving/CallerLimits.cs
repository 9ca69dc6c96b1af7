using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using EduFunctions.Pipeline.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EduFunctions.LocalHost.Serving;

/// <summary>How often one address may call; in Azure the platform sees to it.</summary>
internal static class CallerLimits
{
    private const string Setting = "CallsPerMinute";
    private const int UsualCalls = 1200;
    private const int MostCalls = 60_000;

    public static void Set(RateLimiterOptions limits, IConfiguration configuration)
    {
        var most = configuration.GetValue(Setting, UsualCalls);
        if (most is < 1 or > MostCalls)
        {
            throw new ValidationException($"The setting {Setting} must be 1 to {MostCalls}, not {most}.");
        }

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
