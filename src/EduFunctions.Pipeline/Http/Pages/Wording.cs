using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>How a page speaks to its reader: words, states, codes, times and numbers in words that need no handbook, in the reader's language.</summary>
/// <param name="address">The page itself, where it is to be had in another language.</param>
internal sealed partial class Wording(Language language, CodeSentences sentences, string address)
{
    public Language Language => language;

    public string Address => address;

    /// <summary>What the schools are called that the page tells of.</summary>
    public NamedSchools Schools { get; private init; } = NamedSchools.None;

    /// <summary>The same about other schools.</summary>
    public Wording Naming(NamedSchools schools) => new(language, sentences, address) { Schools = schools };

    /// <summary>Words of ours.</summary>
    public string this[string english] => language[english];

    /// <summary>A sentence of ours; what is put in is encoded, unless it is HTML itself.</summary>
    public Html this[Sentence english]
    {
        get
        {
            var form = language.FormOf(english);
            var html = new Html(form.Weight, form.Places.Count);
            foreach (var (literal, value) in form.Parts(english.Values))
            {
                html.AppendFormatted(literal);
                html.Append(value is Html own ? own : Html.Of($"{language.Shown(value)}"));
            }

            return html;
        }
    }

    /// <summary>A sentence without HTML, for titles and headings.</summary>
    public string Text(Sentence english) => language[english];

    /// <summary>What a record tells.</summary>
    public string Told(string? english) => english is null ? "" : Schools.In(english, language.Told);

    /// <summary>By its id.</summary>
    public string School(string? id) => Schools[id] ?? id ?? this["no school"];

    public string MeaningOf(string code) => sentences.Of(code, language);

    public string AdviceOn(string code) => sentences.AdviceOn(code, language);

    public string Number(int count) => language.Number(count);

    public Html Time(DateTimeOffset? instant, TimeZoneInfo zone) => instant is not { } known
        ? Html.Of($"<span class=\"soft\">–</span>")
        : Html.Of($"<time datetime=\"{known.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{language.Time(TimeZoneInfo.ConvertTime(known, zone).DateTime)}</time>");

    /// <summary>When a run began, by its name: of two on one day the day says too little.</summary>
    public string Beginning(string run, TimeZoneInfo zone) => language.Time(TimeZoneInfo.ConvertTime(RunId.BeginningOf(run), zone).DateTime);

    /// <summary>How far a run has come; of a dry run also that it is one, whatever it came to.</summary>
    public Html Of(RunRecord run) => Html.Of($"{Of(run.State)}{Html.If(run.DryRun && run.State != RunState.DryRun, () => Html.Of($" {Layout.Pill("busy", this["dry run"])}"))}");

    public Html Of(RunState state) => state switch
    {
        RunState.Queued => Layout.Pill("busy", $"… {this["queued"]}"),
        RunState.Extracting => Layout.Pill("busy", $"… {this["extracting"]}"),
        RunState.Transforming => Layout.Pill("busy", $"… {this["transforming"]}"),
        RunState.Exporting => Layout.Pill("busy", $"… {this["exporting"]}"),
        RunState.Delivered => Layout.Pill("good", $"✓ {this["delivered"]}"),
        RunState.DeliveredWithErrors => Layout.Pill("warn", $"! {this["delivered with errors"]}"),
        RunState.Held => Layout.Pill("warn", $"! {this["held"]}"),
        RunState.Failed => Layout.Pill("bad", $"✕ {this["failed"]}"),
        _ => Layout.Pill("good", $"✓ {this["dry run"]}"),
    };

    public Html Of(ReceiptState? state) => state switch
    {
        null => Layout.Pill("busy", $"… {this["not built yet"]}"),
        ReceiptState.SkippedUnchanged => Layout.Pill("good", $"✓ {this["unchanged"]}"),
        ReceiptState.Built => Layout.Pill("good", $"✓ {this["built"]}"),
        ReceiptState.Sent => Layout.Pill("good", $"✓ {this["sent"]}"),
        ReceiptState.Accepted => Layout.Pill("good", $"✓ {this["accepted"]}"),
        ReceiptState.Processed => Layout.Pill("good", $"✓ {this["processed"]}"),
        ReceiptState.ProcessedWithErrors => Layout.Pill("warn", $"! {this["processed with errors"]}"),
        ReceiptState.Failed => Layout.Pill("bad", $"✕ {this["failed"]}"),
        ReceiptState.Held => Layout.Pill("warn", $"! {this["held"]}"),
        _ => Layout.Pill("warn", $"! {this["unknown"]}"),
    };

    /// <summary>Of a target that rests until when, and by whose word.</summary>
    public Html Of(FeedRest rest) => Layout.Pill("busy", $"‖ {Text($"paused until {rest.Until} by {Told(rest.By)}")}");

    public Html Of(FreshnessStatus feed) => feed.State switch
    {
        FreshnessState.Resting => Of(feed.Rest!),
        FreshnessState.Fresh => Layout.Pill("good", $"✓ {Text($"{Age(feed.AgeHours)} old")}"),
        FreshnessState.Waiting => Layout.Pill("busy", $"… {this["no delivery yet"]}"),
        _ => Layout.Pill("bad", $"✕ {(feed.LastGood is null ? Text($"none for {Age(feed.AgeHours)}") : Text($"{Age(feed.AgeHours)} old"))}"),
    };

    public string Of(RowKind kind) => kind switch
    {
        RowKind.Students => this["Students"],
        RowKind.Staff => this["Staff"],
        RowKind.Guardians => this["Guardians"],
        RowKind.Sections => this["Sections"],
        _ => this["Memberships"],
    };

    public string OfStage(string name) => name switch
    {
        "start" => this["start"],
        "extract" => this["extract"],
        "transform" => this["transform"],
        "export" => this["export"],
        _ => name,
    };

    /// <summary>Why a run is held or failed, in a line: a failure before what waits, and of that only what nobody has answered.</summary>
    public string? Reason(RunRecord run)
    {
        var holds = run.State == RunState.Failed ? [] : run.Feeds.SelectMany(feed => feed.OpenHolds).ToList();
        return holds.Count switch
        {
            0 => run.StateReason is { } reason ? Told(reason) : null,
            1 => Told(holds[0].Message),
            _ => Text($"{Told(holds[0].Message)} And {holds.Count - 1} more."),
        };
    }

    private string Age(double hours) => hours < 1 ? this["under 1 h"] : hours < 48 ? Text($"{Math.Round(hours)} h") : Text($"{Math.Round(hours / 24)} days");
}
