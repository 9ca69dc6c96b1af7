using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>The school owner of the comparison: everything as it is by default, and of the compared feeds those there are.</summary>
internal static class BenchTenant
{
    private static readonly (string Name, string Type, FeedSettings Settings)[] Compared =
    [
        ("apple", "appleSchoolManager", new AppleSettings()),
        ("learn", "blackboard", new BlackboardSettings { Observers = true }),
    ];

    public static Tenant Make(Catalog<IFeed> feeds) => new()
    {
        Id = PageFolder.Tenant,
        Name = "Nordhamns kommun",
        Source = new EduCloudSettings { Type = "educloud", BaseUrl = "", ClientId = "", ClientSecret = new Secret("", "") },
        Feeds = [.. Compared.Where(feed => feeds.Types.Contains(feed.Type)).Select(feed => Plan(feed.Name, feed.Type, feed.Settings))],
    };

    private static FeedSetup Plan(string name, string type, FeedSettings settings) => new()
    {
        Name = name,
        Type = type,
        Settings = settings,
        Delivery = new SftpSettings { Type = "sftp", Host = "", Username = "", HostKeys = [] },
    };
}
