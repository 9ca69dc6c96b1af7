using System.Text.Json;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Deliveries.Sftp;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Sources.EduCloud;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The school owner of the comparison: everything as it is by default, and of the compared feeds those there are.</summary>
internal static class BenchTenant
{
    private static readonly (string Name, string Type, string Settings)[] Compared =
    [
        ("apple", "appleSchoolManager", "{}"),
        ("learn", "blackboard", """{"observers": true}"""),
    ];

    public static Tenant Make(Catalog<IFeed> feeds) => new()
    {
        Id = PageFolder.Tenant,
        Name = "Nordhamns kommun",
        Source = new EduCloudSettings { Type = "educloud", BaseUrl = "", ClientId = "", ClientSecret = new Secret("", "") },
        Feeds = [.. Compared.Where(feed => feeds.Types.Contains(feed.Type)).Select(feed => Plan(feed.Name, feeds[feed.Type], feed.Settings))],
    };

    private static FeedPlan Plan(string name, IFeed feed, string settings) => new()
    {
        Name = name,
        Type = feed.Type,
        Settings = (FeedSettings)JsonSerializer.Deserialize(settings, feed.Settings, Serialization.Compact)!,
        Delivery = new SftpSettings { Type = "sftp", Host = "", Username = "", HostKeys = [] },
    };
}
