using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Checking;

/// <summary>The check of a feed before it is sent: no breach is small enough.</summary>
internal static class FeedCheck
{
    public static IReadOnlyList<FeedError> Errors(ITargetCheck check, FeedFiles feed)
    {
        var report = new CheckReport(isOurs: true);
        using var files = CheckedFiles.Of(feed);
        check.Check(files, report);
        return [.. report.Breaches.Select(breach => new FeedError(breach.File, breach.Line, breach.Column, $"{CheckReport.Text(breach)} [{breach.Rule.Code}]"))];
    }
}
