using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Whether the records of an object are where they were to be moved. Learn counts errors and names no rows, and counts as one, too, what it has moved before:
/// so where a moved file had errors, the object's own file tells, which names all records as they are to be.
/// </summary>
internal static class LearnMove
{
    /// <summary>Perhaps moved, perhaps not: it is moved again before anything else.</summary>
    /// <param name="isAgain">Whether it had been open before this delivery.</param>
    public static bool IsOpen(LearnObject kind, SentFiles sent, bool isAgain) =>
        sent.Has(kind.MovedFile) && (AnyLeft(kind, sent) || (!sent.IsConfirmed(kind.MovedFile) && !IsSettled(kind, sent, isAgain)));

    /// <summary>
    /// Whether Learn has deleted what it was told to. Of a record that was named by more than one key, because nobody knew which of them it had, it has refused
    /// all but one; and whatever was told to go before, and is refused under each of its keys now, is not there.
    /// </summary>
    public static bool IsGone(LearnObject kind, SentFiles sent)
    {
        if (!sent.Has(kind.FormerDeleteFile))
        {
            return sent.IsConfirmed(kind.DeleteFile);
        }

        var (now, former) = (sent.ProgressOf(kind.DeleteFile), sent.ProgressOf(kind.FormerDeleteFile));
        return IsWorkedThrough(now) && IsWorkedThrough(former) && (now!.Errors + former!.Errors <= former.Rows || !sent.Has(kind.GoingFile));
    }

    /// <summary>Whether Learn does not have what it was told to purge: it has worked through it, or refuses what it was told before.</summary>
    public static bool IsPurged(LearnObject kind, SentFiles sent) =>
        sent.IsConfirmed(kind.DeleteFile) || (kind.IsPurged && IsWorkedThrough(sent.ProgressOf(kind.DeleteFile)) && !sent.Has(kind.GoingFile));

    /// <summary>
    /// Whether what Learn has never said it has is not there: it has deleted it, or refuses it for a second time. The first time, what it was to be made by may lie
    /// in Learn's queue still.
    /// </summary>
    public static bool IsOutOfDoubt(LearnObject kind, SentFiles sent) =>
        sent.IsConfirmed(kind.DoubtedDeleteFile) || (IsWorkedThrough(sent.ProgressOf(kind.DoubtedDeleteFile)) && !sent.Has(kind.GoingFile));

    public static bool IsWorkedThrough(FileProgress? file) => file is { State: ReceiptState.Processed or ReceiptState.ProcessedWithErrors };

    /// <summary>Whether Learn may have moved records: not where it has not taken the file.</summary>
    public static bool MayBeMade(FileProgress? moved) => moved is { State: not ReceiptState.Failed };

    /// <summary>Whether records of any object may not be where they were to be moved.</summary>
    public static bool AnyOpen(KnownFiles before) => before.Names.Any(name => LearnObject.IsMovedFile(name) && !before.IsConfirmed(name));

    /// <summary>While records may be where they were, silence about them must disable nothing.</summary>
    public static bool AnyRefused(IEnumerable<FileProgress> files) => files.Any(file => LearnObject.IsMovedFile(file.Name) && file.State == ReceiptState.ProcessedWithErrors);

    /// <summary>Whether somebody who left meanwhile may be there under a key that nobody would know any more.</summary>
    private static bool AnyLeft(LearnObject moved, SentFiles sent) =>
        (moved == LearnObject.Person ? LearnObject.All : [moved]).Any(kind => sent.Has(kind.FormerDeleteFile) && !IsGone(kind, sent));

    private static bool IsSettled(LearnObject kind, SentFiles sent, bool isAgain)
    {
        if (sent.ProgressOf(kind.MovedFile) is not { State: ReceiptState.ProcessedWithErrors } moved || !IsThere(kind.SourceFile, sent))
        {
            return false;
        }

        // Where all have been moved before, none can be moved now, and what is wrong with a few others is no matter of keys.
        return sent.ProgressOf(kind.File) is { } own
            ? own.IsConfirmed() || (own.State == ReceiptState.ProcessedWithErrors && moved.Errors >= moved.Rows && own.Errors < moved.Rows)
            : isAgain && !sent.Has(kind.File);
    }

    /// <summary>Whether Learn has taken at least some rows of a file; where it is the same with all of them, that they are as they are to be.</summary>
    private static bool IsThere(string file, SentFiles sent) =>
        !sent.Has(file) || sent.IsConfirmed(file) || (sent.ProgressOf(file) is { State: ReceiptState.ProcessedWithErrors } through && through.Errors < through.Rows);
}
