using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>One school owner: a source, who may be handed on, and the feeds. Bound strictly: what is not named here is refused.</summary>
public sealed record Tenant
{
    private const string ReasonsAsked = "asked";
    private const string ReasonsRequired = "required";

    public const string NamePattern = "^[a-z0-9-]{1,40}$";

    [JsonPropertyName("$schema")]
    [Description("Where the schema of this file lies; for editors only.")]
    public string? Schema { get; init; }

    [RegularExpression(NamePattern, ErrorMessage = "must be 1 to 40 of a-z, 0-9 and hyphen")]
    [Description("The tenant's name in paths, commands and the API.")]
    public required string Id { get; init; }

    [Description("The tenant's name for people.")]
    public required string Name { get; init; }

    [Description("False leaves the tenant out of the night.")]
    public bool Enabled { get; init; } = true;

    [TimeZone]
    [Description("IANA name of the time zone whose calendar day the rules use.")]
    public string TimeZone { get; init; } = "Europe/Stockholm";

    [AllowedValues("sv", "da", "en", ErrorMessage = "must be \"sv\", \"da\" or \"en\"")]
    [Description("The language of alarms, mails and what is to be corrected: sv, da or en. The status page is in the browser's.")]
    public string Language { get; init; } = "en";

    [AllowedValues(ReasonsAsked, ReasonsRequired, ErrorMessage = "must be \"asked\" or \"required\"")]
    [Description("Whether who releases or refuses a plan, lifts a limit, or takes a person out of everything has to say why: asked or required. It goes on record with the name.")]
    public string Reasons { get; init; } = ReasonsAsked;

    public bool RequiresReasons() => Reasons == ReasonsRequired;

    [Description("The school administration system that is read.")]
    public required SourceSettings Source { get; init; }

    [Description("Who may be handed on.")]
    public EligibilitySettings Eligibility { get; init; } = new();

    [Description("Which sensitive attributes may be handed on, and how long answers are kept.")]
    public PrivacySettings Privacy { get; init; } = new();

    [Description("How much may go and change in one night without an operator.")]
    public GuardSettings Guard { get; init; } = new();

    [Description("Who is told when something is held, failed or stale.")]
    public AlarmSettings Alarms { get; init; } = new();

    [Description("Who gets by mail what is to be corrected in the register; absent nobody does.")]
    public RegistrarSettings? Registrars { get; init; }

    [Description("What is written and where it is delivered.")]
    public required IReadOnlyList<FeedSetup> Feeds { get; init; }

    [Description("Lookups about the person who is logging in now; only with a source of type unilogin. Absent there are none.")]
    public LoginSettings? Logins { get; init; }

    /// <summary>Null when there is none of this name.</summary>
    public FeedSetup? FindFeed(string name) => Feeds.FirstOrDefault(feed => feed.Name == name);

    /// <exception cref="RunHeldException">There is none of this name.</exception>
    [Told]
    public FeedSetup FeedOf(string name) => FindFeed(name)
        ?? throw new RunHeldException($"The feed {name} is no longer in the tenant file. Repeat the run.");

    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(TimeAt(instant).DateTime);

    /// <summary>When a day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(TimeZone).GetUtcOffset(midnight));
    }

    /// <summary>The same instant with the tenant's offset.</summary>
    public DateTimeOffset TimeAt(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
}

/// <summary>One feed of a tenant: what is written, how, and where it goes.</summary>
public sealed record FeedSetup
{
    // A day, and two hours for a night that is slower than the one before.
    public const int DefaultFreshnessHours = 26;

    [RegularExpression(Tenant.NamePattern, ErrorMessage = "must be 1 to 40 of a-z, 0-9 and hyphen")]
    [Description("The feed's name in paths, unique within the tenant.")]
    public required string Name { get; init; }

    [Description("The kind of feed.")]
    public required string Type { get; init; }

    // Always set: a file without it gets the kind's defaults (FeedSetupConverter).
    [Description("Settings of this kind of feed.")]
    public FeedSettings Settings { get; init; } = null!;

    [Description("Where and how the files are delivered.")]
    public required DeliverySettings Delivery { get; init; }

    [Description("False leaves the feed out of every run: its target gets nothing, and nobody is taken out of it either.")]
    public bool Enabled { get; init; } = true;

    [Description("Lets the target rest until a day; absent it does not.")]
    public FeedFreeze? Freeze { get; init; }

