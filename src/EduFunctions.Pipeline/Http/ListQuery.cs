using System.Globalization;
using EduFunctions.Pipeline.Listing;

namespace EduFunctions.Pipeline.Http;

/// <summary>Which rows of a list are wanted, as the address says behind its question mark.</summary>
/// <param name="Feed">Whose plan.</param>
/// <param name="Code">Of a rule, a finding or a change; null for any.</param>
/// <param name="School">Id of a school; null for any.</param>
/// <param name="Kind">What ids are ones of, such as <c>students</c>; null for any.</param>
/// <param name="WithNames">Whether rows of a plan say also what people are called.</param>
/// <param name="Page">From 1.</param>
public sealed record ListQuery(string? Feed, string? Code, string? School, string? Kind, bool WithNames, int Page)
{
    public const int RowsOfPage = 200;

    public static ListQuery Of(ApiCall call) => new(
        Given(call, "feed"), Given(call, "code"), Given(call, "school"), Given(call, "kind"), call.Query("names") == "true",
        int.TryParse(call.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1);

    /// <summary>What narrows the list down, for the record.</summary>
    public IEnumerable<string> Told => new[] { Code, School, Kind, WithNames ? "names" : null }.OfType<string>();

    public RunList Choose(RunList list) => list.Of(Code, School, Kind);

    /// <summary>The rows of the page; of one behind the last there are none.</summary>
    public IEnumerable<ListedRow> OnPage(RunList list) => list.Rows.Skip((int)Math.Min((long)(Page - 1) * RowsOfPage, list.Rows.Count)).Take(RowsOfPage);

    public static int PagesOf(RunList list) => Math.Max(1, (list.Rows.Count + RowsOfPage - 1) / RowsOfPage);

    /// <summary>The same question once more, behind an address.</summary>
    public override string ToString() => string.Join('&', new (string Name, string? Value)[]
    {
        ("feed", Feed), ("code", Code), ("school", School), ("kind", Kind), ("names", WithNames ? "true" : null), ("page", Page > 1 ? $"{Page}" : null),
    }.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    /// <summary>A form sends what is not chosen as empty.</summary>
    private static string? Given(ApiCall call, string name) => call.Query(name) is { Length: > 0 } value ? value : null;
}
