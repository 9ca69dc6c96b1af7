using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"EduFunctions.Tests.Harness.{nameof(LongestFirst)}", "EduFunctions.Tests")]

namespace EduFunctions.Tests.Harness;

/// <summary>Collections with a storage or programs begin before those that only calculate, which then fill the time in which others wait.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(IsFast);

    /// <summary>A class that names no collection is one, which is called by the class.</summary>
    private static bool IsFast(ITestCollection collection) =>
        typeof(LongestFirst).Assembly.GetType(collection.DisplayName.Split(' ')[^1]) is { } type && type.GetCustomAttributesData().Any(
            attribute => attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments is [{ Value: Level.Name }, { Value: Level.Fast }]);
}
