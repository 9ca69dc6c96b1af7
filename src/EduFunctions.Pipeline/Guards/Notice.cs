namespace EduFunctions.Pipeline.Guards;

public enum NoticeCode
{
    /// <summary>So many have become protected at once that the marking may be a mistake.</summary>
    ManyProtected,

    /// <summary>The feed goes to another address than before.</summary>
    TargetChanged,

    /// <summary>The feed goes on where one of another name was.</summary>
    FeedRenamed,

    /// <summary>Protected persons are in a target to which no feed goes any more.</summary>
    TargetLeft,

    /// <summary>What was delivered last is lost; the plan is against an earlier delivery.</summary>
    BaselineSurmised,

    /// <summary>Another tenant has delivered to the target.</summary>
    TargetOfAnother,

    /// <summary>Texts that were read in a wrong encoding go out, since nothing better is known.</summary>
    TextDamaged,

    /// <summary>The target rests, so that somebody stays in it or is not there yet.</summary>
    TargetRests,

    /// <summary>People wait for a login that somebody has who stays.</summary>
    LoginWaits,

    /// <summary>What was sealed is cut, gone or another chain.</summary>
    SealsLost,

    /// <summary>Which blobs say what was delivered last and cannot be read, and what to do.</summary>
    BaselineBlobs,

    /// <summary>A setting that decides when the target deletes for good is another than when it was last delivered to.</summary>
    TermChanged,

    /// <summary>What was to be deleted for good rests on, since the target rests.</summary>
    DeletionsRest,
}

/// <summary>Something that nobody has to release and somebody should know before it is too late.</summary>
public sealed record Notice(NoticeCode Code, string Message);
