using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

/// <summary>What is told of a night when somebody was not protected yet is told as of today.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DiscreetExplanationTests
{
    private const string Own = "bo.alvasson";
    private const string Telling = "stod-alva-berglund";

    [Fact]
    public void Words_and_ids_that_tell_are_withheld_and_the_persons_own_id_is_not()
    {
        var facts = new Dictionary<string, object> { ["group"] = Telling, ["types"] = (IReadOnlyList<string>)[Telling, "Klass"], ["end"] = "2026-06-12", ["count"] = 3 };
        var told = new Explanation
        {
            Tenant = "nordhamn",
            Run = "run",
            Date = Night.Today,
            Person = Own,
            Roles = [new RoleExplanation(Roles.Student, false, [new ReasonExplanation("a", Telling, facts, null, null), new ReasonExplanation("b", Own, facts, null, null)])],
            Sections = [Telling, "7a"],
            Feeds = new Dictionary<string, FeedExplanation>(),
            ChangedSince = new ChangesSince("before", Night.Today, [$"section: new in {Telling}", "placement.dates: endDate went from absent to 2026-06-12"]),
        };

        var now = DiscreetExplanation.Of(told, text => text.Contains("alva", StringComparison.Ordinal) || text == "2026-06-12");

        Assert.Equal([Discretion.Withheld, "7a"], now.Sections);
        Assert.Equal([Discretion.Withheld, Own], now.Roles[0].Reasons.Select(reason => reason.Entity));
        var shown = now.Roles[0].Reasons[0].Facts;
        Assert.Equal((Discretion.Withheld, "2026-06-12", 3), (shown["group"], shown["end"], shown["count"]));
        Assert.Equal([Discretion.Withheld, "Klass"], (IEnumerable<string>)shown["types"]);
        Assert.Equal([Discretion.Withheld, "placement.dates: endDate went from absent to 2026-06-12"], now.ChangedSince!.Changes);
    }
}
