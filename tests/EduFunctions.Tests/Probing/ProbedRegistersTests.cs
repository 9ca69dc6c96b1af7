using EduFunctions.Pipeline.Probing;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Ss12000;
using Xunit;

namespace EduFunctions.Tests.Probing;

/// <summary>What a probe says of registers as their public code shows them, and of the standard at its strictest and loosest.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ProbedRegistersTests
{
    private const string Page = "docs/kit.md";
    private const string Golden = "tests/EduFunctions.Tests/Probing/Golden";

    private static readonly Dictionary<string, Action<EduCloudHabits>> Ways = new(StringComparer.Ordinal)
    {
        ["strict"] = Registers.Strict,
        ["loose"] = Registers.Loose,
        ["reference"] = Registers.Reference,
        ["small-administration"] = Registers.SmallAdministration,
        ["lists"] = Registers.Lists,
    };

    [Theory]
    [InlineData("strict", true)]
    [InlineData("loose", true)]
    [InlineData("reference", true)]
    [InlineData("small-administration", true)]
    [InlineData("lists", true)]
    public async Task Each_is_told_what_it_does_not_do(string way, bool isSufficient)
    {
        var report = await ProbedTown.ProbeAsync(ProbedTown.Make().Data, Ways[way]);

        var text = ProbeText.Of(report);
        Assert.Equal(GoldenFiles.Expected($"{Golden}/{way}.txt", text), text);
        Assert.Equal(isSufficient, report.IsSufficient);
    }

    [Fact]
    public async Task A_whole_world_is_told_of_by_counts_and_nobody_is_shown()
    {
        var world = new SchoolWorld(new WorldOptions { Today = Night.Today });

        var report = await ProbedTown.ProbeAsync(world, Registers.Strict);

        var told = ProbeText.Of(report) + SupplierReport.Of(report);
        Assert.Equal(world.Count(Collections.Persons), report.Rows["persons"]);
        Assert.All(world.Rows(Collections.Persons).Select(person => (string?)person["familyName"]).OfType<string>(), name => Assert.DoesNotContain(name, told));
        Assert.DoesNotContain("@", told);
    }

    /// <summary>Whatever one value of any answer is made into, a probe ends with a report, and what stood there is not in it.</summary>
    [Theory]
    [InlineData("token")]
    [InlineData(Collections.Organisations)]
    [InlineData(Collections.Persons)]
    [InlineData(Collections.Groups)]
    [InlineData("persons/lookup")]
    [InlineData("deletedEntities")]
    public async Task Any_value_may_be_any_other(string collection)
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            var random = new Random(seed);

            var report = await ProbedTown.ProbeAsync(ProbedTown.Make().Data, habits =>
            {
                ProbedTown.Good(habits);
                habits.Rewrite = (request, body) => request.Collection == collection ? JsonMutation.Of(body, random).Body : body;
            });

            Assert.Equal(ProbeChecks.All.Count, report.Results.Count);
            Assert.DoesNotContain("Provhed", ProbeText.Of(report));
        }
    }

    [Fact]
    public async Task What_the_page_lists_is_what_is_asked()
    {
        var page = Repository.Text(Page);

        var report = await ProbedTown.ProbeAsync(PlainTown.Make().Data, Registers.Strict);

        Assert.All(report.Results, result => Assert.Contains($"| `{result.Code}` | {result.Grade.ToString().ToLowerInvariant()} | {result.Sentence} |", page));
    }
}
