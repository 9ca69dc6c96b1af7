using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>
/// Which files say what the receiver may have. Every delivery of an institution names all that it knew before, so the newest one that was begun
/// is enough; until the receiver has confirmed it, whom it was to forget counts as known.
/// </summary>
internal static class ImportState
{
    public static IReadOnlyList<KnownFile> After(IReadOnlyList<KnownFile> before, SentFiles sent)
    {
        var institutions = before.Select(file => file.Name).Concat(sent.Files)
            .Select(name => ImportFile.Parse(name).Institution).Distinct().Order(StringComparer.Ordinal);
        return [.. institutions.SelectMany(institution => After(institution, before, sent))];
    }

    private static IEnumerable<KnownFile> After(string institution, IReadOnlyList<KnownFile> before, SentFiles sent)
    {
        var known = new ImportFile(institution, ImportFileKind.Known);
        var slet = known.Sibling(ImportFileKind.Slet).Name;
        var import = sent.Has(known.Sibling(ImportFileKind.Total).Name) ? known.Sibling(ImportFileKind.Total).Name : known.Sibling(ImportFileKind.Delta).Name;
        if (!sent.IsBegun(import) && !sent.IsBegun(slet))
        {
            return before.Where(file => !file.IsOf(sent.Run) && ImportFile.Parse(file.Name).Institution == institution);
        }

        // A total names nobody that it removes.
        var gone = known.Sibling(ImportFileKind.Gone);
        KnownFile[] forgotten = !sent.Has(gone.Name) ? [] : [sent.Has(slet) ? Of(gone, slet, sent) : Of(gone, import, sent) with { Refused = [] }];
        return [Of(known, import, sent), .. forgotten];
    }

    /// <param name="file">The file that had to be taken for this to be so.</param>
    private static KnownFile Of(ImportFile kept, string file, SentFiles sent) =>
        new(kept.Name, sent.Run, !sent.Has(file) || sent.IsConfirmed(file)) { Refused = sent.RefusedLines(file) };
}
