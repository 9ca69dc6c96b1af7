using System.Globalization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>States and times in words that need no handbook.</summary>
internal static class Wording
{
    public static Html Of(RunState state) => state switch
    {
        RunState.Delivered => Layout.Pill("good", "✓ delivered"),
        RunState.DeliveredWithErrors => Layout.Pill("warn", "! delivered with errors"),
        RunState.Held => Layout.Pill("warn", "! held"),
        RunState.Failed => Layout.Pill("bad", "✕ failed"),
        RunState.DryRun => Layout.Pill("good", "✓ dry run"),
        _ => Layout.Pill("busy", $"… {state.ToString().ToLowerInvariant()}"),
    };

    public static Html Of(ReceiptState? state) => state switch
    {
        null => Layout.Pill("busy", "… not built yet"),
        ReceiptState.SkippedUnchanged => Layout.Pill("good", "✓ unchanged"),
        ReceiptState.Built or ReceiptState.Sent or ReceiptState.Accepted or ReceiptState.Processed => Layout.Pill("good", $"✓ {Lower(state)}"),
        ReceiptState.Failed => Layout.Pill("bad", "✕ failed"),
        ReceiptState.Held => Layout.Pill("warn", "! held"),
        _ => Layout.Pill("warn", $"! {Lower(state)}"),
    };

    public static Html Of(FreshnessStatus feed) => feed.State switch
    {
        FreshnessState.Fresh => Layout.Pill("good", $"✓ {Age(feed.AgeHours)} old"),
        FreshnessState.Waiting => Layout.Pill("busy", "… no delivery yet"),
        _ => Layout.Pill("bad", feed.LastGood is null ? $"✕ none for {Age(feed.AgeHours)}" : $"✕ {Age(feed.AgeHours)} old"),
    };

    public static Html Time(DateTimeOffset? instant, TimeZoneInfo zone) => instant is not { } known
        ? Html.Of($"<span class=\"soft\">–</span>")
        : Html.Of($"<time datetime=\"{known.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{TimeZoneInfo.ConvertTime(known, zone):yyyy-MM-dd HH:mm}</time>");

    public static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u00a0');

    /// <summary>Why a run is held or failed, in a line: what the guard holds is told at its feed, with the plan.</summary>
    public static string? Reason(RunRecord run)
    {
        var holds = run.Feeds.SelectMany(feed => feed.Holds).ToList();
        return holds.Count switch
        {
            0 => run.StateReason,
            1 => holds[0].Message,
            _ => $"{holds[0].Message} And {holds.Count - 1} more.",
        };
    }

    private static string Age(double hours) => hours < 1 ? "under 1 h" : hours < 48 ? $"{hours:0} h" : $"{hours / 24:0} days";

    private static string Lower(ReceiptState? state) => state switch
    {
        ReceiptState.ProcessedWithErrors => "processed with errors",
        _ => state.ToString()!.ToLowerInvariant(),
    };
}
