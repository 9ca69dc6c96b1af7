using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>One tenant's nights, one after the other, with one feed to a SCIM server.</summary>
internal sealed class ScimNights(INightGround ground, string baseUrl)
{
    public const string Feed = "scim";
    public const string File = "scim.jsonl";

    private const string TokenSecret = "test-scim";

    private readonly SkippingTime _time = new();

    public ScimNights(INightGround ground, ScimReceiver server)
        : this(ground, server.BaseUrl)
    {
    }

    public string Tenant { get; } = $"t{Guid.NewGuid():n}";

    public DateOnly Date { get; set; } = Night.Today;

    /// <summary>What every night from now on has in its tenant file.</summary>
    public JsonObject Overrides { get; } = [];

    public JsonObject Settings { get; } = [];

    public JsonObject Delivery { get; } = [];

    public Task<NightResult> NextAsync(SchoolBuilder school) => Next(school.Data).RunAsync();

    /// <summary>The next night, not run yet.</summary>
    public Night Next(ISchoolData school)
    {
        Date = Date.AddDays(1);
        var feed = new JsonObject
        {
            ["name"] = Feed,
            ["type"] = "scim",
            ["settings"] = Settings.DeepClone(),
            ["delivery"] = new JsonObject { ["type"] = "scim", ["baseUrl"] = baseUrl, ["token"] = new JsonObject { ["secret"] = TokenSecret } },
        };
        feed["delivery"]!.AsObject().Merge(Delivery);
        return new Night(ground, school).As(Tenant).On(Date).AcceptingShrink()
            .With("feeds", new JsonArray(feed))
            .With(Overrides)
            .Setting($"Secrets:{TokenSecret}", ScimReceiver.Token)
            .Registering(services => services.AddSingleton<TimeProvider>(_time));
    }
}
