using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Verifying;

namespace EduFunctions.Pipeline.Incidents;

/// <summary>What happened with one person, or in one run, for whoever has to report it: ids, times, addresses and hashes, no name and no value of anybody.</summary>
/// <param name="Noticed">When somebody became aware of it: the times that laws give run from there.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="Record">Whether the record it is taken from is as it was sealed; null where that could not be asked.</param>
public sealed record IncidentReport(
    string Tenant, string? Person, string? Run, DateTimeOffset Noticed, DateTimeOffset Made, IReadOnlyList<IncidentRun> Runs, VerificationResult? Record)
{
    /// <summary>What people did with these runs, and who has asked about the person; newest first.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Why the record could not be verified.</summary>
    public string? NotVerified { get; init; }

    /// <summary>By when who has to be told. The month is counted from the 72 hours' report at the latest.</summary>
    public IReadOnlyList<IncidentDeadline> Deadlines =>
    [
        new("early warning (cybersecurity)", Noticed.AddHours(24)),
        new("notification (cybersecurity), and report of a personal data breach", Noticed.AddHours(72)),
        new("final report (cybersecurity)", Noticed.AddHours(72).AddMonths(1)),
    ];

    /// <summary>Targets that were given the person, or what the run made.</summary>
    public IEnumerable<string> Recipients => Runs.SelectMany(run => run.Feeds).Where(feed => feed.IsGiven).Select(feed => feed.Target!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

public sealed record IncidentDeadline(string For, DateTimeOffset Until);

/// <param name="Configuration">SHA-256 of the tenant file.</param>
/// <param name="Person">What was decided on the person; null for a whole run, and where the run came to no decision or it is gone.</param>
public sealed record IncidentRun(
    string Run, RunTrigger Trigger, string? Reason, DateTimeOffset Started, DateTimeOffset? Finished, RunState State, string? StateReason, string Configuration,
    IncidentPerson? Person, IReadOnlyList<IncidentFeed> Feeds);

/// <param name="InPull">Whether the register handed the person out.</param>
/// <param name="Roles">Those that were handed on.</param>
/// <param name="Reasons">Codes of what spoke against the others.</param>
public sealed record IncidentPerson(bool InPull, IReadOnlyList<string> Roles, IReadOnlyList<string> Reasons);

/// <param name="Chosen">Whether the feed had the person; null where nobody can tell, and for a whole run.</param>
/// <param name="InFiles">Whether the id stands in the files that are kept; null where they are gone or encrypted, and for a whole run.</param>
/// <param name="Decision">Who let the plan through, or refused it, and when.</param>
public sealed record IncidentFeed(
    string Name, string Type, string? Target, ReceiptState? State, DateTimeOffset? Finished, int Attempts, bool? Chosen, bool? InFiles, string? Decision, IReadOnlyList<FeedFile> Files)
{
    /// <summary>Whether the target was given it, as far as anybody can tell.</summary>
    public bool IsGiven => Target is not null && (InFiles ?? Chosen ?? true)
        && State is ReceiptState.Sent or ReceiptState.Accepted or ReceiptState.Processed or ReceiptState.ProcessedWithErrors or ReceiptState.Unknown;
}
