using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

public sealed record BlackboardSettings : FeedSettings
{
    internal const string Store = "store";
    internal const string Refresh = "refresh";
    internal const string RefreshByDataSource = "refreshByDataSource";
    internal const string Delete = "delete";

    internal const string PrincipalName = "eduPersonPrincipalName";
    internal const string OwnId = "id";
    internal const string FromStartDay = "fromStartDay";

    private static readonly string[] AllOperations = [Store, Refresh, RefreshByDataSource, Delete];

    [AllowedValues(Store, Refresh, RefreshByDataSource, Delete, ErrorMessage = "must be \"store\", \"refresh\", \"refreshByDataSource\" or \"delete\"")]
    [Description("What Learn does with a file: store keeps what is not in it, refresh disables that, delete disables what is in it.")]
    public string Operation { get; init; } = Store;

    [Description("Operation by object (node, person, secondaryinstrole, course, userassociation, courseassociation, membership, associateobserver) where it is another.")]
    public IReadOnlyDictionary<string, string> Operations { get; init; } = new Dictionary<string, string>();

    [RegularExpression("^[^\\s|\"*]([^|\"*]{0,254}[^\\s|\"*])?$", ErrorMessage = "must be 1 to 256 characters without |, \" and *")]
    [Description("Data source key of every row; absent leaves the column out, and the integration's own counts. When it is changed, the records that Learn has move along.")]
    public string? DataSourceKey { get; init; }

    [AllowedValues(PrincipalName, "email", OwnId, ErrorMessage = "must be \"eduPersonPrincipalName\", \"email\" or \"id\"")]
    [Description("What becomes user_id.")]
    public string UserId { get; init; } = PrincipalName;

    [Description("Whether guardians become observers of their students.")]
    public bool Observers { get; init; }

