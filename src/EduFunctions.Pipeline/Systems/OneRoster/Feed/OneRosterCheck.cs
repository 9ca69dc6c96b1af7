using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Reads the files and lists what breaks the form: files and manifest, columns, values, references, unique ids.</summary>
internal sealed class OneRosterCheck : ITargetCheck
{
    private static readonly string ManifestFile = OneRosterShapes.Manifest.Name;

    private static readonly (string Property, string Value)[] Versions = [(CsvManifest.VersionProperty, CsvForm.Version), ("manifest.version", "1.0")];

    public string Type => "oneRosterCsv";

    public IReadOnlyList<TargetRule> Rules => OneRosterTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        var tables = new TableCheck(OneRosterShapes.Form, report);
        foreach (var strange in files.All.Where(file => file.Name != ManifestFile && !CsvForm.AllNames.Contains(Path.GetFileNameWithoutExtension(file.Name))))
        {
            report.Add(OneRosterTargetRules.FileUnknown, strange.Path);
        }

        var isDelta = CheckManifest(files, tables);
        foreach (var shape in OneRosterShapes.Of(isDelta))
        {
            if (files.Find(shape.Name) is { } file)
            {
                tables.Read(shape, shape.Name, file.Open());
            }
            else if (files.IsWhole)
            {
                tables.Expect(shape.Name);
            }
        }

        foreach (var other in files.All.Where(file => CsvForm.AllNames.Except(CsvForm.Files.Select(known => known.Name)).Contains(Path.GetFileNameWithoutExtension(file.Name))))
        {
            report.Note($"{other.Name} is no part of a roster and was not read.");
        }
    }

    /// <returns>Whether the files say what has changed: all do, or none.</returns>
    private static bool CheckManifest(CheckedFiles files, TableCheck tables)
    {
        if (files.Find(ManifestFile) is not { } manifest)
        {
            if (files.IsWhole)
            {
                tables.Report.Add(OneRosterTargetRules.ManifestMissing, ManifestFile);
            }

            return false;
        }

        tables.Read(OneRosterShapes.Manifest, ManifestFile, manifest.Open());
        var properties = Properties(manifest);
        var mode = properties.ContainsValue(OneRosterFeedSettings.Delta) ? OneRosterFeedSettings.Delta : OneRosterFeedSettings.Bulk;
        foreach (var (property, _) in Versions.Where(version => properties.GetValueOrDefault(version.Property) != version.Value))
        {
            tables.Report.Add(OneRosterTargetRules.ManifestVersion, ManifestFile, property);
        }

        foreach (var name in CsvForm.AllNames.Where(_ => files.IsWhole))
        {
            var expected = files.Find($"{name}.csv") is null ? OneRosterZip.Absent : mode;
            if (properties.GetValueOrDefault(CsvManifest.PropertyOf(name)) != expected)
            {
                tables.Report.Add(OneRosterTargetRules.ManifestFile, ManifestFile, CsvManifest.PropertyOf(name), $"here {expected}");
            }
        }

        return mode == OneRosterFeedSettings.Delta;
    }

    private static Dictionary<string, string> Properties(CheckedFile manifest)
    {
        using var text = new CheckedText(manifest.Open());
        var csv = new CsvReader(text, (byte)',');
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        while (csv.Read())
        {
            properties[Encoding.UTF8.GetString(csv[0])] = csv.Count > 1 ? Encoding.UTF8.GetString(csv[1]) : "";
        }

        return properties;
    }
}
