using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Reads the six files and lists what Apple would refuse: files, columns, syntax, required values, references, unique ids.</summary>
/// <param name="settings">What a tenant asks for beyond Apple.</param>
internal sealed class AppleCheck(AppleSettings settings) : ITargetCheck
{
    public AppleCheck()
        : this(new AppleSettings())
    {
    }

    public string Type => "appleSchoolManager";

    public IReadOnlyList<TargetRule> Rules => AppleTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        CheckNames(files, report);
        var tables = new TableCheck(AppleShapes.Form, report);
        foreach (var shape in AppleShapes.Of(settings.RequiredColumns))
        {
            if (files.Find(shape.Name) is { } file)
            {
                tables.Read(shape, shape.Name, file.Open());
            }
        }
    }

    private static void CheckNames(CheckedFiles files, CheckReport report)
    {
        foreach (var file in AppleFile.All.Where(file => files.IsWhole && files.Find(file.Name) is null))
        {
            report.Add(AppleTargetRules.FileMissing, file.Name);
        }

        foreach (var file in files.All)
        {
            if (AppleFile.All.All(known => known.Name != file.Name))
            {
                report.Add(AppleTargetRules.FileUnknown, file.Path);
            }
            else if (file.IsInFolder)
            {
                report.Add(AppleTargetRules.Folder, file.Path);
            }
        }
    }
}
