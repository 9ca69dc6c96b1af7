using System.Globalization;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>When each stage of a run was at work, and for how long.</summary>
internal static class RunTimeline
{
    private const double Width = 100;
    private const double Least = 0.75;

    public static Html Of(Wording words, RunRecord run, TimeZoneInfo zone)
    {
        var end = run.Stages.Select(stage => stage.Finished ?? stage.Started).Append(run.Finished ?? run.Started).Max();
        var whole = Math.Max((end - run.Started).TotalSeconds, 1);
        return Layout.Card(words["Stages"], Html.Of(
            $"""
            <ul class="rows timeline">{Html.Each(run.Stages, stage => Stage(words, stage, run.Started, whole, zone))}</ul>
            {Html.If(run.Finished is not null, () => Html.Of($"<p class=\"soft\">{words[$"All together {Length(run.Finished!.Value - run.Started)}."]}</p>"))}
            """));
    }

    /// <summary>Hours, minutes and seconds, as every language writes them.</summary>
    public static string Length(TimeSpan time) => time.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture);

    private static Html Stage(Wording words, StageTime stage, DateTimeOffset started, double whole, TimeZoneInfo zone)
    {
        var from = Math.Clamp((stage.Started - started).TotalSeconds / whole * Width, 0, Width - Least);
        var length = Math.Max(((stage.Finished ?? stage.Started) - stage.Started).TotalSeconds / whole * Width, Least);
        return Html.Of(
            $"""
            <li><span>{words.OfStage(stage.Name)} <strong>{(stage.Finished is { } finished ? Length(finished - stage.Started) : "…")}</strong></span>
            <span class="soft">{words.Time(stage.Started, zone)} – {words.Time(stage.Finished, zone)}</span>
            <svg viewBox="0 0 {Width} 3" preserveAspectRatio="none" aria-hidden="true"><rect class="one" x="{from:0.##}" width="{length:0.##}" height="3"/></svg></li>
            """);
    }
}
