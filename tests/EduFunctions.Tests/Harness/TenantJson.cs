using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.UniloginImport;

namespace EduFunctions.Tests.Harness;

/// <summary>The tenant file of a night: one source, one feed, everything else as it is by default.</summary>
internal static class TenantJson
{
    public const string Feed = "apple";
    public const string SourceSecret = "test-educloud";
    public const string HandedSecret = "test-register";
    public const string DropBoxSecret = "test-dropbox";
    public const string LearnFeed = "learn";
    public const string LearnSecret = "test-learn";
    public const string ImportFeed = "import";
    public const string ImportSecret = "test-import";

    public static JsonObject Make(string id) => new()
    {
        ["id"] = id,
        ["name"] = "Nordhamns kommun",
        ["source"] = new JsonObject
        {
            ["type"] = "educloud",
            ["clientSecret"] = new JsonObject { ["secret"] = SourceSecret },
            ["pageSize"] = 500,
        },
        ["feeds"] = new JsonArray(FeedOf("appleSchoolManager", [])),
    };

    /// <summary>A source with roots of its own is reached by another way, which the test has laid.</summary>
    public static void PointAt(this JsonObject tenant, EduCloudServer source)
    {
        var settings = tenant["source"]!.AsObject();
        switch ((string?)settings["type"])
        {
            case "educloud" when settings["trustedRoots"] is null:
                (settings["baseUrl"], settings["tokenUrl"], settings["clientId"]) = (source.BaseUrl, source.TokenUrl, source.ClientId);
                break;
            case "ss12000":
                settings["baseUrl"] ??= source.BaseUrl;
                if (settings["clientCredentials"] is JsonObject client)
                {
                    (client["tokenUrl"], client["clientId"]) = (source.TokenUrl, source.ClientId);
                }

                break;
        }
    }

    public static void PointAt(this JsonObject tenant, IDropBox dropBox)
    {
        foreach (var feed in tenant["feeds"]!.AsArray().Where(feed => (string?)feed!["delivery"]!["type"] == "sftp"))
        {
            feed!["delivery"]!["port"] = dropBox.Port;
            feed["delivery"]!["hostKeys"] = new JsonArray([.. dropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]);
        }
    }

    /// <summary>Objects are merged, everything else is replaced.</summary>
    public static void Merge(this JsonObject tenant, JsonObject overrides)
    {
        foreach (var (key, value) in overrides)
        {
            if (tenant[key] is JsonObject inner && value is JsonObject innerOverrides)
            {
                inner.Merge(innerOverrides);
            }
            else
            {
                tenant[key] = value?.DeepClone();
            }
        }
    }

    public static JsonObject Blackboard(LearnServer learn, JsonObject? settings) => new()
    {
        ["name"] = LearnFeed,
        ["type"] = "blackboard",
        ["settings"] = settings ?? [],
        ["delivery"] = new JsonObject
        {
            ["type"] = "blackboard",
            ["baseUrl"] = learn.BaseUrl,
            ["username"] = learn.Integrations[0].Username,
            ["password"] = new JsonObject { ["secret"] = LearnSecret },
        },
    };

    public static JsonObject UniloginImport(ImportServer service, JsonObject? settings)
    {
        var all = new JsonObject { ["namespace"] = service.DocumentNamespace };
        all.Merge(settings ?? []);
        return new()
        {
            ["name"] = ImportFeed,
            ["type"] = "uniloginImport",
            ["settings"] = all,
            ["delivery"] = new JsonObject
            {
                ["type"] = "uniloginImport",
                ["version"] = 7,
                ["endpoint"] = service.Endpoint,
                ["namespace"] = service.Namespace,
                ["username"] = service.Username,
                ["password"] = new JsonObject { ["secret"] = ImportSecret },
            },
        };
    }

    /// <summary>The delivery to version 8 of wsaIMPORT.</summary>
    public static JsonObject SignedImport(string endpoint, string systemId) => new()
    {
        ["type"] = "uniloginImport",
        ["endpoint"] = endpoint,
        ["providerSystemId"] = systemId,
        ["certificate"] = new JsonObject { ["secret"] = ImportSecret },
    };

    // A dry run never calls the port; a delivering one is pointed at the drop box.
    public static JsonObject FeedOf(string type, JsonObject settings) => new()
    {
        ["name"] = type == "appleSchoolManager" ? Feed : type.ToLowerInvariant(),
        ["type"] = type,
        ["settings"] = settings,
        ["delivery"] = new JsonObject
        {
            ["type"] = "sftp",
            ["host"] = "127.0.0.1",
            ["port"] = 9,
            ["username"] = AzuriteFixture.DropBoxOptions.Username,
            ["password"] = new JsonObject { ["secret"] = DropBoxSecret },
            ["hostKeys"] = new JsonArray("SHA256:nobody-is-called"),
            ["directory"] = type == "appleSchoolManager" ? "dropbox" : FolderOf(type),
        },
    };

    /// <summary>A folder for one feed alone.</summary>
    public static string FolderOf(string name) => $"dropbox/{name}";
}
