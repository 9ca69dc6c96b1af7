using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Watching;

/// <summary>An alarm in words for people, the same for every channel.</summary>
/// <param name="Link">To the tenant's page; null where nobody has said under which address it is found.</param>
public sealed record AlarmMessage(string Title, string Text, string Advice, IReadOnlyList<(string Name, string Value)> Facts, string? Link = null)
{
    /// <param name="isOver">Whether this is to say that nothing has to be done any more.</param>
    /// <param name="address">Under which people find the pages.</param>
    public static AlarmMessage Of(Tenant tenant, Alarm alarm, bool isOver = false, Uri? address = null)
    {
        var message = Standing(tenant, alarm) with { Link = address is null ? null : new Uri(address, $"tenants/{tenant.Id}").AbsoluteUri };
        return isOver ? message with { Title = $"{message.Title}: this is over", Advice = "Nothing is left to do." } : message;
    }

    private static AlarmMessage Standing(Tenant tenant, Alarm alarm) => new(
        alarm.Kind switch
        {
            AlarmKind.Hold => $"{tenant.Name}: held",
            AlarmKind.Freshness => $"{tenant.Name}: not up to date",
            AlarmKind.Poison => $"{tenant.Name}: failed for good",
            AlarmKind.Protection => $"{tenant.Name}: kept back",
            AlarmKind.ManyProtected => $"{tenant.Name}: many protected at once",
            AlarmKind.Target => $"{tenant.Name}: another address",
            AlarmKind.TenantFile => $"{tenant.Name}: tenant file refused",
            AlarmKind.Source => $"{tenant.Name}: source not read whole",
            _ => $"{tenant.Name}: failed",
        },
        alarm.Text,
        alarm.Kind switch
        {
            AlarmKind.Hold => "Look at the plan, then approve it or correct the source and run again.",
            AlarmKind.Freshness => "See whether the night began, and what became of it.",
            AlarmKind.Protection => "The run's findings have the ids: have the names and addresses changed in the school register.",
            AlarmKind.ManyProtected =>
                "They have left, by keys alone. If the marking is a mistake, have it taken away in the register: the same accounts come back when the unprotected are let through.",
            AlarmKind.Target => "If the address is right, approve the plan where it is held. If not, correct the tenant file before the next night.",
            AlarmKind.Poison => "The message is kept. When the cause is gone, send it again.",
            AlarmKind.Source => "Have the source's support mend it: night for night until then, nobody who is missing there is removed.",
            AlarmKind.TenantFile => "Correct the file (validate names every fault) and put it into place; the nights go on with the last good one.",
            _ => "When the cause is gone, run again.",
        },
        [("Tenant", tenant.Id), (alarm.Kind switch { AlarmKind.Freshness => "Feed", AlarmKind.TenantFile => "About", _ => "Run" }, alarm.Subject)]);
}
