using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Which files say what Learn may have. A file with its gone rows names all that was known before it, so the newest one that was begun is
/// enough; until it is confirmed all its rows count, also those that were to be disabled. Never is anything forgotten that is not confirmed, nor taken for
/// moved.
/// </summary>
internal static class BlackboardState
{
    public static IReadOnlyList<KnownFile> After(IReadOnlyList<KnownFile> before, SentFiles sent, BlackboardSettings settings) =>
        [.. LearnObject.All.SelectMany(kind => After(kind, before, sent, settings))];

    /// <summary>What Learn was told to purge it has no more, although nothing else is said of it before another night.</summary>
    public static IReadOnlyList<KnownFile> AfterLeaving(IReadOnlyList<KnownFile> before, SentFiles sent)
    {
        var told = LearnObject.All.Where(kind => sent.Has(kind.PurgedFile) && LearnMove.IsWorkedThrough(sent.ProgressOf(kind.DeleteFile))).ToList();
        return [.. before.Where(file => told.TrueForAll(kind => file.Name != kind.PurgedFile)), .. told.Select(kind => new KnownFile(kind.PurgedFile, sent.Run, LearnMove.IsPurged(kind, sent)))];
    }

    private static List<KnownFile> After(LearnObject kind, IReadOnlyList<KnownFile> before, SentFiles sent, BlackboardSettings settings)
    {
        var former = before.Where(file => !file.IsOf(sent.Run) && LearnObject.OfFile(file.Name) == kind).ToList();
        if (sent.Has(kind.MovedFile) && !LearnMove.MayBeMade(sent.ProgressOf(kind.MovedFile)))
        {
            return former;
        }

        var isOpen = LearnMove.IsOpen(kind, sent, IsOpen(kind, former));
        var isPersonOpen = LearnMove.IsOpen(LearnObject.Person, sent, IsOpen(LearnObject.Person, before.Where(file => !file.IsOf(sent.Run))));
        var isBegun = sent.IsBegun(kind.File) || sent.IsBegun(kind.NewFile) || (sent.Has(kind.MovedFile) && !isOpen);

        // What others have brought to Learn is there whether or not we say that something left.
        if (isBegun || !sent.Has(kind.File) || settings.OperationOf(kind) == BlackboardSettings.Delete)
        {
            return [.. isOpen ? Moving(kind, sent) : [], .. Written(kind, sent, settings, isPersonOpen), .. Kept(kind, sent, former), .. isOpen ? [] : Moved(kind, sent)];
        }

        return isOpen ? [.. Moving(kind, sent), .. Kept(kind, sent, former)]
            : IsRekeyed(kind, sent) && !isPersonOpen ? [new KnownFile(kind.MovingFile, sent.Run, IsConfirmed: false), .. Kept(kind, sent, former)]
            : former;
    }

    private static bool IsOpen(LearnObject kind, IEnumerable<KnownFile> before) => before.Any(file => file.Name == kind.MovedFile && !file.IsConfirmed);

    /// <summary>It is known until the next delivery, should this one come to nothing otherwise.</summary>
    private static KnownFile[] Moved(LearnObject kind, SentFiles sent) => sent.Has(kind.MovedFile) ? [new(kind.MovedFile, sent.Run, IsConfirmed: true)] : [];

    private static List<KnownFile> Moving(LearnObject kind, SentFiles sent) =>
        [new(kind.MovingFile, sent.Run, IsConfirmed: false), new(kind.MovedFile, sent.Run, IsConfirmed: false)];

    private static IEnumerable<KnownFile> Written(LearnObject kind, SentFiles sent, BlackboardSettings settings, bool isPersonOpen)
    {
        var state = settings.StateOf(kind);
        if (sent.Has(state))
        {
            var isSilent = settings.IsRefreshed(kind) && LearnMove.AnyRefused(sent.Progress.Values);
            var isConfirmed = (!sent.Has(kind.File) || sent.IsConfirmed(kind.File)) && !isSilent;
            yield return new KnownFile(state, sent.Run, isConfirmed)
            {
                IsLost = kind.IsSentOnce && sent.Has(kind.File) && !LearnMove.IsWorkedThrough(sent.ProgressOf(kind.File)),
            };
            if ((kind == LearnObject.Person || kind == LearnObject.Course) && state != kind.File && sent.Has(kind.File) && settings.IsRefreshed(kind))
            {
                // The other one has keys alone, and who leaves is to give up a login name, and what tells its name.
                yield return new KnownFile(kind.File, sent.Run, isConfirmed);
            }
        }

        if (Deleted(kind, sent, isPersonOpen) is { } deleted)
        {
            yield return new KnownFile(deleted, sent.Run, IsConfirmed: false);
        }

        if (sent.Has(kind.DoubtedDeleteFile) && !LearnMove.IsOutOfDoubt(kind, sent))
        {
            yield return new KnownFile(kind.DoubtedDeleteFile, sent.Run, IsConfirmed: false);
        }

        // Of those who were to give up a login name, it is not known who has.
        if (sent.ProgressOf(kind.AsideFile)?.State is ReceiptState.ProcessedWithErrors && !sent.IsConfirmed(kind.File))
        {
            yield return new KnownFile(kind.AsideFile, sent.Run, IsConfirmed: false);
        }
    }

    /// <summary>
    /// The keys that Learn is told to delete once more; none where it has. What it was told to purge before and refuses now is not there, or is not ours: a
    /// third time says nothing else. While keys of people are in doubt, what was told to go is told every night, and not for the first time.
    /// </summary>
    private static string? Deleted(LearnObject kind, SentFiles sent, bool isPersonOpen) =>
        !sent.Has(kind.DeleteFile) ? null
        : isPersonOpen && sent.Has(kind.FormerDeleteFile) ? kind.DeleteFile
        : LearnMove.IsGone(kind, sent) ? null
        : !kind.IsPurged || !LearnMove.IsWorkedThrough(sent.ProgressOf(kind.DeleteFile)) ? kind.DeleteFile
        : sent.Has(kind.GoingFile) ? kind.GoingFile
        : null;

    /// <summary>What is known of earlier days beside what Learn has now.</summary>
    private static IEnumerable<KnownFile> Kept(LearnObject kind, SentFiles sent, IReadOnlyList<KnownFile> former) =>
        new[] { kind.FormerKeysFile, kind.LoginsFile }.Where(sent.Has).Select(name => new KnownFile(name, sent.Run, IsConfirmed: true)).Concat(Gone(kind, sent, former));

    /// <summary>Who is told in vain to go is in another file as well, and so told again; what is called otherwise in vain is in the former one.</summary>
    private static IEnumerable<KnownFile> Gone(LearnObject kind, SentFiles sent, IReadOnlyList<KnownFile> former) =>
        sent.Has(kind.NeutralFile) && !sent.IsConfirmed(kind.NeutralFile) && former.Any(file => file.Name == kind.GoneFile) ? former.Where(file => file.Name == kind.GoneFile)
        : sent.Has(kind.GoneFile) ? [new KnownFile(kind.GoneFile, sent.Run, IsConfirmed: true)]
        : [];

    /// <summary>Whether people whom its records name have other keys from tonight on.</summary>
    private static bool IsRekeyed(LearnObject kind, SentFiles sent) =>
        kind.NamesPersons && sent.Has(kind.MovingFile) && LearnMove.MayBeMade(sent.ProgressOf(LearnObject.Person.MovedFile));
}
