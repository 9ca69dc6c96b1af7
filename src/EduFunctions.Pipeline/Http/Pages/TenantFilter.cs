namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Why a tenant needs somebody, or does not; what needs somebody soonest comes first.</summary>
internal enum Need
{
    Refused,
    Failed,
    Held,
    Poison,
    Lacking,
    Stale,
    Busy,
    Good,
}

/// <summary>Which tenants are looked at and in which order, as the overview's address says.</summary>
/// <param name="Text">Part of a name or an id; empty for all.</param>
/// <param name="Show"><c>all</c>, <c>waiting</c>, <c>busy</c> or <c>good</c>; anything else is all.</param>
/// <param name="Sort"><c>need</c>, <c>name</c> or <c>age</c>; anything else is by need.</param>
internal sealed record TenantFilter(string Text, string Show, string Sort)
{
    public static TenantFilter None { get; } = new("", "all", "need");

    public static IReadOnlyList<(string Value, Func<Wording, string> Name)> Shows { get; } =
    [
        ("all", words => words["all"]), ("waiting", words => words["those who wait for somebody"]), ("busy", words => words["those under way"]), ("good", words => words["those who need nobody"]),
    ];

    public static IReadOnlyList<(string Value, Func<Wording, string> Name)> Sorts { get; } =
        [("need", words => words["what needs somebody first"]), ("name", words => words["by name"]), ("age", words => words["oldest delivery first"])];

    public static TenantFilter Of(ApiCall call) => new(call.Query("q")?.Trim() ?? "", call.Query("show") ?? "all", call.Query("sort") ?? "need");

    public IReadOnlyList<TenantCard> Choose(IReadOnlyList<TenantCard> tenants)
    {
        var chosen = tenants.Where(tenant => Matches(tenant.Status) && IsShown(tenant.Need));
        var byName = chosen.OrderBy(tenant => tenant.Status.Name, StringComparer.CurrentCultureIgnoreCase);
        return Sort switch
        {
            "name" => [.. byName],
            "age" => [.. byName.OrderByDescending(tenant => tenant.OldestHours)],
            _ => [.. byName.OrderBy(tenant => tenant.Need)],
        };
    }

    private bool Matches(TenantStatus tenant) =>
        tenant.Name.Contains(Text, StringComparison.CurrentCultureIgnoreCase) || tenant.Tenant.Contains(Text, StringComparison.OrdinalIgnoreCase);

    private bool IsShown(Need need) => Show switch
    {
        "waiting" => need < Need.Busy,
        "busy" => need == Need.Busy,
        "good" => need == Need.Good,
        _ => true,
    };
}
