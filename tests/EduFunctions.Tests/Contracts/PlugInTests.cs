using System.ComponentModel;
using System.Reflection;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Architecture;
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

    /// <summary>Code that is no plug-in's. Examples of the API are texts, and schemes of addresses are no names.</summary>
    private static readonly IReadOnlyList<(string Path, string Text)> Elsewhere =
        [.. PipelineCode.Files().Where(file => RoomMap.Of(file.Path)?.Split('/')[0] is not ("Systems" or "Protocols") && file.Path is not ("Http/Examples.cs" or "Contracts/TargetKey.cs"))];

    public static TheoryData<Type> Written => [.. typeof(IPlugIn).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && Families.Any(family => family.IsAssignableFrom(type)))];

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_written_is_registered(Type plugIn) => Assert.True(
        Registered.Lines.Any(line => Families.Contains(line.ServiceType) && line.ImplementationType == plugIn), $"PipelineServices has no line for {plugIn.Name}.");

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

    /// <summary>What differs from one to the next, each says itself; whoever asks for a name would have to be asked again for the next one.</summary>
    [Theory]
    [MemberData(nameof(Written))]
    public void Nobody_else_asks_for_its_name(Type plugIn) => Assert.Empty(
        Elsewhere.Where(file => file.Text.Contains($"\"{Member(plugIn).Type}\"", StringComparison.Ordinal)).Select(file => file.Path));

    private static IPlugIn Member(Type plugIn) =>
        Families.SelectMany(family => Registered.Services.GetServices(family)).Cast<IPlugIn>().FirstOrDefault(member => member.GetType() == plugIn)
        ?? throw new InvalidOperationException($"{plugIn.Name} is not registered.");
}
