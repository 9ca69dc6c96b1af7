using System.ComponentModel;
using System.Text;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A kind of file, or set of files, that a target reads. Pure: the same roster and settings give the same bytes.</summary>
public interface IFeed : IPlugIn
{
    /// <summary>What may be wrong with what it takes of a roster, by the codes under which choosing reports it.</summary>
    IReadOnlyList<FindingKind> Findings => [];

    /// <summary>What everybody has to know who looks at a delivery of the feed; null where there is nothing.</summary>
    string? Caveat => null;

    /// <summary>The setting that decides what people's logins are at the target.</summary>
    string LoginSetting => "username";

    /// <summary>Whether the target ignores a feed it was sent before, so that the same bytes need not be sent again.</summary>
    bool TargetKeepsState(FeedSettings settings);

    /// <summary>Who of the roster is in the feed, and why somebody is not.</summary>
    /// <param name="holders">Who was delivered last with which value that the target wants no two people to have.</param>
    FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders);

    /// <summary>What the target has by a setting that can be switched off, or be another so that the same records are others there.</summary>
    void AddParts(FeedParts parts, FeedSettings settings)
    {
    }

    /// <summary>Writes the feed's files, sorted, in the order in which they are to be delivered.</summary>
    void Render(FeedInput input, FeedFiles files);

    /// <summary>
    /// Writes no more than what takes protected persons out of what the target is known to have, by keys alone: for a night on which nothing else may be
    /// sent. Writes nothing when there is nobody to take out.
    /// </summary>
    /// <param name="input">With tonight's roster, nobody chosen, and as much of what the target has as there is; of a feed that is complete every time its last files.</param>
    void RenderLeaving(FeedInput input, FeedFiles files);

    /// <summary>Whether for that it matters what the target was given last: of what is to be called otherwise there no more than keys and hashes are known.</summary>
    /// <param name="before">What is known of the target.</param>
    bool AsksWhatWasGiven(KnownFiles before) => false;

    /// <summary>The rows of one of the feed's files, to compare two states of the feed.</summary>
    IEnumerable<FeedRow> Rows(string file, Stream content);

    /// <summary>Reads the files back and lists what the target would refuse; a feed with an error is not sent.</summary>
    IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings);

    /// <summary>What the files are written in, so that they can be read for what must not stand in them.</summary>
    Encoding EncodingOf(FeedSettings settings) => Encoding.UTF8;

    /// <summary>What stands in the rows of one of the files, zips inside out; null where everything is to be taken for text of a register.</summary>
    ITypedRows? TypedRowsOf(string file, FeedSettings settings) => null;

    /// <summary>What the feed itself writes into its files, such as titles of columns, roles and words of its settings: nobody is recognised by it.</summary>
    IEnumerable<string> OwnWords(FeedSettings settings) => [];

    /// <summary>Why nothing may be delivered yet, although a dry run makes the files; null when nothing speaks against it.</summary>
    string? Reservation(FeedSettings settings) => null;

    /// <summary>What the target will make of a delivery of these changes, in sentences with counts and days.</summary>
    IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) => [];
}

/// <summary>Settings of a feed; each kind has its own below its feed.</summary>
public abstract record FeedSettings
{
    [Description("True sends the feed even when it equals what was delivered last.")]
    public bool Always { get; init; }

    [Description("Protected students are in the feed under an alias; absent, they are not in it at all.")]
    public Pseudonym? Pseudonymise { get; init; }

    /// <summary>What the feed wants of the source beyond the default.</summary>
    public virtual IEnumerable<string> IdentifierContexts => [];

    /// <summary>Whether guardians are in the feed; where none has them, a source need not be asked for them.</summary>
    internal virtual bool UsesGuardians => false;

    /// <summary>The same without what the tenant asks for beyond the target: who stays as delivered under other settings is measured by the target alone.</summary>
    internal virtual FeedSettings WithoutDemands => this;

    /// <summary>Settings, by key, that may be meant, with what follows from them: told, and no errors.</summary>
    public virtual IEnumerable<(string Key, string Consequence)> Consequences() => [];

