using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>A town with one pupil and one delivered run, and an app over its storage that leaves the queues alone.</summary>
public sealed class HostedSchool(AzuriteFixture azurite) : IAsyncLifetime
{
    internal Town Town { get; private set; } = null!;

    internal HostedApp App { get; private set; } = null!;

    internal string Run { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var school = new SchoolBuilder(new DateOnly(2026, 9, 1));
        school.Unit("berget");
        school.Student("vilda", "berget");
        Town = await Town.StartAsync(azurite, school.Data);
        Assert.Equal(0, await Town.PassAsync());
        Run = (string)Town.Run["run"]!;
        App = await HostedApp.StartAsync(Town, listensToQueues: false);
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Town.DisposeAsync();
        await new QueueServiceClient(azurite.ConnectionString).GetQueueClient(Queues.Extract).ClearMessagesAsync();
    }
}
