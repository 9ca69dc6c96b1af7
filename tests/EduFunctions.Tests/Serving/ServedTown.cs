using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>A town and a host that serves it, for all tests of a class that begin nothing or do not mind what the others have begun.</summary>
public sealed class ServedTown(AzuriteFixture azurite) : IAsyncLifetime
{
    internal Town Town { get; private set; } = null!;

    internal Serving Serving { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        Town = await Town.StartAsync(azurite, school.Data);
        Serving = await Serving.StartAsync(Town);
    }

    public async Task DisposeAsync()
    {
        await Serving.DisposeAsync();
        await Town.DisposeAsync();
    }
}
