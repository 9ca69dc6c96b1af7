using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What has changed since the last delivery. The first time, and when everything is asked for, that is everything, as bulk.</summary>
internal sealed class OneRosterDelta(FeedInput input)
{
    private const string Active = "active";

    private readonly string _modified = input.Begun.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    private readonly List<KnownFormRow> _known = [];

    public void Write(OneRosterContent content, FeedFiles files, string name)
    {
        var isBulk = input.IsTotal || input.Before.Find(OneRosterKnown.FileName) is null;
        using var known = OneRosterKnown.Of(input.Before);
        var all = content.Files;
        var changed = all.Select(file => new FormFile(file.File, Changes(file, known))).ToList();
        if (isBulk || changed.Any(file => file.Rows.Any()))
        {
            Forget(isBulk ? [] : changed, files);
            OneRosterZip.Write(files.Create(name), isBulk ? OneRosterFeedSettings.Bulk : OneRosterFeedSettings.Delta, isBulk ? all : changed);
            Rfc4180.Write(files.Keep(OneRosterKnown.FileName), _known.Select(row => row.Fields));
        }
    }

    /// <summary>Takes away what is known of whoever leaves, by keys alone, and says otherwise what stays and tells of them.</summary>
    public void WriteLeaving(Leavers leavers, FeedFiles files, string name)
    {
        foreach (var person in input.Given?.Telling ?? [])
        {
            leavers.Add(Encoding.UTF8.GetBytes(person.ToString()));
        }

        var (known, otherwise) = (OneRosterKnown.Read(input.Before.Find(OneRosterKnown.FileName)!).ToLookup(row => row.File), OneRosterOtherwise.Of(input));
        List<FormFile> changed = [.. CsvForm.Files.Select(file => new FormFile(file, [.. known[file.Name].Select(row => Left(file, row)).OfType<string[]>()]))];
        if (changed.Exists(file => file.Rows.Any()))
        {
            Forget(changed, files);
            OneRosterZip.Write(files.Create(name), OneRosterFeedSettings.Delta, changed);
        }

        string[]? Left(CsvFile file, KnownFormRow row) =>
            IsOf(leavers, row) ? Removed(file, row)
            : otherwise.TryFind(row) is { } other ? Changed(file, other, Active)
            : null;
    }

    /// <summary>What the target is to take away it knows by a key, which may tell of somebody.</summary>
    private void Forget(IEnumerable<FormFile> files, FeedFiles all)
    {
        foreach (var value in files.SelectMany(file => file.Rows).Where(row => row[1] == OneRosterRemoval.Status).SelectMany(row => row).Distinct())
        {
            all.Forget(Encoding.UTF8.GetBytes(value), input.IsTelling);
        }
    }

    private static bool IsOf(Leavers leavers, KnownFormRow row) =>
        (row.File == CsvForm.Users.Name && Has(leavers, row.Id))
        || (row.File == CsvForm.Roles.Name && Has(leavers, UserIn(CsvForm.Roles, row)))
        || (row.File == CsvForm.Enrollments.Name && Has(leavers, UserIn(CsvForm.Enrollments, row)));

    private static bool Has(Leavers leavers, string id) => leavers.Has(Encoding.UTF8.GetBytes(id));

    private static string UserIn(CsvFile file, KnownFormRow row)
    {
        var removed = OneRosterRemoval.Of(file, row.Id, row.Needed);
        return removed[FormRow.Place(file, "userSourcedId")];
    }

    /// <summary>Tonight's rows and the known ones side by side, both in the order of their ids.</summary>
    private List<string[]> Changes(FormFile file, OneRosterKnown known)
    {
        var changes = new List<string[]>();
        foreach (var row in file.Rows)
        {
            TakeUpTo(row[0], file.File, known, changes);
            var tonight = KnownFormRow.Of(file.File, row, KnownMark.Kept);
            var isKnown = known.Current is { } there && there.File == file.File.Name && there.Id == row[0];
            if (!isKnown || !known.Has(tonight))
            {
                tonight = tonight with { Mark = KnownMark.Brought };
                changes.Add(Changed(file.File, row, Active));
            }

            _known.Add(input.IsTotal ? tonight with { Mark = KnownMark.Brought } : tonight);
            if (isKnown)
            {
                known.Next();
            }
        }

        TakeUpTo(null, file.File, known, changes);
        return changes;
    }

    /// <summary>What is known and no longer there.</summary>
    /// <param name="id">Of the row at which to stop; null for the end of the file.</param>
    private void TakeUpTo(string? id, CsvFile file, OneRosterKnown known, List<string[]> changes)
    {
        while (known.Current is { } gone && gone.File == file.Name && (id is null || string.CompareOrdinal(gone.Id, id) < 0))
        {
            _known.Add(gone with { Mark = KnownMark.Taken });
            changes.Add(Removed(file, gone));
            known.Next();
        }
    }

    private string[] Removed(CsvFile file, KnownFormRow row) => Changed(file, OneRosterRemoval.Of(file, row.Id, row.Needed), OneRosterRemoval.Status);

    private string[] Changed(CsvFile file, string[] row, string status)
    {
        var changed = row.ToArray();
        (changed[FormRow.Place(file, "status")], changed[FormRow.Place(file, "dateLastModified")]) = (status, _modified);
        return changed;
    }
}
