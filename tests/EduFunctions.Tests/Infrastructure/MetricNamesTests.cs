using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>An alert on a metric that nobody sends never fires.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class MetricNamesTests
{
    private static readonly string[] Sent =
    [
        .. typeof(PipelineMetrics).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null)).OfType<Instrument>().Select(instrument => instrument.Name).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("infra/modules/alerts.bicep")]
    [InlineData("infra/workbook.json")]
    public void What_is_watched_in_Azure_is_sent(string file)
    {
        var named = Names(file);

        Assert.NotEmpty(named);
        Assert.Subset(Sent.ToHashSet(), named);
    }

    [Fact]
    public void What_is_sent_is_described() => Assert.Equal(Sent, Names("docs/operations.md").Order(StringComparer.Ordinal));

    private static HashSet<string> Names(string file) => [.. Name().Matches(Repository.Text(file)).Select(match => match.Value)];

    [GeneratedRegex(@"(?<![\w@-])edufunctions\.[a-z]+(\.[a-z]+)?")]
    private static partial Regex Name();
}
