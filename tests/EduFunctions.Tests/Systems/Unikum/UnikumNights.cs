using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>One tenant's nights, one after the other, through the drop box into one receiver.</summary>
internal sealed class UnikumNights(AzuriteFixture azurite, UnikumOptions? options = null)
{
    public const string Feed = "unikumrelations";

    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private DateOnly _date = Night.Today;

    /// <summary>Settings of the feed, for the nights to come.</summary>
    public JsonObject Settings { get; } = new() { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true };

    public UnikumReceiver Receiver { get; } = new(options ?? new UnikumOptions());

    public UnikumState State => Receiver.State;

    /// <summary>Runs the next night's sync on these schools, and what came of it through the receiver.</summary>
    public Task<NightResult> NextAsync(SchoolBuilder school) => RunAsync(Next(school));

    /// <summary>The next night, not run yet.</summary>
    public Night Next(SchoolBuilder school)
    {
        _date = _date.AddDays(1);
        return azurite.Night(school).As(_tenant).On(_date).AcceptingShrink()
            .With("guard", new JsonObject { ["maxRemovedPercent"] = 100, ["maxChangedPercent"] = 100 })
            .With(new JsonObject { ["feeds"] = new JsonArray(TenantJson.FeedOf("unikumRelations", (JsonObject)Settings.DeepClone())) });
    }

    /// <summary>What the drop box gets is imported.</summary>
    public async Task<NightResult> RunAsync(Night night)
    {
        var result = await night.RunAsync();
        Import(result);
        return result;
    }

    public void Import(NightResult night, int files = int.MaxValue)
    {
        foreach (var file in night.Received.Take(files))
        {
            using var zip = File.OpenRead(file.LocalFile);
            Assert.Empty(Receiver.Import(Path.GetFileName(file.Path), zip).Errors);
        }
    }

    /// <summary>The pairs of a type by their labels, such as <c>alva 7a</c>.</summary>
    public void AssertRelated(string type, params string[] pairs) => Assert.Equal(
        pairs.Select(pair => string.Join(' ', pair.Split(' ').Select(label => label == "nordhamn" ? label : Ids.Of(label)))).Order(StringComparer.Ordinal),
        State.Related(type));
}
