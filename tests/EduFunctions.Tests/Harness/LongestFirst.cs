using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"EduFunctions.Tests.Harness.{nameof(LongestFirst)}", "EduFunctions.Tests")]

namespace EduFunctions.Tests.Harness;

/// <summary>
/// Collections of many classes, which run one after the other, begin first, so that none of them is alone in the end; and collections with a storage or programs
/// before those that only calculate, which then fill the time in which others wait.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly ILookup<string, Type> Classes = typeof(LongestFirst).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(CollectionAttribute))
            .Select(attribute => ((string)attribute.ConstructorArguments[0].Value!, type)))
        .ToLookup(each => each.Item1, each => each.type);

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(IsFast).ThenByDescending(collection => Classes[collection.DisplayName].Count());

    /// <summary>A class that names no collection is one, which is called by the class.</summary>
    private static bool IsFast(ITestCollection collection) =>
        typeof(LongestFirst).Assembly.GetType(collection.DisplayName.Split(' ')[^1]) is { } type && type.GetCustomAttributesData().Any(
            attribute => attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments is [{ Value: Level.Name }, { Value: Level.Fast }]);
}
