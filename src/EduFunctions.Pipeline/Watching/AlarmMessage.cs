using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Watching;

/// <summary>An alarm in words for people, the same for every channel.</summary>
/// <param name="Link">To the run's page, or the tenant's; null where nobody has said under which address it is found.</param>
public sealed partial record AlarmMessage(string Title, string Text, string Advice, IReadOnlyList<(string Name, string Value)> Facts, string? Link = null)
{
    /// <summary>In which the words are, and what a channel adds to them.</summary>
    public Language Language { get; init; } = Language.English;

    /// <param name="isOver">Whether this is to say that nothing has to be done any more.</param>
    /// <param name="address">Under which people find the pages.</param>
    /// <param name="schools">What the schools are called of which the alarm has the ids.</param>
    public static AlarmMessage Of(Tenant tenant, Alarm alarm, bool isOver = false, Uri? address = null, NamedSchools? schools = null)
    {
        var language = Language.Of(tenant.Language);
        var text = (schools ?? NamedSchools.None).In(isOver ? Approving().Replace(alarm.Text, "").Trim() : alarm.Text, language.Told);
        var message = new AlarmMessage(TitleOf(tenant.Name, alarm, language), text, AdviceOn(alarm, language), FactsOf(tenant, alarm, language))
        {
            Link = address is null ? null : new Uri(address, $"tenants/{tenant.Id}{(RunId.IsValid(alarm.Subject) ? $"/runs/{alarm.Subject}" : "")}").AbsoluteUri,
            Language = language,
        };
        return isOver ? message with { Title = language[$"{message.Title}: this is over"], Advice = language["Nothing is left to do."] } : message;
    }

    /// <summary>What nobody is to do any more.</summary>
    [GeneratedRegex(" ?Look at the plan; approve [0-9a-f]+ if it is right[.]", RegexOptions.CultureInvariant)]
    private static partial Regex Approving();

    private static string TitleOf(string name, Alarm alarm, Language language) => alarm.Kind switch
    {
        AlarmKind.Hold when alarm.HasNoPlan => language[$"{name}: stopped"],
        AlarmKind.Hold => language[$"{name}: held"],
        AlarmKind.Freshness => language[$"{name}: not up to date"],
        AlarmKind.Poison => language[$"{name}: failed for good"],
        AlarmKind.Protection => language[$"{name}: kept back"],
        AlarmKind.ManyProtected => language[$"{name}: many protected at once"],
        AlarmKind.Target => language[$"{name}: another address"],
        AlarmKind.TenantFile => language[$"{name}: tenant file refused"],
        AlarmKind.Source => language[$"{name}: source not read whole"],
        AlarmKind.Seals => language[$"{name}: sealed record broken"],
        _ => language[$"{name}: failed"],
    };

    private static string AdviceOn(Alarm alarm, Language language) => alarm.Kind switch
    {
        AlarmKind.Hold when alarm.HasNoPlan => language["No plan waits for approval: see what the text says, then run again or wait."],
        AlarmKind.Hold => language["Look at the plan, then approve it or correct the source and run again."],
        AlarmKind.Freshness => language["See whether the night began, and what became of it."],
        AlarmKind.Protection => language["The run's findings have the ids: have the names and addresses changed in the school register."],
        AlarmKind.ManyProtected => language[
            "They have left, by keys alone. If the marking is a mistake, have it taken away in the register: the same accounts come back when the unprotected are let through."],
        AlarmKind.Target => language["If the address is right, approve the plan where it is held. If not, correct the tenant file before the next night."],
        AlarmKind.Poison => language["The message is kept. When the cause is gone, send it again."],
        AlarmKind.Source => language["Have the source's support mend it: night for night until then, nobody who is missing there is removed."],
        AlarmKind.Seals => language["Have it found out who may write to the storage, and whether it was put back from a backup. The nights go on."],
        AlarmKind.TenantFile => language["Correct the file (validate names every fault) and put it into place; the nights go on with the last good one."],
        _ => language["When the cause is gone, run again."],
    };

    private static IReadOnlyList<(string Name, string Value)> FactsOf(Tenant tenant, Alarm alarm, Language language) =>
    [
        (language["Tenant"], tenant.Id),
        alarm.Kind switch
        {
            AlarmKind.Freshness => (language["Feed"], alarm.Subject),
            AlarmKind.TenantFile => (language["About"], language["tenant file"]),
            _ => (language["Run"], alarm.Subject),
        },
    ];
}
