using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>A story at Learn, with its hierarchy, by store or refresh.</summary>
internal sealed class LearnStory : Story
{
    private const string Former = "EDU";

    private readonly LearnServer _learn;
    private readonly INightGround _ground;
    private readonly SkippingTime _time = new();
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly JsonObject _settings = new() { ["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode } };
    private readonly List<LearnBackup> _backups = [];
    private DateOnly _date = Night.Today;
    private int _before;

    private LearnStory(Random random, LearnServer learn, INightGround ground, Action<string> tell)
        : base(random, tell)
    {
        (_learn, _ground) = (learn, ground);
        learn.State.DataSources.Add(Former);
        _settings["operation"] = random.Next(2) == 0 ? "store" : "refresh";
        _settings["dataSourceKey"] = random.Next(4) == 0 ? Former : "SYSTEM";
        learn.Habits.RefusesKnownAssociations = random.Next(2) == 0;
        learn.Habits.CountsFailedRows = random.Next(2) == 0;
        tell($"{_settings.ToJsonString()} {Guard.ToJsonString()} known associations refused {learn.Habits.RefusesKnownAssociations}, counted {learn.Habits.CountsFailedRows}");
    }

    protected override DateOnly Date => _date;

    protected override IEnumerable<string> Active => _learn.State.Enabled("person");

    protected override string Calls => string.Join('\n', _learn.DataSets.Skip(_before).Select(set =>
        $"{set.Post}: {set.Completed}, {string.Join(", ", set.Errors.GroupBy(error => error).Select(error => $"{error.Count()} × {error.Key}"))}"));

    public static async Task PlayAsync(INightGround ground, int seed, Action<string> tell)
    {
        await using var learn = await LearnServer.StartAsync();
        tell($"seed {seed}");
        await new LearnStory(new Random(seed), learn, ground, tell).PlayAsync();
    }

    protected override Night Next(ISchoolData school)
    {
        (_date, _before) = (_date.AddDays(1), _learn.DataSets.Count);
        return new Night(_ground, school).As(_tenant).On(_date).AcceptingShrink().To(_learn, _settings.DeepClone().AsObject(), _time).With(new JsonObject { ["guard"] = Guard.DeepClone() });
    }

    protected override string ChangeSettings()
    {
        if ((string?)_settings["dataSourceKey"] != Former || Random.Next(8) > 0)
        {
            return "";
        }

        _settings["dataSourceKey"] = "SYSTEM";
        return "; another data source";
    }

    protected override void BackUp() => _backups.Add(new LearnBackup(_learn));

    protected override void Restore(int nights) => _backups[^nights].Restore();

    protected override void Behave(bool isFaulty) => _learn.Habits.Fault = (_, _) => !isFaulty ? null : Random.Next(10) switch
    {
        0 or 1 => LearnFault.HangUpAfterTaking,
        2 => LearnFault.ServerError,
        3 => LearnFault.StackTrace,
        4 => LearnFault.Busy,
        _ => null,
    };

    protected override void Settle() => _learn.WorkThrough();

    /// <summary>What came first is worked through first.</summary>
    protected override void Rest() => _learn.WorkThrough();

    protected override void AssertUnseen()
    {
        var hidden = Town.HiddenIds;
        var seen = _learn.State.Enabled("person").Concat(_learn.State.Enabled("membership").Concat(Associations()).SelectMany(key => key.Split('|'))).Intersect(hidden).ToList();
        Assert.True(seen.Count == 0, $"{string.Join(' ', seen)} protected, and in use\n{Calls}");
    }

    protected override void AssertRight(NightResult last)
    {
        var differences = Town.Differences(_learn.State).ToList();
        differences.AddRange(differences.Count == 0 ? [] : Keepers());
        Assert.True(differences.Count == 0, $"{string.Join('\n', differences)}\n{Calls}");
        Assert.True(last.Run.State == RunState.Delivered || IsVain(), $"{last.Run.State} {last.Run.Feeds[0].Reason}\n{Calls}");
        var kept = _learn.State.Records("person").Where(row => !row.IsEnabled && row["user_id"].Contains('@', StringComparison.Ordinal) && !Town.HiddenIds.Contains(row.Key))
            .Select(row => row.Key).ToList();
        Assert.True(WasRestored || kept.Count == 0, $"{string.Join(' ', kept)} left with their logins\n{Calls}");
    }

    /// <summary>For whoever looks for a fault: who has what is to be another's.</summary>
    private IEnumerable<string> Keepers() => Town.Logins.SelectMany(login => _learn.State.Records("person")
        .Where(row => row.Key != login.Key && row["user_id"].Equals(login.Value, StringComparison.OrdinalIgnoreCase))
        .Select(row => $"{login.Value} of {login.Key} is kept by {row.Key}, enabled: {row.IsEnabled}"));

    /// <summary>Whether Learn refuses only to delete what it lost when it was restored, which is told every night.</summary>
    private bool IsVain() => WasRestored && _learn.DataSets.Skip(_before).Where(set => set.Errors.Count > 0)
        .All(set => set.Post.Operation == "delete" && set.Errors.All(error => error.Contains("no such record", StringComparison.Ordinal)));

    private IEnumerable<string> Associations() => _learn.State.Records("userassociation").Select(row => row["external_user_key"]);
}
