using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Which files say what Learn may have. A file with its gone rows names all that was known before it, so the newest one that was begun is
/// enough; until it is confirmed all its rows count, also those that were to be disabled. Never is anything forgotten that is not confirmed.
/// </summary>
internal static class BlackboardState
{
    public static IReadOnlyList<KnownFile> After(IReadOnlyList<KnownFile> before, SentFiles sent, BlackboardSettings settings) =>
        [.. LearnObject.All.SelectMany(kind => After(kind, before, sent, settings))];

    private static IEnumerable<KnownFile> After(LearnObject kind, IReadOnlyList<KnownFile> before, SentFiles sent, BlackboardSettings settings)
    {
        var isBegun = sent.IsBegun(kind.File) || sent.IsBegun(kind.NewFile) || sent.IsConfirmed(kind.MovedFile);
        var isConfirmed = !sent.Has(kind.File) || sent.IsConfirmed(kind.File);

        // What others have brought to Learn is there whether or not we say that something left.
        if (!isBegun && !isConfirmed && settings.OperationOf(kind) != BlackboardSettings.Delete)
        {
            return before.Where(file => !file.IsOf(sent.Run) && LearnObject.OfFile(file.Name) == kind);
        }

        var state = settings.StateOf(kind);
        var known = new List<KnownFile>();
        if (sent.Has(state))
        {
            known.Add(new KnownFile(state, sent.Run, isConfirmed));
        }

        if (sent.Has(kind.DeleteFile) && !sent.IsConfirmed(kind.DeleteFile))
        {
            known.Add(new KnownFile(kind.DeleteFile, sent.Run, IsConfirmed: false));
        }

        return known;
    }
}
