using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.OneRoster.Feed;
using EduFunctions.Tests.Systems.Scim;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>One tenant's nights into targets that are told of changes alone, and all that each of them has afterwards, in use or not.</summary>
internal sealed class RestingNights : IAsyncDisposable
{
    private const string Token = "test-scim";

    private readonly InMemoryGround _ground = new();
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private DateOnly _date = Night.Today;
    private IReadOnlyList<PostedFile> _posts = [];
    private int _postsBefore;
    private int _bodiesBefore;

    private RestingNights(LearnServer learn, ScimHabits scim) => (Learn, Scim) = (learn, scim);

    public LearnServer Learn { get; }

    /// <summary>Takes whole resources alone.</summary>
    public ScimHabits Scim { get; }

    public UnikumReceiver Unikum { get; } = new(new UnikumOptions());

    public JsonObject LearnSettings { get; } = new() { ["observers"] = true };

    public JsonObject ScimSettings { get; } = new() { ["guardians"] = true };

    /// <summary>Settings of a feed of OneRoster files; null for none.</summary>
    public JsonObject? FormSettings { get; set; }

    /// <summary>Who takes them.</summary>
    public FormReceiver Form { get; } = new();

    /// <summary>What every feed has beside its settings from now on.</summary>
    public JsonObject FeedMembers { get; } = [];

    /// <summary>With what the names of all feeds end from now on.</summary>
    public string NameEnding { get; set; } = "";

    /// <summary>What the last night sent to SCIM and Learn.</summary>
    public IReadOnlyList<string> Sent { get; private set; } = [];

    public static async Task<RestingNights> StartAsync() => new(await LearnServer.StartAsync(), await ScimHabits.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await Learn.DisposeAsync();
        await Scim.DisposeAsync();
        _ground.Dispose();
    }

    /// <summary>The next night, not run yet.</summary>
    public Night Next(SchoolBuilder school)
    {
        _date = _date.AddDays(1);
        _time.Skip(TimeSpan.FromHours(20));
        var unikum = new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true };
        var scim = new JsonObject
        {
            ["name"] = "scim",
            ["type"] = "scim",
            ["settings"] = ScimSettings.DeepClone(),
            ["delivery"] = new JsonObject { ["type"] = "scim", ["baseUrl"] = Scim.BaseUrl, ["token"] = new JsonObject { ["secret"] = Token } },
        };
        List<JsonObject> feeds = [scim, TenantJson.Blackboard(Learn, (JsonObject)LearnSettings.DeepClone()), TenantJson.FeedOf("unikumRelations", unikum)];
        if (FormSettings is { } form)
        {
            feeds.Add(TenantJson.FeedOf("oneRosterCsv", (JsonObject)form.DeepClone()));
        }

        foreach (var feed in feeds)
        {
            feed["name"] = $"{feed["name"]}{NameEnding}";
            FeedMembers.ToList().ForEach(member => feed[member.Key] = member.Value!.DeepClone());
        }

