using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Http;

/// <summary>The API's description, OpenAPI 3.1, made of the routes and of the types they answer with: it cannot say anything else than the code.</summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public static JsonObject Of(IReadOnlyList<ApiRoute> routes)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(route => route.Template))
        {
            paths[path.Key] = new JsonObject(path.Select(route => KeyValuePair.Create(route.Method.ToLowerInvariant(), (JsonNode?)Operation(route, schemas))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "EduFunctions",
                ["version"] = "1",
                ["description"] = "Nightly school-roster sync: runs, plans, decisions on people. Errors are problem details (RFC 9457).",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["password"] = new JsonArray() }, new JsonObject { ["entra"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Build(),
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = Scheme("apiKey", "The function key in Azure; locally the setting ApiKey.", ("in", "header"), ("name", Access.KeyHeader)),
                    ["password"] = Scheme("http", "The same key as password, for browsers; locally only.", ("scheme", "basic")),
                    ["entra"] = Scheme("http", "A token of Entra ID with the role reader or operator, where App Service authentication is on.", ("scheme", "bearer")),
                },
            },
        };
    }

    private static JsonObject Operation(ApiRoute route, OpenApiSchemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = JsonNamingPolicy.CamelCase.ConvertName(route.Name),
            ["summary"] = route.Summary,
            ["description"] = route.Role == ApiRole.Anyone ? "Needs no key." : $"Needs the role {route.Role.ToString().ToLowerInvariant()}.",
            ["tags"] = new JsonArray(route.IsApi ? "api" : "page"),
            ["parameters"] = new JsonArray([.. route.Places.Select(Parameter)]),
            ["responses"] = Responses(route, schemas),
        };
        if (route.Role == ApiRole.Anyone)
        {
            operation["security"] = new JsonArray();
        }

        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["content"] = Content(body, schemas) };
        }

        return operation;
    }

    private static JsonObject Responses(ApiRoute route, OpenApiSchemas schemas)
    {
        var good = new JsonObject { ["description"] = "Done." };
        if (route.Status is 202 or 303 && route.Places.Any())
        {
            good["headers"] = new JsonObject { ["Location"] = new JsonObject { ["description"] = "The run.", ["schema"] = new JsonObject { ["type"] = "string" } } };
        }

        good["content"] = Content(route.Good, schemas);
        var responses = new JsonObject { [$"{route.Status}"] = good };
        foreach (var status in route.Problems.Concat(route.Role == ApiRole.Anyone ? [] : [401, 403]).Append(500).Append(503).Order())
        {
            responses[$"{status}"] = new JsonObject
            {
                ["description"] = Reason(status),
                ["content"] = status == 503 && route.Name == nameof(Health)
                    ? Content(route.Good, schemas)
                    : new JsonObject { [Problem] = new JsonObject { ["schema"] = schemas.Reference(typeof(ProblemDetails)) } },
            };
        }

        return responses;
    }

    private static JsonObject Content(ApiContent content, OpenApiSchemas schemas)
    {
        if (content.Type is null)
        {
            var fields = (IReadOnlyDictionary<string, string>)content.Example!;
            var properties = fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)new JsonObject { ["type"] = "string" }));
            var form = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(properties) };
            return new JsonObject { ["application/x-www-form-urlencoded"] = new JsonObject { ["schema"] = form, ["example"] = JsonSerializer.SerializeToNode(fields) } };
        }

        if (content.Type == typeof(Html))
        {
            return new JsonObject { ["text/html"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };
        }

        if (content.Type == typeof(Csv))
        {
            return new JsonObject { ["text/csv"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };
        }

        var media = new JsonObject { ["schema"] = schemas.Reference(content.Type) };
        if (content.Example is { } example)
        {
            media["example"] = JsonSerializer.SerializeToNode(example, content.Type, Serialization.Indented);
        }

        return new JsonObject { [Json] = media };
    }

    private static JsonNode Parameter(string place) => new JsonObject
    {
        ["name"] = place,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
        ["example"] = Examples.Places[place],
    };

    private static JsonObject Scheme(string type, string description, params (string Key, string Value)[] further)
    {
        var scheme = new JsonObject { ["type"] = type, ["description"] = description };
        foreach (var (key, value) in further)
        {
            scheme[key] = value;
        }

        return scheme;
    }

    private static string Reason(int status) => status switch
    {
        400 => "The body is not what is expected.",
        401 => "No key, or no sign-in.",
        403 => "The caller lacks the role, or another site made the request.",
        404 => "There is no such tenant, run, plan or person.",
        409 => "A run is in the way, or the run's state does not allow it.",
        422 => "The tenant file or a secret is not as it should be.",
        502 => "A service of others did not answer as it should.",
        503 => "The storage does not answer, or something is not ready.",
        _ => "A fault of ours.",
    };
}
