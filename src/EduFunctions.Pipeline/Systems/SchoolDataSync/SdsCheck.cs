using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Reads the files and lists what School Data Sync would refuse: files, columns, values, references, keys.</summary>
/// <param name="settings">Null for files of others, of which fewer may be.</param>
internal sealed class SdsCheck(SdsSettings? settings) : ITargetCheck
{
    private static readonly string[] Always = [SdsFile.Orgs.Name, SdsFile.Users.Name, SdsFile.Roles.Name];
    private static readonly string[] WithClasses = [SdsFile.Classes.Name, SdsFile.Enrollments.Name];

    public SdsCheck()
        : this(settings: null)
    {
    }

    public string Type => "schoolDataSync";

    public IReadOnlyList<TargetRule> Rules => SdsTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        CheckNames(files, report);
        var tables = new TableCheck(SdsShapes.Form, report);
        foreach (var shape in SdsShapes.All)
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
    }

    private void CheckNames(CheckedFiles files, CheckReport report)
    {
        foreach (var missing in Needed(files).Where(name => files.IsWhole && files.Find(name) is null))
        {
            report.Add(SdsTargetRules.FileMissing, missing);
        }

        foreach (var file in files.All)
        {
            if (SdsFile.Aside.Contains(file.Name))
            {
                report.Note($"{file.Name} is no part of a roster and was not read.");
            }
            else if (SdsFile.All.All(known => known.Name != file.Name))
            {
                report.Add(SdsTargetRules.FileUnknown, file.Path);
            }
        }
    }

    private IEnumerable<string> Needed(CheckedFiles files) =>
        settings is not null ? SdsFile.Of(settings).Select(file => file.Name)
        : WithClasses.Any(name => files.Find(name) is not null) ? [.. Always, .. WithClasses]
        : Always;
}
