using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A client of an OAuth 2 token endpoint.</summary>
public sealed record ClientCredentials
{
    internal const string Form = "form";
    internal const string Basic = "basic";

    [SafeAddress]
    [Description("Address of the token endpoint.")]
    public required string TokenUrl { get; init; }

    [Description("Name of the client.")]
    public required string ClientId { get; init; }

    [Description("Secret of the client.")]
    public required Secret ClientSecret { get; init; }

    [Description("Scopes to ask for, separated by blanks; absent asks for none by name.")]
    public string? Scope { get; init; }

    [AllowedValues(Form, Basic, ErrorMessage = "must be \"form\" or \"basic\"")]
    [Description("Whether id and secret go in the form or as HTTP Basic.")]
    public string SentAs { get; init; } = Form;
}

/// <summary>A key in a header.</summary>
public sealed record ApiKey
{
    [RegularExpression("^[A-Za-z0-9-]{1,64}$", ErrorMessage = "must be the name of a header")]
    [Description("Name of the header.")]
    public string Header { get; init; } = "X-API-Key";

    [Description("The key that goes into the header.")]
    public required Secret Value { get; init; }
}
