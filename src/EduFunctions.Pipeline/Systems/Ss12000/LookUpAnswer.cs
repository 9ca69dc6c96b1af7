namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What a look-up came to: an answer, or, without one, ids to be asked for in smaller numbers.</summary>
/// <param name="Refusal">The status that says that this key pair may not look up.</param>
internal sealed record LookUpAnswer(LookedUp? Page, int? Refusal)
{
    /// <summary>The answer would be too large.</summary>
    public static LookUpAnswer TooLarge { get; } = new(null, null) { IsTooLarge = true };

    /// <summary>At least one of the ids is not known, and some sources then tell of none; or there is no look-up.</summary>
    public static LookUpAnswer Unknown { get; } = new(null, null);

    public bool IsTooLarge { get; private init; }

    public static LookUpAnswer Refused(int status) => new(null, status);
}

/// <param name="HasMore">Whether the answer names another page.</param>
internal sealed record LookedUp(FetchedPage Fetched, bool HasMore);
