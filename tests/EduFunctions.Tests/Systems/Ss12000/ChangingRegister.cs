using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A register that goes on changing and says what has changed, with one tenant that takes it to Learn.</summary>
internal sealed class ChangingRegister : IAsyncDisposable
{
    private static readonly string[] Kinds = ["person", "course", "membership", "observer", "secondary_role"];

    private readonly INightGround _ground;
    private readonly LearnServer _learn;
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly List<Deletion> _deletions = [];
    private DateOnly _date = Night.Today.AddDays(-1);

    private ChangingRegister(INightGround ground, EduCloudServer server, LearnServer learn, SchoolBuilder town, SkippingTime time)
    {
        (_ground, Server, _learn, Town, Time) = (ground, server, learn, town, time);
        Habits.WayIn = WayIn.Bearer;
        Registers.Strict(Habits);
        (Habits.Clock, Habits.Deletions) = (new Shifted(this), _deletions);
        Source = new JsonObject
        {
            ["type"] = "ss12000",
            ["baseUrl"] = server.BaseUrl,
            ["bearer"] = Register.Secret(TenantJson.HandedSecret),
            ["pageSize"] = 8,
            ["changes"] = true,
        };
    }

    public EduCloudServer Server { get; }

    public EduCloudHabits Habits => Server.Habits;

    public SchoolBuilder Town { get; }

    public SkippingTime Time { get; }

    public JsonObject Source { get; }

    /// <summary>By how much the register's clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public string Tenant => _tenant;

    public static async Task<ChangingRegister> StartAsync(INightGround ground, SchoolBuilder? town = null)
    {
        var (school, time) = (town ?? PlainTown.Make(), new SkippingTime());
        return new ChangingRegister(ground, await EduCloudServer.StartAsync(school.Data), await LearnServer.StartAsync(), school, time);
    }

    public JsonObject Row(string collection, string label) => Town.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label));

    /// <param name="path">Names of members and numbers of items, with dots between them.</param>
    /// <param name="value">As JSON; "-" takes away what stands there.</param>
    public void Set(string collection, string label, string path, string value)
    {
        var steps = path.Split('.');
        JsonNode at = Row(collection, label);
        foreach (var step in steps[..^1])
        {
            at = int.TryParse(step, out var item) ? at[item]! : at[step]!;
        }

        if (value == "-")
        {
            at.AsObject().Remove(steps[^1]);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }
    }

    /// <summary>Changes a row, and when it was modified.</summary>
    public void Change(string collection, string label, Action<JsonObject> change)
    {
        var row = Row(collection, label);
        change(row);
        Touch(row);
    }

    /// <summary>Changes the town; rows that come by it are modified now.</summary>
    public void Change(Action<SchoolBuilder> change)
    {
        var before = Rows().ToHashSet();
        change(Town);
        foreach (var row in Rows().Except(before))
        {
            Touch(row);
        }
    }

    public void Delete(string collection, string label, bool isTold = true)
    {
        Town.Data[collection].Remove(Town.Data[collection].Single(row => (string?)row["id"] == Ids.Of(label)));
        if (isTold)
        {
            _deletions.Add(new Deletion(collection, Ids.Of(label), Habits.Clock.GetUtcNow()));
        }
    }

    /// <summary>The next full pull, half a day later.</summary>
    public Task<NightResult> NightAsync(Action<Night>? change = null)
    {
        _date = _date.AddDays(1);
        return RunAsync(TimeSpan.FromHours(12), change);
    }

    /// <summary>Another full pull on the day of the last one.</summary>
    public Task<NightResult> AgainAsync() => RunAsync(TimeSpan.FromHours(1), change: null);

    /// <summary>A pull of changes, an hour later.</summary>
    public Task<NightResult> ChangesAsync(Action<Night>? change = null) => RunAsync(TimeSpan.FromHours(1), night =>
    {
        night.OfChanges();
        change?.Invoke(night);
    });

    /// <summary>Whom, and what, Learn has now.</summary>
    public IReadOnlyCollection<string> Enabled() => [.. Kinds.SelectMany(kind => _learn.State.Enabled(kind).Select(key => $"{kind} {key}"))];

    public bool HasLearn(string label) => _learn.State.Find("person", Ids.Of(label)) is { IsEnabled: true };

    public string Given(string label) => _learn.State.Find("person", Ids.Of(label))!["firstname"];

    public static void AssertDelivered(NightResult night) => Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State}: {night.Run.StateReason}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _learn.DisposeAsync();
    }

    public Night Next()
    {
        var settings = new JsonObject { ["observers"] = true, ["userId"] = "id" };
        return new Night(_ground, Town.Data).As(_tenant).On(_date).From((JsonObject)Source.DeepClone()).To(_learn, settings, Time)
            .With("guard", new JsonObject { ["minRemoved"] = 10, ["minHalved"] = 0 });
    }

    private Task<NightResult> RunAsync(TimeSpan later, Action<Night>? change)
    {
        Time.Skip(later);
        var night = Next();
        change?.Invoke(night);
        return night.RunAsync();
    }

    private IEnumerable<JsonObject> Rows() => Collections.All.SelectMany(collection => Town.Data[collection]);

    private void Touch(JsonObject row) => row["meta"]!["modified"] = Habits.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The register's own clock.</summary>
    private sealed class Shifted(ChangingRegister register) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => register.Time.GetUtcNow() + register.Ahead;
    }
}
