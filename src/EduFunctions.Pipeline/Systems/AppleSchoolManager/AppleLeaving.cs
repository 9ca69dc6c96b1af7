using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The zip that Apple was given last, without some persons: for nights on which nothing else may be sent.</summary>
internal sealed class AppleLeaving(ZipArchive last, Predicate<string> isLeaving, RowTest isTelling)
{
    private const string Instructor = "instructor_id";

    private static readonly string[] PersonColumns = ["person_id", "student_id"];

    private readonly IdSet _addresses = new();

    /// <summary>Whether anybody is in it who has to go, or a name that tells.</summary>
    public bool HasAny
    {
        get
        {
            var discreet = new DiscreetRows(isTelling, AppleFile.Typed);
            return last.Entries.Any(entry => Rows(entry, discreet).Any(row => row.IsLeaving || row.Emptied.Count > 0)) || discreet.HasAny;
        }
    }

    public void Write(FixedZip zip)
    {
        var discreet = new DiscreetRows(isTelling, AppleFile.Typed);
        foreach (var entry in last.Entries)
        {
            using var stream = zip.Create(entry.FullName);
            using var csv = new CsvWriter(stream, AppleContent.Format);
            foreach (var row in Rows(entry, discreet).Where(row => !row.IsLeaving))
            {
                foreach (var (column, value) in row.Values.Index())
                {
                    csv.Value(row.Emptied.Contains(column) ? default : Kept(Encoding.UTF8.GetBytes(value), column == row.AddressColumn));
                }

                csv.EndRow();
            }
        }
    }

    /// <summary>As an earlier release has written it, in which Apple may have been given what it is not given today.</summary>
    private ReadOnlySpan<byte> Kept(ReadOnlySpan<byte> value, bool isAddress) =>
        isAddress && !value.IsEmpty && !_addresses.AddIgnoringCase(value) ? default
        : AppleLimits.Takes(value) ? value
        : isAddress ? AppleText.Address(value)
        : AppleText.NameOfThing(value);

    /// <summary>Each with its header first, which nobody is in.</summary>
    private IEnumerable<Row> Rows(ZipArchiveEntry entry, DiscreetRows discreet)
    {
        using var stream = entry.Open();
        var csv = new CsvReader(stream, (byte)',');
        var header = csv.Read() ? Values(csv) : [];
        yield return new Row(header, false, [], -1);
        var address = Array.IndexOf(header, AppleFile.Email);
        while (csv.Read())
        {
            var values = Values(csv);
            var found = values.Index().Where(value => value.Index < header.Length && value.Item.Length > 0 && isLeaving(value.Item)).ToList();
            if (found.Exists(value => PersonColumns.Contains(header[value.Index])))
            {
                yield return new Row(values, true, [], address);
            }
            else if (discreet.Of(header, values) is { } kept)
            {
                yield return new Row(
                    kept, false, [.. found.Where(value => header[value.Index].StartsWith(Instructor, StringComparison.Ordinal)).Select(value => value.Index)], address);
            }
        }
    }

    private static string[] Values(CsvReader csv) => [.. Enumerable.Range(0, csv.Count).Select(value => Encoding.UTF8.GetString(csv[value]))];

    /// <param name="Emptied">Columns in which somebody stands beside others, such as one of several instructors.</param>
    private sealed record Row(IReadOnlyList<string> Values, bool IsLeaving, IReadOnlyList<int> Emptied, int AddressColumn);
}
