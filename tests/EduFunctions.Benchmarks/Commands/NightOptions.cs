using System.CommandLine;
using EduFunctions.Benchmarks.Nights;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>Options of commands that go through nights.</summary>
internal static class NightOptions
{
    private const string All = "all";

    public static Option<string[]> Feeds(params string[] usual)
    {
        var feeds = new Option<string[]>("--feeds")
        {
            Description = $"Feeds of each tenant: {string.Join(", ", NightFeeds.Names)}; or {All} of them.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => usual,
        };
        return feeds.AcceptOnlyFromAmong([.. NightFeeds.Names, All]);
    }

    public static Option<bool> NoRepeats() => new("--no-repeats") { Description = "Nobody stands on two pages of the source, whose persons are otherwise pulled once more and compared." };

    public static IReadOnlyList<string> NamesOf(string[] feeds) => feeds.Contains(All) ? NightFeeds.Names : feeds;
}
