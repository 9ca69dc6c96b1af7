using System.Globalization;
using System.Text;
using CsvHelper;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// What <c>demographics.csv</c> may say of protection, where there is such a file: ids and the sender's own columns are copied into the snapshot, and nothing of
/// what the form itself has there.
/// </summary>
internal static class DemographicMarkings
{
    public static async Task StoreAsync(CsvPackage package, CsvCheck check, SnapshotWriter snapshot, CancellationToken ct)
    {
        try
        {
            await using var content = package.Open(CsvForm.Demographics.Name);
            if (content is not null)
            {
                using var page = new SpooledPage();
                var rows = Copy(content, page.Input);
                var (stored, gzipped) = page.Store(rows);
                snapshot.Restart(CsvForm.Demographics.Name);
                await snapshot.AddAsync(CsvForm.Demographics.Name, stored, gzipped, ct);
            }
        }
        catch (CsvFileException e)
        {
            check.Add(e.Error);
        }
        catch (InvalidDataException)
        {
            check.Add(new CsvError(CsvForm.Demographics.Name, 0, "", "cannot be unpacked", IsFatal: true));
        }
    }

    private static int Copy(Stream content, Stream to)
    {
        using var csv = new OneRosterRows(CsvForm.Demographics, content);
        using var copy = new CsvWriter(new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true), CultureInfo.InvariantCulture);
        var rows = 0;
        Write(copy, csv.Extensions.Prepend("sourcedId"));
        for (; csv.Read(); rows++)
        {
            Write(copy, csv.Extensions.Select(column => csv[column]).Prepend(csv["sourcedId"]));
        }

        return rows;
    }

    private static void Write(CsvWriter copy, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            copy.WriteField(field);
        }

        copy.NextRecord();
    }
}
