using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Listing;

/// <summary>A row as it may be shown: who is protected by now was perhaps not yet when its texts were stored. Pure.</summary>
internal static class DiscreetRow
{
    /// <param name="isTelling">Whether a text tells of somebody who is protected; null where nobody can say, so that no name is shown.</param>
    public static ListedRow Of(ListedRow row, Predicate<string>? isTelling)
    {
        return row with
        {
            Id = Id(row.Id),
            RefersTo = Id(row.RefersTo),
            School = Id(row.School),
            SchoolName = row.SchoolName is { } name && (isTelling is null || isTelling(name)) ? null : row.SchoolName,
            Columns = row.Columns?.Select(column => column with { Before = Text(column.Before), Now = Text(column.Now) }).ToList(),
        };

        // A uuid tells of nobody, and is what somebody is found by.
        string? Id(string? id) => id is null || Guid.TryParse(id, out _) ? id : Text(id);

        string? Text(string? text) => text is not null && isTelling is not null && isTelling(text) ? Discretion.Withheld : text;
    }
}
