using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What became of a line: done, refused, or to be looked at again.</summary>
/// <param name="Refusal">In words of ours; of what is looked at again, for when it stays so.</param>
[Told]
internal sealed record ScimOutcome(string? Refusal, bool IsAgain = false)
{
    public static readonly ScimOutcome Done = new(Refusal: null);

    public static readonly ScimOutcome LacksOthers = new("it refers to what the server does not have");

    public static readonly ScimOutcome Unseen =
        new("nothing there bears an externalId, so that nobody knows whether the user is gone: have whoever keeps the server look, since it may be somebody protected");

    public static readonly ScimOutcome ListUntold =
        new("the server does not tell whom the group has and takes whole resources alone, so that others in it could be lost");

    /// <summary>Whether somebody else there has what nobody may have twice.</summary>
    public bool IsTaken { get; private init; }

    /// <param name="isWhole">Whether the server has all that it refers to.</param>
    public static ScimOutcome Taken(bool isWhole) => isWhole ? Done : LacksOthers;

    /// <param name="attributes">That are not as they were asked for.</param>
    public static ScimOutcome Undone(ScimAnswer answer, IEnumerable<string> attributes) => new($"{answer} without doing it ({string.Join(", ", attributes)})");

    public static ScimOutcome Again(ScimAnswer answer) => new($"{answer} again and again", IsAgain: true);

    public static ScimOutcome Refused(ScimAnswer answer) =>
        new(answer.Status is 403 ? "403, which may be a right of the token"
            : answer is { Status: ScimAnswer.Conflict, Keyword: "uniqueness" } ? $"{answer}, which may be a user name that somebody else has there"
            : answer.ToString())
        {
            IsTaken = answer.Status == ScimAnswer.Conflict || answer.Keyword == "uniqueness",
        };

    /// <summary>Of a user of whom only the user name was refused.</summary>
    public ScimOutcome OfUserName() => this with { Refusal = $"{Refusal}: only the user name stays another there" };

    /// <summary>Of several of one id: what is to be looked at again, else what was refused.</summary>
    public static ScimOutcome Of(IReadOnlyCollection<ScimOutcome> outcomes) =>
        outcomes.FirstOrDefault(outcome => outcome.IsAgain) ?? outcomes.FirstOrDefault(outcome => outcome.Refusal is not null) ?? Done;
}
