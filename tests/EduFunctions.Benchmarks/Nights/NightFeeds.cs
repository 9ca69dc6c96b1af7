using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Feeds of the nights that are measured, to a drop box and to a Learn.</summary>
internal sealed class NightFeeds(DropBox dropBox, LearnServer learn)
{
    /// <summary>Of the drop box, one for each feed.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["/dropbox", "/staff", "/unikum", "/oneroster", "/onerosterstaff", "/sds"];

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["apple", "apple-staff", "learn", "unikum", "oneroster", "oneroster-staff", "sds"];

    public JsonArray Of(IEnumerable<string> names, int tenant) => [.. names.Select(name => Of(name, tenant))];

    /// <summary>Files of Unikum tell whose they are by their name.</summary>
    private JsonObject Of(string name, int tenant) => name switch
    {
        "apple" => Dropped(name, "appleSchoolManager", new JsonObject(), "dropbox"),
        "apple-staff" => Dropped(name, "appleSchoolManager", new JsonObject(), "staff", "staff"),
        "learn" => Learn,
        "unikum" => Dropped(name, "unikumRelations", new JsonObject { ["organisationId"] = $"tenant{tenant}", ["layoutConfirmed"] = true }, "unikum"),
        "oneroster" => Dropped(name, "oneRosterCsv", new JsonObject(), "oneroster"),
        "oneroster-staff" => Dropped(name, "oneRosterCsv", new JsonObject(), "onerosterstaff", "staff"),
        "sds" => Dropped(name, "schoolDataSync", new JsonObject(), "sds"),
        _ => throw new ArgumentException($"There is no feed {name}.", nameof(name)),
    };

    private JsonObject Learn => new()
    {
        ["name"] = "learn",
        ["type"] = "blackboard",
        ["settings"] = new JsonObject { ["observers"] = true },
        ["delivery"] = new JsonObject
        {
            ["type"] = "blackboard",
            ["baseUrl"] = learn.BaseUrl,
            ["username"] = learn.Integrations[0].Username,
            ["password"] = new JsonObject { ["secret"] = NightServices.LearnSecret },
        },
    };

    private JsonObject Dropped(string name, string type, JsonObject settings, string folder, string? role = null)
    {
        var feed = new JsonObject
        {
            ["name"] = name,
            ["type"] = type,
            ["settings"] = settings,
            ["delivery"] = new JsonObject
            {
                ["type"] = "sftp",
                ["host"] = "127.0.0.1",
                ["port"] = dropBox.Port,
                ["username"] = new DropBoxOptions().Username,
                ["password"] = new JsonObject { ["secret"] = NightServices.DropBoxSecret },
                ["hostKeys"] = new JsonArray([.. dropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]),
                ["directory"] = folder,
            },
        };
        if (role is not null)
        {
            feed["roles"] = new JsonArray(role);
        }

        return feed;
    }
}
