using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

public sealed record AppleSettings : FeedSettings
{
    internal const string CivicNumber = "civicNo";
    internal const string IdentifierPrefix = "externalIdentifier:";

    [Description("Types of group that become classes.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass"];

    [RegularExpression("^(civicNo|externalIdentifier:.+)$", ErrorMessage = "must be \"civicNo\" or \"externalIdentifier:<context>\"")]
    [Description("What becomes person_number: civicNo, or externalIdentifier: and the identifier's context; absent leaves it empty.")]
    public string? PersonNumber { get; init; }

    [Description("Password policy (4, 6 or 8) by school year, as { \"0\": \"4\" }; a year that is not named leaves it empty.")]
    public IReadOnlyDictionary<string, string> PasswordPolicy { get; init; } = new Dictionary<string, string>();

    [Description("True leaves out persons without e-mail, as federated authentication needs it.")]
    public bool EmailRequired { get; init; }

    [Description("Columns that may not be empty, such as person_number or sis_username: those of which Managed Apple Accounts are made; who lacks one is left out.")]
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Names are always required.</summary>
    internal IReadOnlyList<string> RequiredColumns =>
        [.. (EmailRequired ? Required.Append(AppleFile.Email) : Required).Except([AppleFile.FirstName, AppleFile.LastName])];

    internal override FeedSettings WithoutDemands => this with { EmailRequired = false, Required = [] };

    public override IEnumerable<string> IdentifierContexts => IdentifierContext is { } context ? [context] : [];

    internal string? IdentifierContext =>
        PersonNumber?.StartsWith(IdentifierPrefix, StringComparison.Ordinal) == true ? PersonNumber[IdentifierPrefix.Length..] : null;

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (PersonNumber == CivicNumber && !tenant.Privacy.IncludeCivicNumber)
        {
            yield return ("personNumber", "needs privacy.includeCivicNumber to be true");
        }

        foreach (var column in Required.Except(AppleFile.Requirable))
        {
            yield return ("required", $"unknown column \"{column}\"; known are {string.Join(", ", AppleFile.Requirable)}");
        }

        if (PersonNumber is null && Required.Contains(AppleFile.PersonNumber))
        {
            yield return ("required", $"needs settings.personNumber where it names {AppleFile.PersonNumber}, which nobody else has");
        }

        if (Required.Contains(AppleFile.UserName) && !tenant.Source.HasPrincipalNames)
        {
            yield return ("required", $"must not name {AppleFile.UserName}: the source {tenant.Source.Type} has none");
        }

        foreach (var (year, policy) in PasswordPolicy.Where(entry => entry.Value is not ("4" or "6" or "8")))
        {
            yield return ($"passwordPolicy.{year}", $"must be \"4\", \"6\" or \"8\", not \"{policy}\"");
        }
    }
}
