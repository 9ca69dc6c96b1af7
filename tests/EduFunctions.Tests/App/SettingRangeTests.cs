using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed class SettingRangeTests
{
    [Fact]
    public void Every_limit_of_the_machinery_has_a_range_that_its_default_is_in()
    {
        var machinery = new PipelineOptions();
        string[] others = [nameof(PipelineOptions.Calls), nameof(PipelineOptions.PublicAddress), nameof(PipelineOptions.ChangesByTimer)];

        Assert.All(typeof(PipelineOptions).GetProperties().Where(option => !others.Contains(option.Name)), option => AssertIn(option, machinery));
        Assert.All(typeof(CallLimits).GetProperties(), limit => AssertIn(limit, machinery.Calls));
    }

    [Theory]
    [InlineData("Pipeline:PageTries", "1", "The setting Pipeline__PageTries must be 2 to 20, not 1.")]
    [InlineData("Pipeline:SliceLength", "00:09:00", "The setting Pipeline__SliceLength must be 00:00:00 to 00:08:00, not 00:09:00.")]
    [InlineData("Pipeline:LeasePatience", "-00:00:01", "The setting Pipeline__LeasePatience must be 00:00:00 to 00:08:00, not -00:00:01.")]
    [InlineData("Pipeline:PlannerHours", "many", "The setting Pipeline__PlannerHours must be 1 to 8760, not many.")]
    [InlineData("Pipeline:PageTries", "", "The setting Pipeline__PageTries must be 2 to 20, not empty.")]
    [InlineData("Pipeline:PageTries", "1e3", "The setting Pipeline__PageTries must be 2 to 20, not 1e3.")]
    [InlineData("Pipeline:PageTries", "NaN", "The setting Pipeline__PageTries must be 2 to 20, not NaN.")]
    [InlineData("Pipeline:PageTries", "99999999999", "The setting Pipeline__PageTries must be 2 to 20, not 99999999999.")]
    [InlineData("Pipeline:SliceLength:Deep", "1", "The setting Pipeline__SliceLength must be")]
    [InlineData("Pipeline:PageTrys", "3", "There is no setting Pipeline__PageTrys; known are SliceLength, PageTries, ")]
    [InlineData("Pipeline:Calls:Idle", "00:00:00", "The setting Pipeline__Calls__Idle must be 00:00:01 to 00:05:00, not 00:00:00.")]
    [InlineData("Pipeline:Calls:Connect", "soon", "The setting Pipeline__Calls__Connect must be")]
    [InlineData("Pipeline:Calls:Idel", "00:01:00", "There is no setting Pipeline__Calls__Idel; known are")]
    [InlineData("Pipeline:PublicAddress", "http://sync.example/", "The setting Pipeline__PublicAddress must be an https address")]
    [InlineData("NightlyHour", "24", "The setting NightlyHour must be 0 to 23, not 24.")]
    [InlineData("NightlyHour", "19:30", "The setting NightlyHour must be 0 to 23, not 19:30.")]
    [InlineData("NightlyTimeZone", "Sweden", "The setting NightlyTimeZone must be an IANA time zone such as Europe/Stockholm, not Sweden.")]
    public void A_setting_out_of_its_range_is_told_with_its_name(string name, string value, string told)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        var refused = Assert.Throws<SettingRefusedException>(() => (PipelineOptions.Of(configuration), NightSettings.Of(configuration)));

        Assert.Contains(told, refused.Message);
    }

    [Fact]
    public void Two_faults_are_told_at_once()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Pipeline:PageTries", "0"), new("Pipeline:PagePatience", TimeSpan.Zero.ToString(null, CultureInfo.InvariantCulture))])
            .Build();

        var told = Assert.Throws<SettingRefusedException>(() => PipelineOptions.Of(configuration)).Message;

        Assert.Contains("Pipeline__PageTries", told);
        Assert.Contains("Pipeline__PagePatience", told);
    }

    private static void AssertIn(PropertyInfo limit, object of) => Assert.True(limit.GetCustomAttribute<RangeAttribute>()?.IsValid(limit.GetValue(of)), limit.Name);
}
