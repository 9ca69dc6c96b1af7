using System.CommandLine;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Where a register is and how one gets in, as options; secrets come from the environment, where no process list shows them.</summary>
internal sealed class ProbeOptions
{
    private const string EduCloud = "eduCloud";
    private const string Ss12000 = "ss12000";

    private readonly Option<string?> _baseUrl = new("--base-url") { Description = "Address of the API up to and with the version." };
    private readonly Option<string> _profile = new("--profile") { Description = $"{Ss12000}, or {EduCloud}, which knows its token endpoint.", DefaultValueFactory = _ => Ss12000 };
    private readonly Option<string?> _tokenUrl = new("--token-url") { Description = "Address of the token endpoint (OAuth 2, client credentials)." };
    private readonly Option<string?> _clientId = new("--client-id") { Description = "Name of the client." };
    private readonly Option<string?> _clientSecret = new("--client-secret-env") { Description = "Environment variable that holds the client's secret." };
    private readonly Option<string?> _scope = new("--scope") { Description = "Scopes to ask for." };
    private readonly Option<bool> _basic = new("--basic") { Description = "Sends id and secret as HTTP Basic instead of in the form." };
    private readonly Option<string?> _bearer = new("--bearer-env") { Description = "Environment variable that holds a bearer token." };
    private readonly Option<string?> _keyHeader = new("--api-key-header") { Description = "Header that carries a key, such as X-API-Key." };
    private readonly Option<string?> _key = new("--api-key-env") { Description = "Environment variable that holds the key." };
    private readonly Option<int> _pageSize = new("--page-size") { Description = "Rows to ask for per page.", DefaultValueFactory = _ => 1000 };

    public IEnumerable<Option> All => [_baseUrl, _profile, _tokenUrl, _clientId, _clientSecret, _scope, _basic, _bearer, _keyHeader, _key, _pageSize];

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_baseUrl) is not null;

    /// <exception cref="CommandException">They contradict each other or are not enough.</exception>
    public RegisterSettings Read(ParseResult parsed)
    {
        var baseUrl = Safe("--base-url", parsed.GetValue(_baseUrl)) is var address && address.IndexOfAny(['?', '#']) < 0
            ? address
            : throw Wrong("--base-url must have no ? and no #: paths are put behind it.");
        var pageSize = parsed.GetValue(_pageSize) is > 0 and <= 10_000 and var size ? size : throw Wrong("--page-size must be 1 to 10000.");
        return parsed.GetValue(_profile) switch
        {
            Ss12000 => Any(parsed, baseUrl, pageSize),
            EduCloud => OfEduCloud(parsed, baseUrl, pageSize),
            _ => throw Wrong($"--profile must be {Ss12000} or {EduCloud}."),
        };
    }

    private Ss12000Settings Any(ParseResult parsed, string baseUrl, int pageSize) => OneWayIn(new Ss12000Settings
    {
        Type = Ss12000,
        BaseUrl = baseUrl,
        PageSize = pageSize,
        ClientCredentials = Client(parsed),
        Bearer = Secret("--bearer-env", parsed.GetValue(_bearer)),
        ApiKey = Key(parsed),
    });

    private EduCloudSettings OfEduCloud(ParseResult parsed, string baseUrl, int pageSize)
    {
        var (id, secret) = Pair(parsed) ?? throw Wrong($"--profile {EduCloud} wants --client-id and --client-secret-env.");
        var settings = new EduCloudSettings { Type = "educloud", BaseUrl = baseUrl, PageSize = pageSize, ClientId = id, ClientSecret = secret };
        return parsed.GetValue(_tokenUrl) is { } tokenUrl ? settings with { TokenUrl = Safe("--token-url", tokenUrl) } : settings;
    }

    private static Ss12000Settings OneWayIn(Ss12000Settings settings)
    {
        var ways = new object?[] { settings.ClientCredentials, settings.Bearer, settings.ApiKey }.Count(way => way is not null);
        return ways == 1
            ? settings
            : throw Wrong("One way in is needed: --token-url with --client-id and --client-secret-env, --bearer-env, or --api-key-env. Certificates go by --tenant.");
    }

    private ClientCredentials? Client(ParseResult parsed) => Pair(parsed) is not { } pair ? NoClient(parsed) : new ClientCredentials
    {
        TokenUrl = Safe("--token-url", parsed.GetValue(_tokenUrl)),
        ClientId = pair.Id,
        ClientSecret = pair.Secret,
        Scope = parsed.GetValue(_scope),
        SentAs = parsed.GetValue(_basic) ? "basic" : "form",
    };

    private ClientCredentials? NoClient(ParseResult parsed) =>
        new[] { _tokenUrl, _clientSecret, _scope }.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } alone
            ? throw Wrong($"{alone.Name} wants --client-id.")
            : null;

    private (string Id, Secret Secret)? Pair(ParseResult parsed) => parsed.GetValue(_clientId) is { Length: > 0 } id
        ? (id, Secret("--client-secret-env", parsed.GetValue(_clientSecret)) ?? throw Wrong("--client-id wants --client-secret-env."))
        : null;

    private ApiKey? Key(ParseResult parsed) => Secret("--api-key-env", parsed.GetValue(_key)) is not { } key
        ? parsed.GetValue(_keyHeader) is null ? null : throw Wrong("--api-key-header wants --api-key-env.")
        : parsed.GetValue(_keyHeader) is not { } header ? new ApiKey { Value = key }
        : IsHeader(header) ? new ApiKey { Header = header, Value = key }
        : throw Wrong("--api-key-header must be the name of a request header.");

    private static bool IsHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return request.Headers.TryAddWithoutValidation(name, "x");
    }

    private static Secret? Secret(string option, string? variable) =>
        variable is null ? null
        : Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value ? throw Wrong($"{option}: the environment has no {variable}.")
        : value.All(c => c is > ' ' and < '\u007F') ? new Secret(variable, value)
        : throw Wrong($"{option}: what {variable} holds must be of visible ASCII characters alone.");

    private static string Safe(string option, string? address) => address is not null && new SafeAddressAttribute().IsValid(address)
        ? address
        : throw Wrong($"{option} {new SafeAddressAttribute().FormatErrorMessage(option)}.");

    private static CommandException Wrong(string message) => new(ExitCodes.BadConfiguration, message);
}
