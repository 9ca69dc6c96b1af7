using System.Globalization;
using EduFunctions.Pipeline.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Stages;

/// <summary>When nights begin, the same for every host.</summary>
/// <param name="Hour">By the clock of each tenant's own time zone.</param>
/// <param name="TimeZone">That of tenants whose file does not tell theirs since it cannot be read.</param>
public sealed record NightSettings(int Hour, TimeZoneInfo TimeZone)
{
    private const string DefaultHour = "19";
    private const string DefaultTimeZone = "Europe/Stockholm";

    /// <exception cref="SettingRefusedException">There is no such hour or time zone.</exception>
    public static NightSettings Of(IConfiguration configuration)
    {
        var (hour, zone) = (configuration["NightlyHour"] ?? DefaultHour, configuration["NightlyTimeZone"] ?? DefaultTimeZone);
        if (!int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed > 23)
        {
            throw new SettingRefusedException($"The setting NightlyHour must be 0 to 23, not {hour}.");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new NightSettings(parsed, found)
            : throw new SettingRefusedException($"The setting NightlyTimeZone must be an IANA time zone such as {DefaultTimeZone}, not {zone}.");
    }
}
