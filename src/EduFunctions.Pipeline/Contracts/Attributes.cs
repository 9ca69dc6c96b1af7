using System.ComponentModel.DataAnnotations;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>An absolute address; plain http only to this machine itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SafeAddressAttribute : ValidationAttribute
{
    public SafeAddressAttribute()
        : base("must be an https address (plain http only to loopback)")
    {
    }

    public override bool IsValid(object? value) =>
        value is null
        || (value is string text
            && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)));
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
