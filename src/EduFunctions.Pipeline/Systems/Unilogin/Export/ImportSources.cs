using System.Globalization;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>The imports a document is made of, each of a school year: that with the greatest start counts.</summary>
internal sealed class ImportSources
{
    private readonly Dictionary<string, int> _years = new(StringComparer.Ordinal);
    private int _greatest;

    /// <returns>False for a school year that is none.</returns>
    public bool Add(string? source, string? schoolYear)
    {
        var isYear = int.TryParse(schoolYear?.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year);
        _years[source ?? ""] = Math.Max(year, _years.GetValueOrDefault(source ?? ""));
        _greatest = Math.Max(_greatest, year);
        return isYear;
    }

    public bool Declares(string? source) => _years.ContainsKey(source ?? "");

    /// <summary>Whether what comes from here is of an earlier school year than the institution's latest.</summary>
    public bool IsOutdated(string? source) => _years.TryGetValue(source ?? "", out var year) && year < _greatest;
}
