using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.EduCloud;

public sealed record EduCloudSettings : SourceSettings
{
    [SafeAddress]
    [Description("Address of the API up to and with the version, as the customer gave it.")]
    public required string BaseUrl { get; init; }

    [SafeAddress]
    [Description("Address of the token endpoint.")]
    public string TokenUrl { get; init; } = "https://skolid.se/connect/token";

    [Description("Name of the key pair the customer ordered.")]
    public required string ClientId { get; init; }

    [Description("Secret of the key pair.")]
    public required Secret ClientSecret { get; init; }

    [Range(1, 10000, ErrorMessage = "must be 1 to 10000")]
    [Description("Entities per page; the vendor suggests 1000 to 2000.")]
    public int PageSize { get; init; } = 1000;

    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000")]
    [Description("Pages of one collection beyond which a pull is held: paging that never ends is no paging.")]
    public int MaxPages { get; init; } = 10_000;

    internal override IReadOnlyList<string> NeverEmpty => ["organisations", "persons"];
}
