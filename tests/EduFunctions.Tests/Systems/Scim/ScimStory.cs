using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>A story at a SCIM server with up to three quirks.</summary>
internal sealed class ScimStory : Story
{
    private static readonly ScimQuirk[] Quirks =
    [
        ScimQuirk.WholeOnly, ScimQuirk.ListsActive, ScimQuirk.FindsActive, ScimQuirk.CountsPages, ScimQuirk.ListsNothing, ScimQuirk.WritesOtherwise, ScimQuirk.PatchesNothing,
        ScimQuirk.CreatesInactive, ScimQuirk.CreatesWithoutMembers, ScimQuirk.FiltersNoMembers, ScimQuirk.TakesFiveMembers, ScimQuirk.DeletesInactive,
        ScimQuirk.SaysNothing, ScimQuirk.WantsTargets, ScimQuirk.WritesCapitals, ScimQuirk.CountsHidden, ScimQuirk.Shuffles, ScimQuirk.FindsNothing, ScimQuirk.AddsInstead,
        ScimQuirk.DeletesLater, ScimQuirk.ListsLater, ScimQuirk.PagesOfTen, ScimQuirk.RefusesInactive, ScimQuirk.DropsInactive, ScimQuirk.KeepsNames, ScimQuirk.WritesSmall,
        ScimQuirk.IgnoresFilters, ScimQuirk.FixesNames, ScimQuirk.KeepsUserNames, ScimQuirk.ForgetsOfBulk,
    ];

    /// <summary>Servers of which nobody could say who is there, being neither looked for nor listed, or where nobody could ever get a name.</summary>
    private static readonly ScimQuirk[] Impossible =
    [
        ScimQuirk.ListsNothing | ScimQuirk.FindsNothing, ScimQuirk.ListsNothing | ScimQuirk.IgnoresFilters, ScimQuirk.Shuffles | ScimQuirk.FindsNothing,
        ScimQuirk.Shuffles | ScimQuirk.IgnoresFilters, ScimQuirk.ListsActive | ScimQuirk.FindsNothing, ScimQuirk.ListsActive | ScimQuirk.IgnoresFilters,
        ScimQuirk.ListsLater | ScimQuirk.ForgetsOfBulk, ScimQuirk.KeepsNames | ScimQuirk.FixesNames, ScimQuirk.KeepsNames | ScimQuirk.KeepsUserNames,
    ];

    private readonly ScimQuirks _server;
    private readonly ScimNights _nights;
    private readonly List<IReadOnlyDictionary<string, string>> _backups = [];

    private ScimStory(Random random, ScimQuirks server, INightGround ground, Action<string> tell)
        : base(random, tell)
    {
        _server = server;
        _nights = new ScimNights(ground, server.BaseUrl);
        _nights.Settings["deleteAfterDays"] = new[] { 0, 2, 4, 30 }[random.Next(4)];
        _nights.Delivery["pageSize"] = random.Next(2) == 0 ? 7 : 100;
        _nights.Overrides["guard"] = Guard.DeepClone();
    }

    protected override DateOnly Date => _nights.Date;

    protected override IEnumerable<string> Active => _server.State.Active;

    protected override string Calls => string.Join('\n', _server.Calls);

    private bool FixesNames { get; init; }

    public static async Task PlayAsync(INightGround ground, int seed, Action<string> tell)
    {
        var random = new Random(seed);
        var quirks = Draw(random);
        await using var server = await ScimQuirks.StartAsync(quirks);
        server.Later = new[] { 5, 12, 10_000 }[random.Next(3)];
        var story = new ScimStory(random, server, ground, tell) { FixesNames = (quirks & (ScimQuirk.FixesNames | ScimQuirk.KeepsUserNames)) != 0 };
        tell($"seed {seed}: {quirks}, later is {server.Later}, {story._nights.Settings.ToJsonString()} {story._nights.Delivery.ToJsonString()} {story._nights.Overrides.ToJsonString()}");
        await story.PlayAsync();
    }

    private static ScimQuirk Draw(Random random)
    {
        var drawn = Enumerable.Range(0, random.Next(4)).Aggregate(ScimQuirk.None, (quirks, _) => quirks | Quirks[random.Next(Quirks.Length)]);
        return Array.Exists(Impossible, both => (drawn & both) == both) ? Draw(random) : drawn;
    }

    protected override Night Next(ISchoolData school)
    {
        _server.Calls.Clear();
        return _nights.Next(school);
    }

    protected override void BackUp() => _backups.Add(_server.BackUp());

    protected override void Restore(int nights) => _server.Restore(_backups[^nights]);

    protected override void Behave(bool isFaulty) => _server.Fault = _ => !isFaulty ? ScimFault.None : Random.Next(8) switch
    {
        0 => ScimFault.LostAnswer,
        1 => ScimFault.Reset,
        2 => ScimFault.Busy,
        _ => ScimFault.None,
    };

    protected override void Settle() => _server.Nightfall();

    protected override void AssertUnseen()
    {
        var text = _server.State.Text;
        Assert.All(Town.Hidden, label => Assert.False(text.Contains($"{label}\"", StringComparison.OrdinalIgnoreCase), $"{label} is protected, and there\n{Calls}"));
        Assert.All(Town.HiddenIds, id => Assert.False(text.Contains(id, StringComparison.Ordinal), $"{id} is protected, and there\n{Calls}"));
    }

    protected override void AssertRight(NightResult last)
    {
        if (FixesNames && last.Run.State == RunState.Failed)
        {
            // Where most of all have a login that somebody else keeps there, the night fails.
            return;
        }

        var excused = Excused().ToHashSet();
        var differences = Town.Differences(_server.State, FixesNames, excused).ToList();
        Assert.True(differences.Count == 0, $"{string.Join('\n', differences)}\n{Calls}");
        Assert.True(FixesNames || excused.Count > 0 || last.Run.State == RunState.Delivered, $"{last.Run.State} {last.Run.Feeds[0].Reason}\n{Calls}");
    }

    /// <summary>Whose login the server lets nobody have: somebody else has it who cannot give it up, or was deleted with it.</summary>
    private IEnumerable<string> Excused()
    {
        var users = _server.State.Users.ToLookup(user => (string)user["userName"]!, user => (string)user["externalId"]!, StringComparer.OrdinalIgnoreCase);
        return Town.Logins.Where(login => _server.KeptNames.Contains(login.Value) || (FixesNames && users[login.Value].Any(id => id != login.Key))).Select(login => login.Key);
    }
}
