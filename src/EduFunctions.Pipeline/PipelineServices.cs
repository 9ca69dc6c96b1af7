using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Deliveries.Blackboard;
using EduFunctions.Pipeline.Deliveries.Sftp;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Feeds.AppleSchoolManager;
using EduFunctions.Pipeline.Feeds.Blackboard;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Soap;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Pipeline.Sources.EduCloud;
using EduFunctions.Pipeline.Sources.Unilogin;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Pipeline;

public static class PipelineServices
{
    /// <summary>
    /// Everything the pipeline needs, for every host. Reads configuration <c>AzureWebJobsStorage</c> (a connection string, or with
    /// <c>AzureWebJobsStorage:blobServiceUri</c> the managed identity), <c>KeyVaultUri</c> and the section <c>Pipeline</c>.
    /// </summary>
    public static IServiceCollection AddRosterPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        // Sources
        services.AddSingleton<ISource, EduCloudSource>();
        services.AddSingleton<ISource, UniloginSource>();

        // Feeds
        services.AddSingleton<IFeed, AppleFeed>();
        services.AddSingleton<IFeed, BlackboardFeed>();

        // Deliveries
        services.AddSingleton<IDelivery, SftpDelivery>();
        services.AddSingleton<IDelivery, BlackboardDelivery>();

        services.AddSingleton<Catalog<ISource>>().AddSingleton<Catalog<IFeed>>().AddSingleton<Catalog<IDelivery>>();

        // Tenants
        services.AddSingleton<PlugInTypes>().AddSingleton<TenantSchema>().AddSingleton<TenantReader>().AddSingleton<TenantStore>();
        services.AddSingleton(_ => Secrets(configuration));

        // Stages, in order
        services.AddSingleton<PlanStage>().AddSingleton<ExtractStage>().AddSingleton<TransformStage>().AddSingleton<ExportStage>();
        services.AddSingleton<FeedChoosing>().AddSingleton<FeedPlanning>().AddSingleton<FeedDelivery>().AddSingleton<Approvals>().AddSingleton<Resending>();
        services.AddSingleton<Deciding>().AddSingleton<Replay>().AddSingleton<StageRunner>().AddSingleton<RosterPipeline>().AddSingleton<SyncApi>();

        // What they keep
        services.AddSingleton<RunStore>().AddSingleton<RunProgress>().AddSingleton<ReceiptStore>().AddSingleton<BaselineStore>().AddSingleton<People>();
        services.AddSingleton<DeliveredFiles>().AddSingleton<Sending>();
        services.AddSingleton<Discretion>().AddSingleton<SnapshotRetention>().AddSingleton<Seals>().AddSingleton<Verification>();
        services.AddSingleton<RosterStore>().AddSingleton<DeliveredRosters>().AddSingleton<PlanStore>().AddSingleton<AbsenceStore>();
        services.AddSingleton(_ => Blobs(configuration)).AddSingleton<BlobStorage>();

        services.AddSingleton(configuration.GetSection("Pipeline").Get<PipelineOptions>() ?? new PipelineOptions());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SoapConnections>();
        services.AddHttpClient(EduCloudSource.HttpClientName, client => client.Timeout = TimeSpan.FromMinutes(4));

        // The largest file takes minutes to send; a redirect would be a page to log in on.
        services.AddHttpClient(BlackboardDelivery.HttpClientName, client => client.Timeout = TimeSpan.FromMinutes(8))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        return services;
    }

    private static BlobServiceClient Blobs(IConfiguration configuration) =>
        configuration["AzureWebJobsStorage:blobServiceUri"] is { } address ? new BlobServiceClient(new Uri(address), new DefaultAzureCredential())
        : configuration["AzureWebJobsStorage"] is { Length: > 0 } connection ? new BlobServiceClient(connection)
        : throw new InvalidOperationException("The setting AzureWebJobsStorage is missing: a connection string, or AzureWebJobsStorage__blobServiceUri.");

    private static ISecrets Secrets(IConfiguration configuration) =>
        configuration["KeyVaultUri"] is { Length: > 0 } address
            ? new KeyVaultSecrets(new SecretClient(new Uri(address), new DefaultAzureCredential()))
            : new ConfigurationSecrets(configuration);
}