        return new Night(_ground, school.Data).As(_tenant).On(_date).AcceptingShrink().With("feeds", new JsonArray([.. feeds]))
            .Setting($"Secrets:{TenantJson.LearnSecret}", Learn.Integrations[0].Password)
            .Setting($"Secrets:{Token}", "some-token")
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
    }

    public Task<NightResult> NextAsync(SchoolBuilder school) => RunAsync(Next(school));

    /// <summary>A night whose pull breaks off after the persons are stored.</summary>
    public Task<NightResult> BreakOffAsync(SchoolBuilder school)
    {
        var night = Next(school);
        return RunAsync(night.Behaving(habits => habits.Fault = page =>
            page.Collection == "duties" && Memory.Waiting.For(() => HasStoredAsync("persons")) ? new Fault.Status(403) : null));
    }

    public async Task<NightResult> RunAsync(Night next)
    {
        var night = await next.RunAsync();
        foreach (var file in night.Received)
        {
            await using var zip = File.OpenRead(file.LocalFile);
            if (Path.GetFileName(file.Path).StartsWith("Nordhamn", StringComparison.Ordinal))
            {
                Assert.Empty(Unikum.Import(Path.GetFileName(file.Path), zip).Errors);
            }
            else
            {
                Form.Take(await File.ReadAllBytesAsync(file.LocalFile));
            }
        }

        _posts = [.. Learn.Posts.Skip(_postsBefore)];
        Assert.True(_date > Night.Today.AddDays(1) || night.Run.State == RunState.Delivered, $"{night.Run.State} {night.Run.StateReason}");
        Sent = [.. _posts.Select(post => post.Text), .. Scim.Bodies.Skip(_bodiesBefore)];
        (_postsBefore, _bodiesBefore) = (Learn.Posts.Count, Scim.Bodies.Count);
        return night;
    }

    /// <summary>Whether the last night had Learn delete a record by its key, which is all that Learn lets anybody do: it keeps the record, disabled.</summary>
    public bool HasDeletedAtLearn(string label) => _posts.Any(post => post.Operation == "delete" && post.Kind == "person" && post.Text.Contains(Ids.Of(label), StringComparison.Ordinal));

    /// <summary>What a target has that has a text in it: at a SCIM server in use or not, at Learn of people those in use.</summary>
    public IEnumerable<string> Having(string text) => All().Where(has => has.Contains(text, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> All() =>
    [
        .. Scim.Users.Concat(Scim.Groups).Select(resource => $"SCIM {resource.ToJsonString()}"),
        .. Form.Text.Split('\n').Select(row => $"OneRoster {row}"),
        .. new[] { "node", "person", "course", "membership", "associateobserver" }.SelectMany(kind => Learn.State.Records(kind).Where(record => record.IsEnabled || kind == "course"))
            .Select(record => $"Learn {record.Key} {record.RowStatus} {string.Join('|', record.Values.Values)}"),
        .. Unikum.State.Relations.Select(relation => $"Unikum {relation}"),
        .. new[] { "school", "class" }.SelectMany(kind => Unikum.State.Objects(kind).Select(id => $"Unikum {id} {string.Join('|', Unikum.State.Find(kind, id) ?? [])}")),
    ];

    /// <summary>It is not known any more what the feeds delivered last.</summary>
    public Task LoseDeliveredAsync() => LoseAsync("state", "feeds/", "/delivered.json");

    /// <summary>What the last night left in a container is lost.</summary>
    public async Task LoseLastAsync(string container) => await LoseAsync(container, $"{await LastRunAsync()}/", "");

    /// <summary>What the last night left in a container is cut off after its first half.</summary>
    public async Task CutLastAsync(string container)
    {
        await foreach (var blob in _ground.Blobs.ListAsync(container, $"{_tenant}/{await LastRunAsync()}/", CancellationToken.None))
        {
            var content = (await _ground.Blobs.ReadAsync(container, blob.Name, CancellationToken.None))!.Content;
            await _ground.Blobs.WriteAsync(container, blob.Name, content.AsMemory(0, content.Length / 2), CancellationToken.None);
        }
    }

    private async Task LoseAsync(string container, string start, string end)
    {
        await foreach (var blob in _ground.Blobs.ListAsync(container, $"{_tenant}/{start}", CancellationToken.None))
        {
            if (blob.Name.EndsWith(end, StringComparison.Ordinal))
            {
                await _ground.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
            }
        }
    }

    private async Task<bool> HasStoredAsync(string collection)
    {
        var run = await LastRunAsync();
        await foreach (var blob in _ground.Blobs.ListAsync("snapshots", $"{_tenant}/{run}/{collection}", CancellationToken.None))
        {
            return blob.Name.Length > 0;
        }

        return false;
    }

    private async Task<string> LastRunAsync()
    {
        var last = "";
        await foreach (var blob in _ground.Blobs.ListAsync("snapshots", $"{_tenant}/", CancellationToken.None))
        {
            last = string.CompareOrdinal(blob.Name.Split('/')[1], last) > 0 ? blob.Name.Split('/')[1] : last;
        }

        return last;
    }
}
