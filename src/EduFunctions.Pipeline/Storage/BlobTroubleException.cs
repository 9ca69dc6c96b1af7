using Azure;

namespace EduFunctions.Pipeline.Storage;

/// <summary>Something is wrong with one blob of our own. That is its tenant's trouble alone; the message names the blob and says what to do about it.</summary>
public abstract class BlobTroubleException(string message, Exception? cause) : Exception(message, cause)
{
    /// <summary>Whether whoever asks again meets the same: of a storage that was silent once nobody knows what lies there.</summary>
    public virtual bool IsLasting => true;
}

/// <summary>A blob is cut or damaged.</summary>
public sealed class UnreadableBlobException(string container, string name, string remedy, Exception? cause = null)
    : BlobTroubleException($"The blob {container}/{name} cannot be read: it is cut or damaged. {remedy}", cause);

/// <summary>The storage does not give a blob, or takes none in its place: whatever the reason, nobody else has done anything to it.</summary>
public sealed class RefusedBlobException : BlobTroubleException
{
    private const string Waiting = "Try again in a minute.";

    private RefusedBlobException(string message, Exception? cause, bool isAnswered)
        : base(message, cause) => IsLasting = isAnswered;

    /// <summary>Whether the storage has said no, and not only kept silent or asked for time.</summary>
    public override bool IsLasting { get; }

    /// <param name="cause">What the storage's client has thrown.</param>
    public static RefusedBlobException Of(string container, string name, Exception cause)
    {
        var answer = cause as RequestFailedException ?? (cause as AggregateException)?.InnerException as RequestFailedException;
        var isAnswered = answer is { Status: >= 400 and < 500 and not (408 or 429) };
        return new RefusedBlobException(
            answer is { Status: > 0 }
                ? $"The storage refuses the blob {container}/{name} ({answer.Status} {answer.ErrorCode}). {(isAnswered ? Remedy(answer) : Waiting)}"
                : $"The storage does not answer for the blob {container}/{name}. {Waiting}",
            cause, isAnswered);
    }

    /// <summary>Of a blob that others have written before each try.</summary>
    public static RefusedBlobException Overtaken(string container, string name) =>
        new($"The blob {container}/{name} is written by somebody else all the time. {Waiting}", cause: null, isAnswered: true);

    /// <summary>Of a lease of which no answer comes while it counts.</summary>
    public static RefusedBlobException Late(string container, string name) =>
        new($"The storage answers for the blob {container}/{name} so late that the answer may be over. {Waiting}", cause: null, isAnswered: false);

    /// <summary>What the storage's client throws when it comes to no answer, or to one that nobody expects.</summary>
    internal static bool IsOne(Exception e, CancellationToken ct) =>
        e is RequestFailedException or AggregateException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private static string Remedy(RequestFailedException answer) => answer switch
    {
        { Status: 401 or 403 } => "Look at the app's role at the storage account, and at the account's firewall (docs/azure.md).",
        { ErrorCode: "BlobArchived" or "BlobBeingRehydrated" } => "Bring it back from the archive: the blobs of this app belong in the hot tier.",
        _ => "See that no lease and no immutability policy lies on it, then run again.",
    };
}
