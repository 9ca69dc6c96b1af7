using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>Why a person is not in a feed, or not as tonight's roster has them, where neither a rule nor the feed's own finding says it.</summary>
public static class FeedReasons
{
    public const string NotHandedOn = "feed.rules";
    public const string NotInPull = "feed.register";
    public const string Elsewhere = "feed.partial";
    public const string NoSuchRole = "feed.roles";
    public const string Staying = "guard.staying";
    public const string Unchanged = "guard.unchanged";
    public const string Waiting = "guard.waiting";

    public const string Resting = "guard.resting";

    private const string Release = "The run says at the feed what keeps it: a plan that somebody has to answer, nights that the tenant file lets removals wait "
        + "(removeAfterRuns or removeAfterDays), a login name that somebody still has, or a value of the register that was not understood, "
        + "which no approval lets through.";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NotHandedOn, "No role of the person is handed on, so no feed has the person", "See the reasons of the roles: they say what has to be corrected, or from which day on it passes."),
        new(NotInPull, "The register did not hand the person out", "Look whether the person is still in the school register, and whether its interface may hand the school out."),
        new(Elsewhere, "The feed is for other schools or roles", "The feed's schools, roles and rolesBySchool in the tenant file say whom it is for."),
        new(NoSuchRole, "The feed has nobody in the person's role", "The settings of the feed say which roles it takes, such as guardians."),
        new(Staying, "The target keeps the person although tonight's roster is without", Release),
        new(Unchanged, "The target keeps the person as delivered before", Release),
        new(Waiting, "The person is to be added, but waits", Release),
        new(Resting, "The target rests (freeze)", "It goes on by itself on the day that the run names, or when somebody lets it go on before; until then no approval lets anything through."),
    ];

    /// <summary>Whether it says that the guard has kept something back.</summary>
    internal static bool IsOfGuard(string code) => code is Staying or Unchanged or Waiting or Resting;

    /// <summary>What a feed made of a person.</summary>
    internal static FeedExplanation Of(string feed, LedgerEntry entry)
    {
        var notes = entry.NotesOf(feed).ToList();
        return entry.IsIn(feed) || notes.Count > 0
            ? new FeedExplanation(entry.IsIn(feed)) { Reasons = [.. notes.Select(code => new FeedReason(code))] }
            : new FeedExplanation(Included: false) { Reasons = [new FeedReason(Absence(feed, entry))] };
    }

    private static string Absence(string feed, LedgerEntry entry) =>
        entry.Person.Eligible == Eligibility.Roles.None ? NotHandedOn
        : entry.Facts.PartialFeeds.Contains(feed) ? Elsewhere
        : NoSuchRole;
}

/// <param name="Since">The day of the first night on which it was so, where that is kept.</param>
public sealed record FeedReason(string Code, DateOnly? Since = null);
