using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>Hosts of one storage would take each other's messages, so these run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class HostedTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Functions";
}
