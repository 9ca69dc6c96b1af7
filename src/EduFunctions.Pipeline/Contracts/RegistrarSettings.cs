using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>Who gets by mail what is to be corrected in the register: ids, codes and advice, never a name of a person.</summary>
public sealed record RegistrarSettings
{
    public const string Weekly = "weekly";
    public const string OnChange = "onChange";

    [AllowedValues(Weekly, OnChange, ErrorMessage = "must be \"weekly\" or \"onChange\"")]
    [Description("weekly, as long as there is something to correct; or onChange, whenever it is not what was told last.")]
    public string When { get; init; } = Weekly;

    [Description("Mail addresses that get what is to be corrected at all schools together.")]
    public IReadOnlyList<string> All { get; init; } = [];

    [Description("Mail addresses by the id of the school whose list they get, as { \"<id>\": [\"school@example.org\"] }.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Schools { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Settings, by path below this one, that cannot be used.</summary>
    internal IEnumerable<(string Path, string Cause)> Contradictions(AlarmSettings alarms)
    {
        if (alarms.Mail is null)
        {
            yield return ("", "needs the mail server of alarms.mail");
        }

        if (All.Count == 0 && Schools.Values.All(school => school.Count == 0))
        {
            yield return ("", "must name somebody in all or schools");
        }

        foreach (var address in All.Concat(Schools.Values.SelectMany(school => school)).Where(address => !MailSettings.IsAddress(address)))
        {
            yield return ("", $"\"{address}\" must be a mail address");
        }
    }
}
