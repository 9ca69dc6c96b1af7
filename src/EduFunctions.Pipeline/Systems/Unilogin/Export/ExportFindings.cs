using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>What only Unilogin's export can have wrong.</summary>
internal static class ExportFindings
{
    public const string GroupUndeclared = "group.undeclared";
    public const string InstitutionEmpty = "institution.empty";
    public const string SchoolYearOutdated = "schoolYear.outdated";
    public const string SourceUndeclared = "source.undeclared";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(GroupUndeclared, "A person is in a group that the institution does not declare",
            "The person is in a group that the institution does not declare: correct it in the administrative system that imports to Unilogin."),
        new(InstitutionEmpty, "The institution has no persons and no groups",
            "The institution has no persons and no groups: ask it whether its administrative system imports to Unilogin."),
        new(SchoolYearOutdated, "A student comes from an import of an earlier school year",
            "The student comes from an import of an earlier school year than the institution's latest: renew that import, or end it."),
        new(SourceUndeclared, "A person names an import that the document does not list",
            "The person names an import source that the document does not list; report it to STIL when it lasts."),
        new(PullNote.Skipped, "The school was not read",
            "The school has no agreement for the package: approve it in Tilslutning, or take the school from the tenant file."),
        new(PullNote.Reused, "An earlier answer of the day was used for the school",
            "The school had no call left today, so an earlier answer of the day was used; the next night pulls anew."),
    ];
}
