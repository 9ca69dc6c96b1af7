using System.Reflection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Architecture;

/// <summary>Every class of tests says at which level it runs, so that the fast ones can be run alone and none is forgotten.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LevelsTests
{
    public static TheoryData<string> Classes => [.. TestClasses().Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_class_has_the_storage_or_a_level(string name)
    {
        var type = typeof(LevelsTests).Assembly.GetType(name)!;
        var levels = type.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(TraitAttribute) && (string?)attribute.ConstructorArguments[0].Value == Level.Name)
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value!)
            .ToList();

        if (HasStorage(type))
        {
            Assert.True(levels.Count == 0, $"{name} uses the storage, so it has no level of its own.");
        }
        else
        {
            Assert.True(levels is [Level.Fast] or [Level.Tools], $"{name} needs [Trait(Level.Name, Level.Fast)], or Level.Tools.");
        }
    }

    private static IEnumerable<Type> TestClasses() => typeof(LevelsTests).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.GetCustomAttributes<FactAttribute>().Any()))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static bool HasStorage(Type type) =>
        type.GetConstructors().SelectMany(made => made.GetParameters()).Any(given => given.ParameterType == typeof(AzuriteFixture))
        || type.GetCustomAttributesData().Any(attribute => attribute.AttributeType == typeof(CollectionAttribute));
}
