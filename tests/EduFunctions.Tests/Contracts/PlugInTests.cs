using System.ComponentModel;
using System.Reflection;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema;
using Xunit;

namespace EduFunctions.Tests.Contracts;

/// <summary>Whoever writes a source, a feed or a delivery has registered it, described its settings, and shown in the documentation how it is set up.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PlugInTests
{
    private static readonly Type[] Families = [typeof(ISource), typeof(IFeed), typeof(IDelivery)];

    public static TheoryData<Type> Written => [.. typeof(IPlugIn).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && Families.Any(family => family.IsAssignableFrom(type)))];

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_written_is_registered(Type plugIn) => Assert.Contains(
        Registered.Lines, line => Families.Contains(line.ServiceType) && line.ImplementationType == plugIn);

    [Theory]
    [MemberData(nameof(Written))]
    public void Its_settings_are_described(Type plugIn) => Assert.All(
        SettingsRecords.Below(Member(plugIn).Settings).SelectMany(SettingsRecords.PropertiesOf),
        property => Assert.True(
            property.GetCustomAttribute<DescriptionAttribute>() is { Description.Length: > 10 }, $"{property.DeclaringType!.Name}.{property.Name} is not described."));

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_page_shows_an_example_that_is_good(Type plugIn)
    {
        var tenant = DocumentationExamples.Find(Member(plugIn))
            ?? throw new InvalidOperationException($"No page below docs shows a block of JSON with \"type\": \"{Member(plugIn).Type}\" for {plugIn.Name}.");

        var schema = await JsonSchema.FromJsonAsync(Registered.Services.GetRequiredService<TenantSchema>().Build().ToJsonString());
        Assert.Empty(schema.Validate(tenant.ToJsonString()));
    }

    private static IPlugIn Member(Type plugIn) =>
        Families.SelectMany(family => Registered.Services.GetServices(family)).Cast<IPlugIn>().First(member => member.GetType() == plugIn);
}
