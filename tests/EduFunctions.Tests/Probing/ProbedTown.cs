using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Probing;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Probing;

/// <summary>A town whose register shows all that a probe looks at, and the probe of it through the services that hosts use.</summary>
internal static class ProbedTown
{
    public const string Gone = "gone";

    public static SchoolBuilder Make()
    {
        var school = PlainTown.Make();
        school.Unit("nursery", "town", schoolType: "FS");
        school.Student("toddler", null);
        school.Placement("care", "toddler", "nursery");
        school.Syllabus("maths");
        school.Syllabus("art", "GRGRBIL01", "Bild");
        school.Group("sums", "north", "Undervisning", "north-7-1");
        school.Activity("counting", "north", "sums", "maths", "north-7-duty");
        school.Employee("head");
        school.Duty("heading", "head", "town", "Rektor");
        school.Student("hidden", "north")["securityMarking"] = "Sekretessmarkering";
        foreach (var collection in Collections.All)
        {
            school.Data[collection][0]["meta"]!["modified"] = "2026-08-20T08:00:00.5+02:00";
            school.Data[collection].ToList().ForEach(Mark);
        }

        return school;
    }

    /// <summary>A register that gives all of it.</summary>
    public static void Good(EduCloudHabits habits)
    {
        Registers.Strict(habits);
        habits.Deletions = [new Deletion(Collections.Persons, Ids.Of(Gone), TimeProvider.System.GetUtcNow())];
        habits.Fault = Throttled(TimeSpan.FromSeconds(1));
    }

    /// <summary>The first question for groups comes too soon.</summary>
    public static Func<PageRequest, Fault?> Throttled(TimeSpan? retryAfter) =>
        request => request is { Collection: Collections.Groups, Attempt: 1 } ? new Fault.Status(429, RetryAfter: retryAfter) : null;

    public static async Task<ProbeReport> ProbeAsync(ISchoolData school, Action<EduCloudHabits> behaving, ProbeLimits? limits = null)
    {
        var habits = new EduCloudHabits();
        behaving(habits);
        await using var server = await EduCloudServer.StartAsync(school, habits);
        return await ProbeAsync(Settings(server), limits);
    }

    public static async Task<ProbeReport> ProbeAsync(RegisterSettings settings, ProbeLimits? limits = null, SkippingTime? time = null)
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddRosterPipeline(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true")]).Build())
            .AddSingleton<TimeProvider>(time ?? new SkippingTime())
            .BuildServiceProvider();
        return await services.GetRequiredService<RegisterProbe>().RunAsync(settings, limits ?? new ProbeLimits(), CancellationToken.None);
    }

    public static Ss12000Settings Settings(EduCloudServer server)
    {
        var handed = new Secret("handed", server.Handed);
        var client = new ClientCredentials { TokenUrl = server.TokenUrl, ClientId = server.ClientId, ClientSecret = new Secret("client", server.ClientSecret) };
        var settings = new Ss12000Settings { Type = "ss12000", BaseUrl = server.BaseUrl };
        return server.Habits.WayIn switch
        {
            WayIn.ClientCredentials => settings with { ClientCredentials = client },
            WayIn.ApiKey => settings with { ApiKey = new ApiKey { Value = handed } },
            _ => settings with { Bearer = handed },
        };
    }

    public static IEnumerable<string> Missed(ProbeReport report) => Codes(report, ProbeOutcome.Miss);

    public static IEnumerable<string> Codes(ProbeReport report, ProbeOutcome outcome) =>
        report.Results.Where(result => result.Outcome == outcome).Select(result => result.Code);

    /// <summary>References to persons say how these are marked.</summary>
    private static void Mark(JsonNode row)
    {
        var references = new[] { row["person"], row["child"] }
            .Concat(new[] { row["responsibles"], row["groupMemberships"] }.OfType<JsonArray>().SelectMany(list => list).Select(entry => entry!["person"]));
        foreach (var reference in references.OfType<JsonObject>())
        {
            reference["securityMarking"] = "Ingen";
        }
    }
}
