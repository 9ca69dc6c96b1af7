using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>
/// What was pulled and the proof that it is whole, written when all of it is stored
/// (<c>snapshots/{tenant}/{run}/manifest.json</c>).
/// </summary>
public sealed record SnapshotManifest
{
    private const string LookUpSuffix = "-lookup";
    private const string ChangesSuffix = "-changes";

    /// <summary>Changes may be seen a little later than they are dated, and clocks differ: what came shortly before a pull is asked for once more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    public required string Tenant { get; init; }

    public required string Run { get; init; }

    /// <summary>The kind of source.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Finished { get; init; }

    /// <summary>The day that the run was for; null for releases that did not note it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Date { get; init; }

    /// <summary>Always true: an incomplete pull has no manifest.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Ending of the pages' names: <c>json.gz</c> or <c>xml.gz</c>.</summary>
    public required string Extension { get; init; }

    /// <summary>SHA-256 over the hashes of all pages, in the order of the collections' names and of their pages.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows of the last complete pull that was not held; null when there was none.</summary>
    public LastPull? Previous { get; init; }

    public required SortedDictionary<string, CollectionManifest> Collections { get; init; }

    /// <summary>Length of all answers.</summary>
    [JsonIgnore]
    public long Bytes => Collections.Values.Sum(collection => collection.Pages.Sum(page => page.Bytes));

    /// <summary>When the source gave its first answer, by its own clock; null where it told none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Clock { get; init; }

    /// <summary>SHA-256 of what the tenant file says of the source; null for releases that did not note it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Settings { get; init; }

    /// <summary>The pull that changes were applied to; null for a full pull.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PullBasis? Basis { get; init; }

    /// <summary>What was changed before is in this pull; later changes have to be asked for. By the clock, of the source or of ours, that is behind.</summary>
    [JsonIgnore]
    public DateTimeOffset Horizon => (Clock < Started ? Clock.Value : Started) - Margin;

    /// <param name="name">The blob's.</param>
    /// <exception cref="UnreadableBlobException">It is damaged.</exception>
    internal static SnapshotManifest Parse(string name, ReadOnlySpan<byte> json) => StoredJson.Parse<SnapshotManifest>(
        Containers.Snapshots, name, json, "Put it back from a backup, or run again: the next run makes a pull of its own.");

    /// <summary>What is special about this pull.</summary>
    public IReadOnlyList<PullNote> Notes { get; init; } = [];

    /// <summary>Whether the pull does without the collection, so that what is missing was not removed.</summary>
    public bool Skips(string collection) => Notes.Any(note => note.Code == PullNote.Skipped && note.Collection == collection);

    /// <summary>Whether the collection's pages do not fit together.</summary>
    public bool IsUnstable(string collection) => Notes.Any(note => note.Code == PullNote.Unstable && note.Collection == collection);

    /// <summary>Whether rows of the collection stand there twice for good.</summary>
    public bool Repeats(string collection) => Notes.Any(note => note.Code == PullNote.Repeated && note.Collection == collection);

    /// <summary>Whether a collection holds what was asked for to complete others: its size says nothing about the source.</summary>
    public static bool IsAside(string collection) =>
        collection.EndsWith(LookUpSuffix, StringComparison.Ordinal) || collection.EndsWith(ChangesSuffix, StringComparison.Ordinal) || collection == Deletions || IsOwn(collection);

    /// <summary>Whether the source has handed out nothing of it.</summary>
    public static bool IsOwn(string collection) => collection is LostReferences or Marks;

    /// <summary>The collection in which the answers lie that say what of a collection has changed.</summary>
    public static string ChangesOf(string collection) => collection + ChangesSuffix;

    /// <summary>The collection whose changes these are; a collection itself for one that holds no changes.</summary>
    public static string ChangedIn(string collection) =>
        collection.EndsWith(ChangesSuffix, StringComparison.Ordinal) ? collection[..^ChangesSuffix.Length] : collection;

    /// <summary>The collection of the answers that say what is gone.</summary>
    public const string Deletions = "deletedEntities";

