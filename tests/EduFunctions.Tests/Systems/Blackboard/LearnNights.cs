using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>One tenant's nights, one after the other, into one Learn.</summary>
internal sealed class LearnNights(AzuriteFixture azurite, LearnServer learn)
{
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly SkippingTime _time = new();
    private DateOnly _date = Night.Today;

    public LearnServer Learn => learn;

    public SkippingTime Time => _time;

    /// <summary>Settings of the feed, for the nights to come.</summary>
    public JsonObject Settings { get; } = [];

    /// <summary>Runs the next night's sync on these schools.</summary>
    public Task<NightResult> NextAsync(SchoolBuilder school) => Next(school).RunAsync();

    /// <summary>The next night, not run yet.</summary>
    public Night Next(SchoolBuilder school)
    {
        _date = _date.AddDays(1);
        return azurite.Night(school).As(_tenant).On(_date).AcceptingShrink().To(learn, (JsonObject)Settings.DeepClone(), _time);
    }

    /// <summary>Posts since the last question, as object/operation.</summary>
    public IEnumerable<string> Posts(int from = 0) => learn.Posts.Skip(from).Select(post => post.ToString());

    /// <summary>The enabled records of an object under their labels, in order.</summary>
    public void AssertHolds(string kind, params string[] labels) => Assert.Equal(
        labels.Select(label => string.Join('|', label.Split('|').Select(Ids.Of))).Order(StringComparer.Ordinal), learn.State.Enabled(kind));

    public LearnRecord Record(string kind, string labels) => learn.State.Find(kind, [.. labels.Split('|').Select(Ids.Of)])!;

    public LearnRecord Person(string label) => Record("person", label);
}
