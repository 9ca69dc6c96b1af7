using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>What wsaIMPORT asks of a document, as far as that is public, and where it stands.</summary>
internal static class ImportTargetRules
{
    private const string Tables = "STIL, wsaIMPORT (ws10), tables of UNILoginImport";
    private const string Export = "STIL, schema of wsiEKSPORT (ws17), which the import mirrors";
    private const string Protected = "STIL, support page 57573504 (protected persons)";

    public static readonly TargetRule WellFormed = new("uniloginImport/wellFormed", "is no well-formed XML", Tables, Certainty.Stated);

    public static readonly TargetRule Structure = new("uniloginImport/structure", "breaks the schema: an element or attribute is missing, unknown or in the wrong place", Export, Certainty.Inferred);

    public static readonly TargetRule Value = new("uniloginImport/value", "breaks the schema: its value is none of its kind", Export, Certainty.Inferred);

    public static readonly TargetRule SchoolYear = new("uniloginImport/schoolYear", "must be two years, one after the other", Tables, Certainty.Stated);

    public static readonly TargetRule IdTwice = new("uniloginImport/idTwice", "must be unique at the institution", Export, Certainty.Seen);

    public static readonly TargetRule TooLong = new("uniloginImport/tooLong", "has more bytes than the receiver takes: letters beyond ASCII are two", Tables, Certainty.Stated);

    public static readonly TargetRule Group = new("uniloginImport/group", "names a group that the document does not declare", Export, Certainty.Inferred);

    public static readonly TargetRule Alias = new("uniloginImport/alias", "is protected and has no alias, without which nobody is created", Protected, Certainty.Stated);

    public static readonly TargetRule Described = new("uniloginImport/described", "must have more than the id", Tables, Certainty.Inferred);

    public static readonly TargetRule IdAlone = new("uniloginImport/idAlone", "must have nothing but the id", Tables, Certainty.Inferred);

    public static IReadOnlyList<TargetRule> All { get; } = [WellFormed, Structure, Value, SchoolYear, IdTwice, TooLong, Group, Alias, Described, IdAlone];
}