    /// <summary>The one type of delivery that does what the feed's files say; null for files that their receiver reads, however they come.</summary>
    public virtual string? CarriedOutBy() => null;

    /// <summary>Settings, by key, that cannot go together with the rest of the tenant file.</summary>
    public virtual IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) => [];
}

/// <summary>All that a feed is made from.</summary>
/// <param name="Selection">What <see cref="IFeed.Choose"/> said of this roster.</param>
/// <param name="Before">What the target may have, for feeds with a memory; empty when nothing was ever sent.</param>
/// <param name="Date">The day of the run.</param>
public sealed record FeedInput(Roster Roster, FeedSelection Selection, FeedSettings Settings, KnownFiles Before, DateOnly Date)
{
    public string Tenant { get; init; } = "";

    /// <summary>The run's name; empty where nothing is delivered.</summary>
    public string Run { get; init; } = "";

    /// <summary>When the run began, or was let through, in the tenant's time zone.</summary>
    public DateTimeOffset Begun { get; init; }

    /// <summary>Whether a protected person would be recognised in what a target has, so that it is not repeated: what goes, goes by keys alone.</summary>
    public RowTest IsTelling { get; init; } = static _ => false;

    /// <summary>The same where nobody else counts who was delivered under the name of a protected person: a row that may tell and does not is a namesake's.</summary>
    public RowTest MayTell { get; init; } = static _ => false;

    /// <summary>What stays is called so where its name tells.</summary>
    public NeutralNaming Neutral { get; init; } = new(id => $"{id}", id => $"{id}");

    /// <summary>By the id it had: the id that a person has from tonight on, where an operator has approved the change. For targets that can rename.</summary>
    public IReadOnlyDictionary<EntityId, EntityId> Renamed { get; init; } = new Dictionary<EntityId, EntityId>();

    /// <summary>Whether a feed that says what has changed is to say everything.</summary>
    public bool IsTotal { get; init; }

    /// <summary>Who and what the register has again, or anew, while the guard holds that back: nobody of them is gone for good.</summary>
    public IReadOnlySet<EntityId> Waiting { get; init; } = new HashSet<EntityId>();

    /// <summary>The first day of which is still remembered who has left: a target that was restored to it may have them again.</summary>
    public DateOnly RemembersSince { get; init; }

    /// <summary>By kind and id as the target knows it: whether what rests there may be deleted for good, as the plan has told and the guard lets through.</summary>
    public Func<string, string, bool> MayDelete { get; init; } = static (_, _) => true;

    /// <summary>Whether nobody knows what the target has: a feed that is complete every time is sent over then, also where nobody in it has to go.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>What the target was given last; null where nobody knows, or the feed does not ask.</summary>
    public GivenRoster? Given { get; init; }

    /// <summary>Whether nobody more may be taken away today, however long ago it was that somebody left.</summary>
    public bool KeepsLeavers { get; init; }
}

/// <summary>What a target was given last, for a night on which nothing else may be sent.</summary>
/// <param name="Was">As it was given, with the settings and the day of then.</param>
/// <param name="Stays">The same without who is protected by now, under names that tell nothing of them.</param>
/// <param name="Telling">Who in it is not known to be protected, and would have somebody recognised who is.</param>
public sealed record GivenRoster(FeedInput Was, FeedInput Stays, IReadOnlyList<EntityId> Telling);

/// <summary>Names that name nobody, in the tenant's language.</summary>
public sealed record NeutralNaming(Func<EntityId, string> School, Func<EntityId, string> Group);

/// <summary>Whether a row, or a value of one, is of some kind.</summary>
public delegate bool RowTest(ReadOnlySpan<byte> row);

/// <summary>A place in a rendered file that breaks a rule of the target. Names columns and ids, never a person's values.</summary>
public sealed record FeedError(string File, int Line, string Column, string Rule)
{
    public override string ToString() => $"{File} line {Line}, {Column}: {Rule}";
}
