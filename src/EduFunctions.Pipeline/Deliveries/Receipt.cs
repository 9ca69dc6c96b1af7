using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Pipeline.Deliveries;

/// <param name="State">What the feed comes to all the same.</param>
/// <param name="Reason">Why nothing else may be sent.</param>
public sealed record LeavingOnly(ReceiptState State, string Reason);

/// <summary>What became of one feed of one run (<c>feeds/{tenant}/{run}/{feed}/receipt.json</c>).</summary>
public sealed record Receipt
{
    public required string Tenant { get; init; }

    public required string Run { get; init; }

    /// <summary>The run's number when the delivery was begun.</summary>
    public int Number { get; init; }

    public required string Feed { get; init; }

    public required string Type { get; init; }

    public required ReceiptState State { get; init; }

    /// <summary>What an operator should know when the state is not a good one.</summary>
    public string? Reason { get; init; }

    /// <summary>Why only those who have become protected were taken out; null for a feed that is as it was planned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stopped { get; init; }

    /// <summary>By whose word the target rests, so that nothing was sent; null for one that does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedRest? Rest { get; init; }

    /// <summary>What has to be known of the feed, whatever became of it.</summary>
    public string? Caveat { get; init; }

    public required string Target { get; init; }

    /// <summary>Whose delivery it is.</summary>
    [JsonIgnore]
    public TargetKey Key => TargetKey.Of(Target, Type);

    /// <summary>Times that sending was begun.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? Finished { get; init; }

    public required IReadOnlyList<FeedFile> Files { get; init; }

    /// <summary>The files as they were before they were encrypted, which is never twice the same; null for files that travel as they are.</summary>
    public IReadOnlyList<FeedFile>? Contents { get; init; }

    /// <summary>Where the roster lies that the files were made of.</summary>
    public DeliveredRoster? Roster { get; init; }

    /// <summary>Hash of the plan that was approved, or refused, for this delivery.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether what the guard held went out with it.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Whether its message failed for good, so that the delivery goes on only when somebody takes the run up again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsGivenUp { get; init; }

    /// <summary>Whether what came where something was held was taken back by it, because an operator refused the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRefused { get; init; }

    /// <summary>Whether the target may have taken anything of it: a step was begun that cannot be taken back, and it did not say that it has not.</summary>
    [JsonIgnore]
    public bool IsTried => Attempts > 0 && (Progress.Count > 0 || IsDelivered);

    /// <summary>Whether it carries out an operator's answer.</summary>
    [JsonIgnore]
    public bool IsAnswered => IsReleased || IsRefused;

    /// <summary>
    /// Why nothing went out but what takes protected persons out of the target; null for an ordinary delivery. What the target may have besides stays on
    /// record as it was.
    /// </summary>
    public LeavingOnly? Leaving { get; init; }

    /// <summary>The target's own name for what it received.</summary>
    public string? Reference { get; init; }

    /// <summary>The target's own counts, if it gives any.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Files that stay here, for later nights.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The same with their hashes; null in receipts of releases that did not note them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedFile>? KeptFiles { get; init; }

    /// <summary>How far the delivery has come, for those that go file by file.</summary>
    public IReadOnlyList<FileProgress> Progress { get; init; } = [];

    /// <summary>Whether the feed needs no more work: until then a repeated stage goes on with the stored files.</summary>
    [JsonIgnore]
    public bool IsFinal => Finished is not null;

    /// <summary>Whether the target has what the files say, by this delivery or the one before.</summary>
    [JsonIgnore]
    public bool IsDelivered => State is not (ReceiptState.Built or ReceiptState.Failed or ReceiptState.Held);

    /// <summary>Whether the next night is compared with it. A void approval leaves what was delivered before, and perhaps a later run's delivery after it.</summary>
    [JsonIgnore]
    public bool IsMilestone => IsDelivered && IsAnswered == (Approval is not null);

    /// <summary>Whether the target is known to be up to date; what nobody confirms is not.</summary>
    [JsonIgnore]
    public bool IsGood => IsDelivered && State != ReceiptState.Unknown;
}