    /// <summary>What an operator says of it beside the file; null for nothing.</summary>
    internal FeedFreeze? Ordered { get; init; }

    /// <summary>Whose word that is; null where nobody knows.</summary>
    internal string? OrderedBy { get; init; }

    /// <summary>Whatever says that the target rests; each of them counts.</summary>
    internal IEnumerable<FeedFreeze> Freezes => new[] { Freeze, Ordered }.OfType<FeedFreeze>();

    /// <summary>By whose word it rests so; null when it does not.</summary>
    internal FeedRest? FindRest(Predicate<FeedFreeze> rests) =>
        Freeze is { } filed && rests(filed) ? FeedRest.OfFile(filed)
        : Ordered is { } ordered && rests(ordered) ? FeedRest.OfOperator(ordered, OrderedBy)
        : null;

    /// <summary>Everybody's word by which anything of it waits on a day.</summary>
    internal IEnumerable<FeedRest> RestsOn(DateOnly day) =>
        new[] { Freeze?.IsOn(day) == true ? FeedRest.OfFile(Freeze) : null, Ordered?.IsOn(day) == true ? FeedRest.OfOperator(Ordered, OrderedBy) : null }.OfType<FeedRest>();

    [Description("Ids or codes of the schools the feed is for, with all below them; absent means all.")]
    public IReadOnlyList<string>? Schools { get; init; }

    [Description("Roles the feed is for: student, staff, guardian; absent means all.")]
    public IReadOnlyList<string>? Roles { get; init; }

    [Description("Roles at some schools, by id or code with all below them, where they are others, as { \"<id or code>\": [\"staff\"] }.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? RolesBySchool { get; init; }

    /// <summary>Whether it is made of a part of the run's roster only.</summary>
    internal bool IsPartial => Schools is not null || Roles is not null || RolesBySchool is not null;

    /// <summary>Whether it is made of less, or of others, than the run's roster has.</summary>
    internal bool HasOwnRoster => IsPartial || Settings.Pseudonymise is not null;

    /// <summary>What the feed's secrets hold and cannot be used, by key: the feed's own trouble, while the file is right and the tenant's other feeds go on.</summary>
    internal IEnumerable<(string Key, string Cause)> UnusableSecrets() =>
    [
        .. Settings.Pseudonymise?.UnusableSecrets().Select(each => ($"settings.pseudonymise.{each.Key}", each.Cause)) ?? [],
        .. Delivery.UnusableSecrets().Select(each => ($"delivery.{each.Key}", each.Cause)),
    ];

    /// <summary>Settings, by key, that cannot be used.</summary>
    internal IEnumerable<(string Key, string Cause)> Contradictions() =>
    [
        .. Unknown("roles", Roles ?? []),
        .. (RolesBySchool ?? new Dictionary<string, IReadOnlyList<string>>()).SelectMany(school => Unknown($"rolesBySchool.{school.Key}", school.Value)),
        .. Roles is { Count: 0 } ? [("roles", "must name at least one role; leave it out for all")] : Array.Empty<(string, string)>(),
        .. Schools is { Count: 0 } ? [("schools", "must name at least one school; leave it out for all")] : Array.Empty<(string, string)>(),
    ];

    private static IEnumerable<(string Key, string Cause)> Unknown(string key, IEnumerable<string> roles) => roles
        .Where(role => !RoleNames.All.ContainsKey(role))
        .Select(role => (key, $"unknown role \"{role}\"; known are {string.Join(", ", RoleNames.All.Keys)}"));

    [Range(1, 8760, ErrorMessage = "must be 1 to 8760")]
    [Description("Hours after the last good delivery from which the feed counts as stale.")]
    public int FreshnessHours { get; init; } = DefaultFreshnessHours;
}

public sealed record PrivacySettings
{
    [Description("Must be false: no feed has a column for addresses, so they reach neither rosters nor feeds.")]
    public bool IncludeAddress { get; init; }

    [Description("Whether civic numbers may reach rosters and feeds.")]
    public bool IncludeCivicNumber { get; init; }

    [Range(1, 3650, ErrorMessage = "must be 1 to 3650")]
    [Description("Days after which the source's answers are deleted.")]
    public int SnapshotRetentionDays { get; init; } = 30;

    [Range(1, 3650, ErrorMessage = "must be 1 to 3650")]
    [Description("Days after which rosters, decisions and files of feeds are deleted; what targets were given last stays.")]
    public int RosterRetentionDays { get; init; } = 90;
}