    [Description("Types of group that become courses.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass"];

    [Description("Name of a course: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.")]
    public string CourseName { get; init; } = "{group} {syllabus}";

    [AllowedValues("always", FromStartDay, ErrorMessage = "must be \"always\" or \"fromStartDay\"")]
    [Description("When people can log in: always, or only from the first day of their first placement or duty.")]
    public string Availability { get; init; } = "always";

    [Description("Institution roles of teachers, other staff, students and guardians.")]
    public InstitutionRoles InstitutionRoles { get; init; } = new();

    [Description("Further roles, as { \"dutyRole:Rektor\": [\"principals\"], \"schoolType:GY\": […], \"unit:<id or code>\": […] }; absent writes no file.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SecondaryRoles { get; init; }

    [Description("Schools as nodes of Learn's hierarchy, with people and courses below them; absent, the hierarchy is left alone.")]
    public LearnHierarchy? Hierarchy { get; init; }

    [RegularExpression("^[|,:;~^!$#\t]$", ErrorMessage = "must be one of | , : ; ~ ^ ! $ # or a tab")]
    [Description("What stands between values; the same as in the integration.")]
    public string Delimiter { get; init; } = "|";

    [Description("True begins every file with a byte order mark.")]
    public bool ByteOrderMark { get; init; }

    [Description("First password of people whom Learn does not have yet; absent sends none, as single sign-on needs it.")]
    public Secret? InitialPassword { get; init; }

    internal override bool UsesGuardians => Observers;

    internal byte DelimiterByte => (byte)Delimiter[0];

    /// <summary>Learn's integration has no agreed way to quote.</summary>
    internal CleanText CleanText() => new((byte)'"', (byte)'*', DelimiterByte);

    /// <summary>What is sent once cannot be refreshed: Learn would count all that it has as errors. What is new is stored, and what is gone deleted.</summary>
    internal string OperationOf(LearnObject kind)
    {
        var operation = Operations.GetValueOrDefault(kind.Name, Operation);
        return kind.IsSentOnce && operation is (Refresh or RefreshByDataSource) ? Store : operation;
    }

    /// <summary>Whether Learn disables, or purges, what the object's file is silent about.</summary>
    internal bool IsRefreshed(LearnObject kind) => OperationOf(kind) is Refresh or RefreshByDataSource;

    /// <summary>The end of the address a file is posted to.</summary>
    internal string EndpointOf(string file)
    {
        var kind = LearnObject.OfFile(file);
        return LearnObject.IsDeleteFile(file) ? Delete
            : kind.IsStored(file) ? Store
            : OperationOf(kind) is RefreshByDataSource ? "refreshlegacy"
            : OperationOf(kind);
    }

    /// <summary>The file that says what Learn has of an object.</summary>
    internal string StateOf(LearnObject kind) => OperationOf(kind) == Store && !kind.IsPurged ? kind.File : kind.KnownFile;

    internal byte[]? DataSourceKeyBytes => DataSourceKey is null ? null : Encoding.UTF8.GetBytes(DataSourceKey);

    /// <summary>Which key the integration has, only Learn knows.</summary>
    public override IEnumerable<(string Key, string Consequence)> Consequences() => DataSourceKey is { } key && LearnObject.All.Any(kind => OperationOf(kind) == RefreshByDataSource)
        ? [("dataSourceKey", $"with {RefreshByDataSource} \"{key}\" has to be the integration's own data source, as Learn shows it: of another one nothing that is gone is ever disabled")]
        : [];

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (UserId == PrincipalName && !tenant.Source.HasPrincipalNames)
        {
            yield return ("userId", $"must be \"id\" or \"email\": the source {tenant.Source.Type} has no {PrincipalName}");
        }

        foreach (var (name, operation) in Operations)
        {
            if (LearnObject.All.All(kind => kind.Name != name))
            {
                yield return ($"operations.{name}", $"unknown object; known are {string.Join(", ", LearnObject.All.Select(kind => kind.Name))}");
            }

            if (!AllOperations.Contains(operation))
            {
                yield return ($"operations.{name}", $"must be one of {string.Join(", ", AllOperations)}, not \"{operation}\"");
            }
        }

        foreach (var (condition, roles) in SecondaryRoles ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!SecondaryRoleMap.IsCondition(condition))
            {
                yield return ($"secondaryRoles.{condition}", "must begin with dutyRole:, schoolType: or unit:");
            }

            foreach (var role in roles.Where(role => !InstitutionRoles.IsRole(role)))
            {
                yield return ($"secondaryRoles.{condition}", $"must name roles of {InstitutionRoles.Alphabet}, not \"{role}\"");
            }
        }

        foreach (var (key, role) in InstitutionRoles.All.Where(entry => !InstitutionRoles.IsRole(entry.Role)))
        {
            yield return ($"institutionRoles.{key}", $"must be a role of {InstitutionRoles.Alphabet}, not \"{role}\"");
        }

        if (InitialPassword?.Reveal() is { } password
            && (password.Length > LearnLimits.Password || password.AsSpan().IndexOfAny($"\"*{Delimiter}\r\n") >= 0))
        {
            yield return ("initialPassword", $"must have {LearnLimits.Password} characters at most, no double quote, asterisk or delimiter");
        }

        foreach (var (key, cause) in Hierarchy?.Contradictions(Delimiter) ?? [])
        {
            yield return ($"hierarchy.{key}", cause);
        }

        if (DataSourceKey?.Contains(Delimiter, StringComparison.Ordinal) == true)
        {
            yield return ("dataSourceKey", "must not hold the delimiter");
        }
    }
}

/// <summary>Ids of roles as Learn's administrators have named them.</summary>
public sealed record InstitutionRoles
{
    internal const string Alphabet = "1 to 64 letters, digits, hyphens, dots and underscores";

    [Description("Staff with a teaching duty.")]
    public string Teacher { get; init; } = "FACULTY";

    [Description("Other staff.")]
    public string Staff { get; init; } = "STAFF";

    [Description("Students; Learn lets only STUDENT be observed.")]
    public string Student { get; init; } = "STUDENT";

    [Description("Guardians who are nothing else.")]
    public string Guardian { get; init; } = "OBSERVER";

    internal IEnumerable<(string Key, string Role)> All => [("teacher", Teacher), ("staff", Staff), ("student", Student), ("guardian", Guardian)];

    internal static bool IsRole(string role) =>
        role.Length is >= 1 and <= LearnLimits.Role && role.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
