using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A small town that Learn has had from a good night, and another night in which the source has a habit.</summary>
internal sealed class TwoNights : IAsyncDisposable
{
    private const int PageSize = 6;

    private static readonly string[] Kinds = ["person", "course", "membership", "observer", "secondary_role"];

    private readonly INightGround _ground;
    private readonly LearnServer _learn;
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private readonly HashSet<string> _before = [];

    private TwoNights(INightGround ground, LearnServer learn) => (_ground, _learn) = (ground, learn);

    public static async Task<TwoNights> BeginAsync(INightGround ground, SchoolBuilder? town = null, Action<Night>? change = null)
    {
        var nights = new TwoNights(ground, await LearnServer.StartAsync());
        var first = await nights.RunAsync(town ?? Town(), change ?? (_ => { }));
        Assert.True(first.Run.State == Pipeline.Runs.RunState.Delivered, $"{first.Run.State}: {first.Run.StateReason}");
        nights._before.UnionWith(nights.Enabled());
        Assert.NotEmpty(nights._before);
        return nights;
    }

    /// <summary>Two schools with classes, teaching groups, teachers, guardians and one preschool child; nobody is wrong in it.</summary>
    public static SchoolBuilder Town()
    {
        var town = new SchoolBuilder(Night.Today);
        town.Unit("huvudman", type: "Huvudman");
        foreach (var (school, first) in new[] { ("berget", 0), ("dalen", 7) })
        {
            town.Unit(school, "huvudman");
            var pupils = Enumerable.Range(first, 7).Select(number => $"elev{number}").ToArray();
            foreach (var pupil in pupils)
            {
                town.Student(pupil, school);
            }

            town.Guardian($"vardare-{school}", pupils[0], pupils[1]);
            town.Employee($"larare-{school}");
            town.Duty($"tjanst-{school}", $"larare-{school}", school)["assignmentRole"] =
                new JsonArray(new JsonObject { ["group"] = SchoolBuilder.Reference($"klass-{school}"), ["assignmentRoleType"] = "Mentor" });
            town.Syllabus($"plan-{school}");
            town.Group($"klass-{school}", school, "Klass", pupils);
            town.Group($"grupp-{school}", school, "Undervisning", pupils[..4]);
            town.Activity($"lektion-{school}", school, $"grupp-{school}", $"plan-{school}", $"tjanst-{school}");
        }

        town.Student("barn", unit: null);
        town.Group("avdelning", "berget", "Avdelning");
        town.Placement("plats", "barn", "berget", "avdelning");
        return town;
    }

    public Task<NightResult> NextAsync(Action<EduCloudHabits> habit, SchoolBuilder? town = null) => RunAsync(town ?? Town(), night => night.Behaving(habit));

    public Task<NightResult> RunAsync(SchoolBuilder town, Action<Night> change)
    {
        var settings = new JsonObject { ["observers"] = true, ["groupTypes"] = new JsonArray("Undervisning", "Klass", "Avdelning") };
        var night = new Night(_ground, town.Data).As(_tenant).To(_learn, settings, new SkippingTime()).With("source.pageSize", PageSize);
        change(night);
        return night.RunAsync();
    }

    /// <summary>The keys of what Learn had after the first night and has not now.</summary>
    public IReadOnlyList<string> Left() => [.. _before.Except(Enabled())];

    /// <summary>Nothing that Learn had after the first night is disabled.</summary>
    public void AssertNobodyLeft() => Assert.Empty(Left());

    /// <summary>Whom, and what, Learn has now.</summary>
    public IEnumerable<string> Enabled() => Kinds.SelectMany(kind => _learn.State.Enabled(kind).Select(key => $"{kind} {key}"));

    public ValueTask DisposeAsync() => _learn.DisposeAsync();

    /// <summary>Changes the JSON of one page.</summary>
    public static Func<PageRequest, byte[], byte[]> Editing(string collection, int page, Action<JsonObject> edit) => (request, body) =>
    {
        if (request.Collection != collection || request.Page != page)
        {
            return body;
        }

        var json = JsonNode.Parse(body)!.AsObject();
        edit(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    };

    /// <summary>Changes the text of all pages of a collection.</summary>
    public static Func<PageRequest, byte[], byte[]> Replacing(string collection, string text, string by) => (request, body) =>
        request.Collection == collection ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(text, by, StringComparison.Ordinal)) : body;
}
