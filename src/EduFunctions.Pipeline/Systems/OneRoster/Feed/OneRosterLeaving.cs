using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The files that a target was given last, without some persons.</summary>
internal static class OneRosterLeaving
{
    /// <param name="isAll">Whether also when nobody has to go.</param>
    /// <param name="create">Begins the zip; not called where there is nothing to write.</param>
    public static void Write(Stream last, Leavers leavers, RowTest isTelling, bool isAll, Func<Stream> create)
    {
        using var zip = new ZipArchive(last, ZipArchiveMode.Read, leaveOpen: true);
        var (discreet, hasAny) = (new DiscreetRows(isTelling, OneRosterText.Columns), isAll);
        var files = new List<FormFile>();
        foreach (var file in CsvForm.Files)
        {
            if (zip.GetEntry(file.FileName) is { } entry)
            {
                using var content = entry.Open();
                var rows = new RowsWithoutLeavers(leavers, discreet, [file == CsvForm.Users ? "sourcedId" : "userSourcedId"], ["agentSourcedIds"]);
                files.Add(new FormFile(file, rows.Read(content)));
                hasAny |= rows.HasAny;
            }
        }

        if (hasAny)
        {
            OneRosterZip.Write(create(), OneRosterFeedSettings.Bulk, files);
        }
    }
}
