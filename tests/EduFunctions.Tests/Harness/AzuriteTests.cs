using Xunit;

namespace EduFunctions.Tests.Harness;

/// <summary>Tests in this collection share one Azurite; every night has a tenant of its own. The collections run beside each other.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}

/// <summary>The same for feeds and deliveries.</summary>
[CollectionDefinition(Name)]
public sealed class TargetTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Targets";
}

/// <summary>The same for the protected.</summary>
[CollectionDefinition(Name)]
public sealed class ProtectedTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Protection";
}

/// <summary>The same for Learn.</summary>
[CollectionDefinition(Name)]
public sealed class LearnTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Learn";
}

/// <summary>The same for sources.</summary>
[CollectionDefinition(Name)]
public sealed class SourceTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Sources";
}

/// <summary>The same for hosts, which would take each other's messages.</summary>
[CollectionDefinition(Name)]
public sealed class HostTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Hosts";
}

/// <summary>The same for commands, which are processes and mostly wait.</summary>
[CollectionDefinition(Name)]
public sealed class CommandTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Commands";
}

/// <summary>What listens to the whole process runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoneTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Alone";
}
