using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Somebody invented, as a reader of the demo may ask for.</summary>
internal sealed record DemoPerson(string Id, string Name)
{
    private const string OverInTheRegister = "placement.dates";

    public static DemoPerson Of(JsonObject person) => new((string)person["id"]!, $"{person["givenName"]} {person["familyName"]}".Trim());

    public override string ToString() => $"{Name}, {Id}";

    /// <summary>The first of them with an answer to tell: over in the register by the dates alone, and still at the targets, since the guard has kept it there.</summary>
    public static async Task<DemoPerson?> FindKeptAsync(People people, string tenant, IEnumerable<DemoPerson> candidates, CancellationToken ct)
    {
        foreach (var candidate in candidates.Where(candidate => candidate.Name.Contains(' ', StringComparison.Ordinal)))
        {
            if (EntityId.TryFind(candidate.Id, out var id) && await people.ExplainAsync(tenant, id, run: null, ct) is { } explanation && IsKept(explanation))
            {
                return candidate;
            }
        }

        return null;
    }

    private static bool IsKept(Explanation explanation) =>
        explanation.Roles.SelectMany(role => role.Reasons).Select(reason => reason.Code).Distinct().SequenceEqual([OverInTheRegister])
        && explanation.Feeds.Values.Any(feed => feed.Reasons.Any(reason => reason.Code == FeedReasons.Staying));
}
