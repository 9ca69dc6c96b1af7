using Xunit;

namespace EduFunctions.Tests.Harness;

/// <summary>Tests in this collection share one Azurite; every night has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
