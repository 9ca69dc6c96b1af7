using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;

namespace EduFunctions.Pipeline.Http.Pages;

/// <content>What rows, reasons and receipts hold under names that programs know.</content>
internal sealed partial class Wording
{
    /// <summary>What an id of a list is one of; codes of sources stay.</summary>
    public string OfKind(string kind) => RowWords.OfKind(kind, language);

    /// <summary>A column of a plan's row.</summary>
    public string OfColumn(string column) => RowWords.OfColumn(column, language);

    /// <summary>What stands in it; null for nothing.</summary>
    public string OfValue(string column, string? value) => RowWords.OfValue(column, value, language);

    /// <summary>What a reason was judged on.</summary>
    public string OfFact(string name) => name switch
    {
        "startDate" => this["first day"],
        "endDate" => this["last day"],
        "unit" => this["the school itself"],
        "namedByStudents" => this["named by students"],
        "markedOn" => this["the marking stands"],
        "securityMarking" => this["marking"],
        "personStatus" => this["status"],
        "registeredAbroad" => this["registered abroad"],
        "cancelled" => this["cancelled"],
        "schoolType" => this["type of school"],
        "enabledUser" => this["account enabled"],
        "childCustody" => this["custody"],
        _ => name,
    };

    /// <summary>Its value: words of ours and codes are told, words of the register stay.</summary>
    public string FactValue(object value) => value switch
    {
        IEnumerable<string> codes => string.Join(", ", codes.Select(FactWord)),
        bool isSo => isSo ? this["yes"] : this["no"],
        string word => FactWord(word),
        _ => language.Shown(value),
    };

    private string FactWord(string word) => word switch
    {
        "absent" => this["none"],
        "unknown value" => this["a value that nobody knows"],
        "not in the pull" => this["the register does not hand it out"],
        "no eligible unit below" => this["no school below it is handed on"],
        "person" => this["on the person"],
        "earlier" => this["in an earlier pull"],
        "sharedIdentity" => this["on another record of the same person"],
        "reference" => this["where others refer to the person"],
        _ => MeaningOf(word) is { Length: > 0 } meaning ? meaning : language.Shown(word),
    };

    /// <summary>What somebody asked for, beside the act itself; ids, days and codes stay.</summary>
    public string OfWish(string wish) => wish switch
    {
        "dryRun" => this["dry run"],
        "acceptShrink" => this["a smaller pull accepted"],
        "total" => this["everything anew"],
        "force" => this["sent in any case"],
        "removals" => this["removals"],
        "adds" => this["additions"],
        "all" => this["all"],
        RunList.LeftOut => this["left out"],
        RunList.Findings => this["to be corrected"],
        RunList.Plan => this["plan"],
        "names" => this["names"],
        "history" => this["history"],
        "added" => this["added"],
        "changed" => this["changed"],
        "removed" => this["removed"],
        "retention" => this["retention"],
        "replay" => this["a run computed again"],
        _ => Guid.TryParse(wish, out _) ? ShortId.Of(wish) : OfKind(wish),
    };

    /// <summary>What a target counts.</summary>
    public string OfCount(string count) => count switch
    {
        "rows" or "lines" => this["rows sent"],
        "completed" => this["done"],
        "errors" => this["errors"],
        "warnings" => this["warnings"],
        _ => count,
    };
}
