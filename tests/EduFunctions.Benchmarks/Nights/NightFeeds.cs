using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Sftp;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Feeds of the nights that are measured, to a drop box and to a Learn.</summary>
internal sealed class NightFeeds(DropBox dropBox, LearnServer learn)
{
    /// <summary>Of the drop box, one for each feed.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["/dropbox", "/staff", "/unikum", "/oneroster", "/onerosterstaff", "/sds"];

    public JsonObject Apple => Dropped("apple", "appleSchoolManager", new JsonObject(), "dropbox");

    /// <summary>Every tenant has folders of its own for what is not told apart by the file.</summary>
    public JsonArray Seven(int tenant) => new(
        Apple,
        Dropped("apple-staff", "appleSchoolManager", new JsonObject(), "staff", "staff"),
        Learn,
        Dropped("unikum", "unikumRelations", new JsonObject { ["organisationId"] = $"tenant{tenant}", ["layoutConfirmed"] = true }, "unikum"),
        Dropped("oneroster", "oneRosterCsv", new JsonObject(), "oneroster"),
        Dropped("oneroster-staff", "oneRosterCsv", new JsonObject(), "onerosterstaff", "staff"),
        Dropped("sds", "schoolDataSync", new JsonObject(), "sds"));

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
            ["password"] = new JsonObject { ["secret"] = NightHost.LearnSecret },
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
                ["password"] = new JsonObject { ["secret"] = NightHost.DropBoxSecret },
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
