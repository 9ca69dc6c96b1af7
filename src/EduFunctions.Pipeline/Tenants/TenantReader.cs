using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>A tenant file read: the tenant, or everything that is wrong with the file.</summary>
/// <param name="Id">The id the file gives, as far as it can be told.</param>
/// <param name="Tenant">Null where the file or a secret is not as it should be, unless it is one feed's secret whose content cannot be used: the others can run.</param>
public sealed record TenantReading(string? Id, Tenant? Tenant, IReadOnlyList<ConfigurationError> Errors)
{
    /// <summary>As much of a tenant with errors as could be bound, to tell more about the rest of the file; never to run with. Null where nothing could.</summary>
    public Tenant? Draft { get; init; }

    /// <summary>The line of a value by its path, or of the nearest value around it.</summary>
    public Func<string, int> LineOf { get; init; } = _ => 1;
}

/// <summary>Binds a tenant file strictly: what the file says and nobody reads is an error, and so is a secret that nobody knows.</summary>
public sealed class TenantReader(PlugInTypes plugIns, Catalog<ISource> sources, Catalog<IDelivery> deliveries, ISecrets secrets)
{
    private static readonly JsonReaderOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The options tenant files are bound with, but for the secrets' values.</summary>
    internal static JsonSerializerOptions Options { get; } = Fixed(new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,

        // Bound is the text of the file again, with its comments.
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    });

    private readonly JsonSerializerOptions _options = new(Options)
    {
        Converters = { new SourceConverter(plugIns), new DeliveryConverter(plugIns), new FeedSetupConverter(plugIns), new SecretConverter() },
    };

    public Task<TenantReading> ReadAsync(byte[] file, CancellationToken ct) => ReadAsync(file, isOpened: true, ct);

    /// <summary>What the file says; its secrets are asked of nobody, and empty.</summary>
    public Task<TenantReading> ReadSettingsAsync(byte[] file, CancellationToken ct) => ReadAsync(file, isOpened: false, ct);

    private async Task<TenantReading> ReadAsync(byte[] file, bool isOpened, CancellationToken ct)
    {
        var (json, fault) = TenantText.Of(file);
        if (fault is not null)
        {
            return new TenantReading(TenantText.FindId(json), null, [fault]);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                CommentHandling = Syntax.CommentHandling,
                AllowTrailingCommas = Syntax.AllowTrailingCommas,
                AllowDuplicateProperties = false,
            });
        }
        catch (JsonException e)
        {
            return new TenantReading(TenantText.FindId(json), null, [new ConfigurationError("$", (int)(e.LineNumber ?? 0) + 1, $"is no valid JSON: {FirstSentence(e)}")]);
        }

        using (document)
        {
            return await BindAsync(document.RootElement, new JsonLines(json, Syntax), isOpened, ct);
        }
    }

    private async Task<TenantReading> BindAsync(JsonElement json, JsonLines lines, bool isOpened, CancellationToken ct)
    {
        var errors = new List<(string Path, string Cause)>();
        var check = new StrictCheck(Options, plugIns, errors);
        check.Check(json, typeof(Tenant), "$");
        var (values, missing) = isOpened
            ? await FindSecretsAsync(check.Secrets, ct)
            : (check.Secrets.Select(secret => secret.Name).Distinct().ToDictionary(name => name, _ => ""), []);
        var id = IdOf(json);
        Tenant? tenant = null;
        IEnumerable<(string Path, string Cause)> unusable = [];
        if (errors.Count + missing.Count == 0)
        {
            tenant = Bind(json, values);
            errors.AddRange(isOpened ? CrossCheck.Errors(tenant, json, sources, deliveries) : []);
            unusable = isOpened ? CrossCheck.UnusableSecrets(tenant) : [];
        }
        else if (isOpened)
        {
            tenant = TryBind(json, check.Secrets.Select(secret => secret.Name).Distinct().ToDictionary(name => name, name => values.GetValueOrDefault(name, "")));
            errors.AddRange(tenant is null ? [] : Further(tenant, json, [.. errors.Select(error => error.Path), .. missing.Select(error => error.Path)]));
        }

        return new TenantReading(id, errors.Count + missing.Count == 0 ? tenant : null,
        [
            .. errors.Concat(unusable).Select(e => new ConfigurationError(e.Path, lines.Of(e.Path), e.Cause)),
            .. missing.Select(e => new ConfigurationError(e.Path, lines.Of(e.Path), $"{Missing(e.Name)}; {secrets.Remedy(e.Name)}") { MissingSecret = e.Name }),
        ])
        {
            Draft = tenant,
            LineOf = lines.Of,
        };
    }

    private Tenant Bind(JsonElement json, IReadOnlyDictionary<string, string> secrets) => SecretConverter.Read(secrets, () => json.Deserialize<Tenant>(_options)!);

    /// <summary>A tenant whose file has errors; null where they are such that none can be made.</summary>
    private Tenant? TryBind(JsonElement json, IReadOnlyDictionary<string, string> secrets)
    {
        try
        {
            return Bind(json, secrets);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What the whole file contradicts, beside the places that are wrong already: all is told at once. A check may stumble over those; what it said before counts.</summary>
    private List<(string Path, string Cause)> Further(Tenant tenant, JsonElement json, IReadOnlyList<string> wrong)
    {
        var found = new List<(string Path, string Cause)>();
        try
        {
            foreach (var error in CrossCheck.Errors(tenant, json, sources, deliveries).Concat(CrossCheck.UnusableSecrets(tenant)))
            {
                found.Add(error);
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or NullReferenceException or KeyNotFoundException)
        {
            // Told is what was found before it.
        }

        return [.. found.Where(error => !wrong.Any(path => Paths.Meet(error.Path, path)))];
    }

    private async Task<(Dictionary<string, string> Values, List<(string Path, string Name)> Missing)> FindSecretsAsync(
        List<(string Path, string Name)> named, CancellationToken ct)
    {
        var (values, missing) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<(string Path, string Name)>());
        foreach (var (path, name) in named)
        {
            if (await secrets.FindAsync(name, ct) is { Length: > 0 } value)
            {
                values[name] = value;
            }
            else
            {
                missing.Add((path, name));
            }
        }

        return (values, missing);
    }

    /// <summary>Only then they keep what they have learnt of a type.</summary>
    private static JsonSerializerOptions Fixed(JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return options;
    }

    private static string? IdOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    // The serializer's messages end with a path and a position, which stand in the error already.
    [Told]
    private static string Missing(string secret) => $"the secret \"{secret}\" is missing";

    private static string FirstSentence(JsonException e) => e.Message.Split(". ")[0].Split(" LineNumber")[0].TrimEnd('.').ReplaceLineEndings(" ");
}
