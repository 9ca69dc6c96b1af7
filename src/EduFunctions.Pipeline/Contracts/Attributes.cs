using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>An absolute address without a login; plain http only to this machine itself, and in Azure not at all.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SafeAddressAttribute : ValidationAttribute
{
    public SafeAddressAttribute()
        : base("must be an https address without a login in it (plain http only to loopback, and not in Azure)")
    {
    }

    public override bool IsValid(object? value) =>
        value is null
        || (value is string text
            && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && !IsAzure)));

    /// <summary>There is nobody on a Functions machine but the app itself. The platform sets the name.</summary>
    internal static bool IsAzure => Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") is { Length: > 0 };
}

/// <summary>A server's name or address, and nothing beside it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostAttribute : ValidationAttribute
{
    public HostAttribute()
        : base("must be a server's name or address alone, with no scheme, user or folder; a port belongs into port")
    {
    }

    public override bool IsValid(object? value) => value is not string text || Uri.CheckHostName(text) != UriHostNameType.Unknown;
}

/// <summary>A day of the calendar.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DayAttribute : ValidationAttribute
{
    public const string Form = "yyyy-MM-dd";

    public DayAttribute()
        : base("must be a day, YYYY-MM-DD")
    {
    }

    public override bool IsValid(object? value) =>
        value is string day && DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>A time zone this machine knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeZoneAttribute : ValidationAttribute
{
    public TimeZoneAttribute()
        : base("must be an IANA time zone such as Europe/Stockholm")
    {
    }

    public override bool IsValid(object? value) => value is string name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
