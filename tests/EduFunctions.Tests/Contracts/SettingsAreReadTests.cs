using System.Reflection;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Contracts;

/// <summary>A setting that nobody reads would promise what does not happen.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class SettingsAreReadTests
{
    /// <summary>What records do by themselves.</summary>
    private static readonly string[] Generated = ["ToString", "PrintMembers", "Equals", "GetHashCode", ".ctor", "Clone"];

    private static readonly CodeReferences Code = new(typeof(IPlugIn).Assembly);

    [Fact]
    public void Every_setting_of_a_tenant_file_is_read_outside_its_own_record()
    {
        var records = SettingsRecords.Below([typeof(Tenant), .. PlugIns().Select(member => member.Settings)]);
        var unread = records.SelectMany(SettingsRecords.PropertiesOf)
            .Select(property => CodeReferences.Of(property.GetMethod!))
            .Distinct()
            .Where(getter => getter != new CodeMember(typeof(Tenant), "get_Schema") && !Declarations(getter).Any(IsRead))
            .Select(getter => $"{getter.Type.Name}.{getter.Name}");

        Assert.Empty(unread);
        Assert.True(records.Count > 15);
    }

    /// <summary>By code elsewhere, or by a member of the record that is read elsewhere in its turn; to contradict other settings is no use.</summary>
    private static bool IsRead(CodeMember member) => Code.CallersOf(member).Any(caller =>
        caller.Type != member.Type
        || (caller.Name != member.Name
            && !Generated.Contains(caller.Name)
            && !caller.Name.Contains("Contradictions", StringComparison.Ordinal)
            && Declarations(caller).Any(IsRead)));

    /// <summary>The member, and what it overrides or implements: callers know it by that.</summary>
    private static IEnumerable<CodeMember> Declarations(CodeMember member) =>
    [
        member,
        .. member.Type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.Name == member.Name && method.GetBaseDefinition() != method)
            .Select(method => CodeReferences.Of(method.GetBaseDefinition())),
        .. member.Type.IsInterface ? [] : member.Type.GetInterfaces().Select(member.Type.GetInterfaceMap)
            .SelectMany(map => map.TargetMethods.Zip(map.InterfaceMethods))
            .Where(pair => pair.First.DeclaringType == member.Type && pair.First.Name == member.Name)
            .Select(pair => CodeReferences.Of(pair.Second)),
    ];

    private static IEnumerable<IPlugIn> PlugIns() =>
    [
        .. Registered.Services.GetServices<ISource>(), .. Registered.Services.GetServices<IFeed>(), .. Registered.Services.GetServices<IDelivery>(),
    ];
}
