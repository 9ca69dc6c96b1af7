using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary><c>manifest.csv</c>: which files there are, and whether they hold everything.</summary>
[Told]
internal static class CsvManifest
{
    public const string Name = "manifest";

    public const string VersionProperty = "oneroster.version";

    private const string Everything = "bulk";

    public static string PropertyOf(string file) => $"file.{file}";

    public static IEnumerable<CsvError> Errors(Stream content)
    {
        Dictionary<string, (string Value, int Line)> properties;
        CsvError? problem = null;
        try
        {
            properties = Read(content);
        }
        catch (CsvFileException e)
        {
            (properties, problem) = ([], e.Error);
        }
        catch (Exception e) when (e is CsvHelperException or DecoderFallbackException or InvalidDataException)
        {
            (properties, problem) = ([], Error(0, "", "is no CSV in UTF-8"));
        }

        return problem is not null ? [problem] : Errors(properties);
    }

    private static IEnumerable<CsvError> Errors(Dictionary<string, (string Value, int Line)> properties)
    {
        var version = properties.GetValueOrDefault(VersionProperty);
        if (version.Value != CsvForm.Version)
        {
            yield return Error(version.Line, VersionProperty, $"must be {CsvForm.Version}, which is the version of these files");
        }

        foreach (var file in CsvForm.Files)
        {
            var mode = properties.GetValueOrDefault(PropertyOf(file.Name));
            if (mode.Value != Everything)
            {
                yield return Error(mode.Line, PropertyOf(file.Name), $"must be {Everything}: a roster needs the file, and all of it");
            }
        }
    }

    private static Dictionary<string, (string Value, int Line)> Read(Stream content)
    {
        using var csv = new CsvParser(new StreamReader(content, new UTF8Encoding(false, true)), new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180 });
        var properties = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        while (csv.Read())
        {
            properties[csv.Record![0]] = (csv.Record.ElementAtOrDefault(1) ?? "", csv.RawRow);
        }

        return properties;
    }

    private static CsvError Error(int line, string field, string rule) => new(Name, line, field, rule, IsFatal: true);
}
