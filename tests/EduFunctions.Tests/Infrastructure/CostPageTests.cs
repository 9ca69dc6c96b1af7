using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>What the page on costs multiplies is what the templates make.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class CostPageTests
{
    private const int NightsOfAMonth = 30;
    private const int Tenants = 290;

    private static readonly string Page = Repository.Text("docs/performance.md");

    [Fact]
    public void Memory_is_billed_as_the_template_orders_it()
    {
        var gigabytes = int.Parse(Memory().Match(Repository.Text("infra/modules/functionApp.bicep")).Groups[1].Value, CultureInfo.InvariantCulture) / 1024m;
        var nights = Product().Matches(Page).Select(match => (Memory: Number(match, 1), Seconds: Number(match, 2), Product: Number(match, 3))).ToList();
        var month = Regex.Match(Page, @"GB-seconds of the nights \| ([\d,]+) to ([\d,]+) \|");

        Assert.Equal(2, nights.Count);
        Assert.All(nights, night => Assert.Equal((gigabytes, gigabytes * night.Seconds), (night.Memory, night.Product)));
        Assert.Equal(nights.Select(night => night.Product * Tenants * NightsOfAMonth), [Number(month, 1), Number(month, 2)]);
        Assert.Contains($"instances of {gigabytes} GB", Repository.Text("docs/cost.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_timers_run_as_often_as_the_template_has_them()
    {
        var schedules = Schedule().Matches(Repository.Text("infra/main.bicep")).Select(match => CronExpression.Parse(match.Groups[1].Value, CronFormat.IncludeSeconds)).ToList();
        var from = new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);
        var times = schedules.Sum(schedule => schedule.GetOccurrences(from, from.AddDays(NightsOfAMonth)).Count());
        var timers = Regex.Match(Page, @"\| ([\d,]+) × (\d+) s × (\d+) GB = ([\d,]+) \|");

        Assert.Equal(3, schedules.Count);
        Assert.Equal(times, Number(timers, 1));
        Assert.Equal(Number(timers, 1) * Number(timers, 2) * Number(timers, 3), Number(timers, 4));
        Assert.Contains($"+ {times.ToString("N0", CultureInfo.InvariantCulture)} | 0.40 per million", Page, StringComparison.Ordinal);
    }

    private static decimal Number(Match match, int group) => decimal.Parse(match.Groups[group].Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"instanceMemoryMB: (\d+)")]
    private static partial Regex Memory();

    [GeneratedRegex(@"\| (\d[\d.]*) GB × ([\d.]+) s = ([\d.]+) \|")]
    private static partial Regex Product();

    [GeneratedRegex(@"param \w+Schedule string = '([^']+)'")]
    private static partial Regex Schedule();
}
