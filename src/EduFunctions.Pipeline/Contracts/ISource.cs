using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A system that is read.</summary>
public interface ISource : IPlugIn
{
    /// <summary>Who of what it says is handed on.</summary>
    RuleBook Rules { get; }

    /// <summary>What may be wrong with its rows beyond <see cref="FindingCodes"/>.</summary>
    IReadOnlyList<FindingKind> Findings => [];

    /// <summary>The open enumerations with the values it knows.</summary>
    Vocabularies MakeVocabularies();

    /// <summary>Ending of the stored answers' names: <c>json.gz</c> or <c>xml.gz</c>.</summary>
    string PageExtension { get; }

    /// <summary>
    /// Pulls into the snapshot until all is there or <paramref name="sliceEnds"/> is cancelled; true when complete. May be called again
    /// at any point and goes on from the last whole page. Throws <see cref="RunHeldException"/> for what a retry cannot cure.
    /// </summary>
    Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct);

    /// <summary>The rows of a complete snapshot; depends on nothing but its bytes, so an old snapshot can be replayed.</summary>
    Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct);

    /// <summary>The rows of its units, with what they are called, and of nothing else where a source can read them alone.</summary>
    Task<SourceData> ReadUnitsAsync(Snapshot snapshot, CancellationToken ct) => ReadAsync(snapshot, new ReadOptions(), ct);

    /// <summary>Adds to the data by what its protected persons would be recognised, where reading has passed over it.</summary>
    Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct);

    /// <summary>Adds to the data of another night by what these people would have been recognised in this pull, and who answered for them.</summary>
    Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct);
}

/// <summary>Settings of a source; each kind has its own below its source.</summary>
public abstract record SourceSettings
{
    [Description("The kind of source.")]
    public required string Type { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("A collection that shrank by more than this share since the last complete pull holds the run.")]
    public int MaxShrinkPercent { get; init; } = 50;

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("More than this share of one property's values that cannot be understood, or of the persons with a marking that cannot, and at least ten, hold the run; of single "
        + "values targets keep what they have, and single markings protect. Half of the persons with such markings, and at least three, hold it whatever stands here.")]
    public int MaxNotUnderstoodPercent { get; init; } = 5;

    [Description("What this register writes for Ingen, the whole of it, in whatever case, such as None, false or 0. Whoever bears it is not protected, and is taken out of the memory "
        + "as by Ingen: the data protection officer decides. A word of protection may stand in it only beside a plain no, and a plain yes not at all.")]
    public IReadOnlyList<string> NoMarking { get; init; } = [];

    [Description("What this register writes for protection beside the standard's Sekretessmarkering and Skyddad folkbokföring, the whole of it, in whatever case, such as Kod 6. Whoever "
        + "bears it is protected, however many do.")]
    public IReadOnlyList<string> ProtectionWords { get; init; } = [];

    [Description("Whether the source says what has changed since a pull, for sync --changed and ChangesSchedule: SS 12000 registers with meta.modified.after and deletedEntities.")]
    public bool Changes { get; init; }

    /// <summary>Whether any source of this kind says what has changed.</summary>
    internal virtual bool MaySayChanges => false;

    /// <summary>Whether the register has eduPersonPrincipalNames at all.</summary>
    internal virtual bool HasPrincipalNames => true;

    /// <summary>What the people of its schools speak, as ISO 639 has it: of words that stand in for a name.</summary>
    internal virtual string Language => "sv";

    /// <summary>Collections without which there is no school: a source that hands out none of one has lost it.</summary>
    internal virtual IReadOnlyList<string> NeverEmpty => [];

    /// <summary>Why there can be no lookups inside a login with this source, by JSON path; empty when there can.</summary>
    public virtual IEnumerable<(string Path, string Cause)> ContradictionsOf(LoginSettings logins) =>
        [("$.logins", "needs a source of type unilogin: its institutions are asked about, with its certificate or password")];

    /// <summary>Settings, by key, that cannot go together with each other or the rest of the tenant file.</summary>
    public virtual IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) => [];
}