    /// <summary>The collection of what references of files led to in the pull before, and in this one do not.</summary>
    public const string LostReferences = "lostReferences";

    /// <summary>The collection of what the next pull asks of this one without reading its pages.</summary>
    public const string Marks = "marks";
}

/// <param name="Run">Whose rows were changed.</param>
/// <param name="Full">The full pull that all began with.</param>
/// <param name="Since">What was changed later was asked for.</param>
public sealed record PullBasis(string Run, string Full, DateTimeOffset Since);

/// <param name="Distinct">Different ids among the rows.</param>
/// <param name="Resolved">Different ids of this collection that the pull refers to and has.</param>
/// <param name="Dangling">Different ids of this collection that the pull refers to and does not have.</param>
/// <param name="Pages">In order; a closed chain: each page was asked for with the token that the one before named, the last one names none.</param>
public sealed record CollectionManifest(int Rows, int Distinct, int Resolved, int Dangling, IReadOnlyList<PageManifest> Pages);

/// <param name="Page">Number of the page, from 0.</param>
/// <param name="Rows">Entities on it.</param>
/// <param name="Bytes">Length of the answer body.</param>
/// <param name="Sha256">Of the answer body, before compression.</param>
/// <param name="StoredBytes">Length of the blob.</param>
/// <param name="StoredSha256">Of the blob: proving it whole costs a fraction of proving what it unfolds to.</param>
/// <param name="Token">First 16 hex digits of the SHA-256 of the token it was asked for with; null for a first page.</param>
/// <param name="Next">The same of the token that it names; null for a last page.</param>
/// <param name="CopiedFrom">The earlier run whose answer this is; null for an answer of this run's own.</param>
public sealed record PageManifest(
    int Page, int Rows, long Bytes, string Sha256, long StoredBytes, string StoredSha256, string? Token = null, string? Next = null, string? CopiedFrom = null);

/// <summary>Something about a pull that has to be known wherever it is judged.</summary>
/// <param name="Code">Also the code of the finding.</param>
/// <param name="Message">For the operator: what, why, what to do.</param>
public sealed record PullNote(string Code, string Collection, string Message)
{
    /// <summary>The collection could not be asked for and is not in the pull.</summary>
    public const string Skipped = "pull.skipped";

    /// <summary>The collection is an answer of an earlier run.</summary>
    public const string Reused = "pull.reused";

    /// <summary>The collection's pages do not make one list: whoever is missing there may be there.</summary>
    public const string Unstable = "pull.unstable";

    /// <summary>Rows of the collection stand there twice, and the same ones in the same places whenever it is pulled.</summary>
    public const string Repeated = "pull.repeated";

    /// <summary>Not everybody who is referred to could be asked for.</summary>
    public const string LookUpRefused = "pull.lookUpRefused";

    /// <summary>Somebody whom a look-up has answered for before is not answered for, although still referred to.</summary>
    public const string LookUpSilent = "pull.lookUpSilent";

    /// <summary>A look-up handed out rows that nobody had asked for, and they are passed over.</summary>
    public const string LookUpUnasked = "pull.lookUpUnasked";

    /// <summary>Answers have members beside their rows that nobody knows.</summary>
    public const string MemberUnknown = "pull.memberUnknown";

    /// <summary>The pull of changes before did not have what this full pull has, although it was there by then.</summary>
    public const string ChangesMissed = "pull.changesMissed";

    /// <summary>Changed rows lacked what the rows before had, and keep it.</summary>
    public const string Thin = "pull.thinRows";
}

/// <summary>What the next pull is compared with.</summary>
/// <param name="Rows">By collection.</param>
/// <param name="Failing">Codes of the rules that somebody failed; null when nobody has noted them.</param>
public sealed record LastPull(string Run, SortedDictionary<string, int> Rows, IReadOnlyList<string>? Failing = null);

/// <summary>What a source knows about a collection's ids when all pages are stored.</summary>
public sealed record IdCounts(int Distinct, int Resolved, int Dangling);
