using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>A tenant's nights, one after the other, into the targets of four formats, and whom each of these has.</summary>
internal sealed class SeveralTargets : IAsyncDisposable
{
    private static readonly string[] Types = ["appleSchoolManager", "oneRosterCsv", "schoolDataSync"];

    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly Dictionary<string, AppleZip> _last = [];
    private DateOnly _day = Night.Today;

    private SeveralTargets(LearnServer learn) => Learn = learn;

    public LearnServer Learn { get; }

    /// <summary>Of every feed, for the nights to come.</summary>
    public JsonObject? Freeze { get; set; }

    public JsonObject Guard { get; } = [];

    /// <summary>Settings by type of feed, for the nights to come.</summary>
    public Dictionary<string, JsonObject> Settings { get; } = [];

    public Night Last { get; private set; } = null!;

    public static async Task<SeveralTargets> StartAsync() => new(await LearnServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        _ground.Dispose();
        await Learn.DisposeAsync();
    }

    public async Task<NightResult> NextAsync(SchoolBuilder school)
    {
        _day = _day.AddDays(1);
        Last = Make(school);
        return Note(await Last.RunAsync());
    }

    /// <summary>Approves all that the last night has held.</summary>
    public async Task<NightResult> ApproveAsync(NightResult held)
    {
        var (night, refusal) = await Last.ApproveAllAsync(held.Run.Run);
        return refusal is null ? Note(night) : throw new InvalidOperationException(refusal);
    }

    /// <summary>By format: the login or address that the target has for somebody; null for nobody, and for who may not log in.</summary>
    public IReadOnlyDictionary<string, string?> Has(string label)
    {
        var id = Ids.Of(label);
        return new Dictionary<string, string?>
        {
            ["appleSchoolManager"] = _last["appleSchoolManager"].Rows("students.csv").Concat(_last["appleSchoolManager"].Rows("staff.csv"))
                .FirstOrDefault(row => row["person_id"] == id)?["email_address"],
            ["oneRosterCsv"] = _last["oneRosterCsv"].Rows("users.csv").FirstOrDefault(row => row["sourcedId"] == id)?["username"],
            ["schoolDataSync"] = _last["schoolDataSync"].Rows("users.csv").FirstOrDefault(row => row["sourcedId"] == id)?["username"],
            ["blackboard"] = Learn.State.Records("person").FirstOrDefault(row => row.IsEnabled && row.Key == id)?["user_id"],
        };
    }

    /// <summary>By format: whether the target has somebody in a class.</summary>
    public IReadOnlyDictionary<string, bool> InClass(string group, string label)
    {
        var (section, person) = (Ids.Of(group), Ids.Of(label));
        return new Dictionary<string, bool>
        {
            ["appleSchoolManager"] = _last["appleSchoolManager"].Rows("rosters.csv").Any(row => (row["class_id"], row["student_id"]) == (section, person)),
            ["oneRosterCsv"] = _last["oneRosterCsv"].Rows("enrollments.csv").Any(row => (row["classSourcedId"], row["userSourcedId"]) == (section, person)),
            ["schoolDataSync"] = _last["schoolDataSync"].Rows("enrollments.csv").Any(row => (row["classSourcedId"], row["userSourcedId"]) == (section, person)),
            ["blackboard"] = Learn.State.Enabled("membership").Contains($"{section}|{person}") && Learn.State.Enabled("course").Contains(section),
        };
    }

    private NightResult Note(NightResult night)
    {
        foreach (var file in night.Received.Where(file => file.Path.EndsWith(".zip", StringComparison.Ordinal)))
        {
            _last[file.Path.Split('/')[^2]] = new AppleZip(File.ReadAllBytes(file.LocalFile));
        }

        return night;
    }

    private Night Make(SchoolBuilder school)
    {
        var night = new Night(_ground, school.Data).As(_tenant).On(_day).AcceptingShrink()
            .With(new JsonObject { ["feeds"] = new JsonArray([.. Types.Select(Feed), With(TenantJson.Blackboard(Learn, null), "blackboard")]) })
            .Setting($"Secrets:{TenantJson.LearnSecret}", Learn.Integrations[0].Password)
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
        foreach (var (name, value) in Guard)
        {
            night = night.With($"guard.{name}", value!.DeepClone());
        }

        return night;
    }

    private JsonObject Feed(string type) => With(
        new JsonObject
        {
            ["name"] = type.ToLowerInvariant(),
            ["type"] = type,
            ["settings"] = new JsonObject(),
            ["delivery"] = new JsonObject
            {
                ["type"] = "sftp",
                ["host"] = "127.0.0.1",
                ["port"] = 9,
                ["username"] = AzuriteFixture.DropBoxOptions.Username,
                ["password"] = new JsonObject { ["secret"] = TenantJson.DropBoxSecret },
                ["hostKeys"] = new JsonArray("SHA256:nobody-is-called"),
                ["directory"] = $"dropbox/{type}",
            },
        },
        type);

    private JsonObject With(JsonObject feed, string type)
    {
        foreach (var (name, value) in Settings.GetValueOrDefault(type) ?? [])
        {
            feed["settings"]![name] = value?.DeepClone();
        }

        if (Freeze is not null)
        {
            feed["freeze"] = Freeze.DeepClone();
        }

        return feed;
    }
}
