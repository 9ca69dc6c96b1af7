using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A target that another tenant of the storage has on record waits for somebody to say whose it is.</summary>
[Collection(AzuriteTests.Name)]
public sealed class OtherTenantTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    /// <summary>Also how a tenant gets another id.</summary>
    [Fact]
    public async Task It_is_named_and_gives_way_to_who_is_approved()
    {
        var host = $"{Guid.NewGuid():n}.example";
        var first = await To(host, _town).RunAsync();
        var half = _town.Next().Losing("berget", 20, 40);

        var second = await To(host.ToUpperInvariant(), half).RunAsync();
        var tenant = second.Run.Tenant;
        var (approved, refusal) = await To(host.ToUpperInvariant(), half).As(tenant).ApproveAsync(second.Run.Run, second.Run.Feeds[0].Plan!.Hash);
        var next = await To(host, half).As(tenant).RunAsync();
        var third = await To(host, _town).RunAsync();

        Assert.Equal(HoldCode.BaselineLost, Assert.Single(second.Run.Feeds[0].Holds).Code);
        Assert.Equal(NoticeCode.TargetOfAnother, Assert.Single(second.Run.Feeds[0].Notices!).Code);
        Assert.Contains($"is on record for tenant {first.Run.Tenant} of this storage", second.Run.StateReason);
        Assert.Empty(second.Received);
        Assert.Equal((null, RunState.Delivered), (refusal, approved.Run.State));
        Assert.Equal(20, (await approved.AppleAsync()).Rows("students.csv").Count);
        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Contains($"is on record for tenant {tenant} of this storage", third.Run.StateReason);
    }

    [Fact]
    public async Task A_target_of_its_own_waits_for_nobody()
    {
        await To($"{Guid.NewGuid():n}.example", _town).RunAsync();

        var second = await To($"{Guid.NewGuid():n}.example", _town).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
    }

    private Night To(string host, ISchoolData town) => azurite.Night(town).Registering(services =>
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        services.AddSingleton<IDelivery>(new CalledFromOutside(host));
    });

    /// <summary>The drop box on this machine, by a name that everybody has for it.</summary>
    private sealed class CalledFromOutside(string host) : IDelivery
    {
        private readonly SftpDelivery _sftp = new(new CallLimits(), TimeProvider.System);

        public string Type => _sftp.Type;

        public Type Settings => _sftp.Settings;

        public string Target(DeliverySettings settings) => $"sftp://{((SftpSettings)settings).Username}@{host}:22/{((SftpSettings)settings).Directory}";

        public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct) => _sftp.SendAsync(files, setup, progress, ct);
    }
}
