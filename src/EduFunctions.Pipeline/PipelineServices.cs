using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Incidents;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Probing;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Protocols.Blobs;
using EduFunctions.Pipeline.Protocols.Https;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Surveying;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Pipeline.Systems.OneRoster.Feed;
using EduFunctions.Pipeline.Systems.SchoolDataSync;
using EduFunctions.Pipeline.Systems.Scim;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Pipeline.Systems.Unikum;
using EduFunctions.Pipeline.Systems.Unilogin;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Pipeline.Systems.Unilogin.Import;
using EduFunctions.Pipeline.Systems.Unilogin.Logins;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Pipeline.Watching;
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
        Serialization.Prepare(PipelineJson.Default);

        // Sources
        services.AddSingleton<ISource, EduCloudSource>();
        services.AddSingleton<ISource, Ss12000Source>();
        services.AddSingleton<ISource, UniloginSource>();
        services.AddSingleton<ISource, OneRosterSource>();

        // Feeds
        services.AddSingleton<IFeed, AppleFeed>();
        services.AddSingleton<IFeed, BlackboardFeed>();
        services.AddSingleton<IFeed, UnikumFeed>();
        services.AddSingleton<IFeed, UniloginImportFeed>();
        services.AddSingleton<IFeed, OneRosterFeed>();
        services.AddSingleton<IFeed, SdsFeed>();
        services.AddSingleton<IFeed, ScimFeed>();

        services.AddSingleton<ITargetCheck>(new AppleCheck());
        services.AddSingleton<ITargetCheck>(new BlackboardCheck());
        services.AddSingleton<ITargetCheck>(new UnikumCheck());
        services.AddSingleton<ITargetCheck>(new ImportCheck());
        services.AddSingleton<ITargetCheck>(new OneRosterCheck());
        services.AddSingleton<ITargetCheck>(new SdsCheck());

        // Deliveries
        services.AddSingleton<IDelivery, SftpDelivery>();
        services.AddSingleton<IDelivery, BlackboardDelivery>();
        services.AddSingleton<IDelivery, UniloginImportDelivery>();
        services.AddSingleton<IDelivery, HttpsDelivery>();
        services.AddSingleton<IDelivery, BlobDelivery>();
        services.AddSingleton<IDelivery, ScimDelivery>();

        services.AddSingleton<Catalog<ISource>>().AddSingleton<Catalog<IFeed>>().AddSingleton<Catalog<IDelivery>>();
        services.AddSingleton(provider => new RuleCatalog(provider.GetServices<ISource>().Select(source => source.Rules))).AddSingleton<FindingCatalog>();

        // Tenants
        services.AddSingleton<PlugInTypes>().AddSingleton<TenantSchema>().AddSingleton<TenantReader>().AddSingleton<TenantStore>().AddSingleton<Freezing>();
        var vault = AddressOf(configuration, "KeyVaultUri");
        services.AddSingleton(_ => Secrets(configuration, vault));

        services.AddSingleton<ConnectionTests>().AddSingleton<Surveyor>().AddSingleton<SurveyText>().AddSingleton<RegisterProbe>();

        // Stages, in order
        services.AddSingleton<StartStage>().AddSingleton<ChangesStart>().AddSingleton<ChangedPulls>().AddSingleton<ExtractStage>().AddSingleton<TransformStage>().AddSingleton<ExportStage>();
        services.AddSingleton<DeliveryTraces>().AddSingleton<Baselines>().AddSingleton<TakenOut>();
        services.AddSingleton<FeedChoosing>().AddSingleton<FeedPlanning>().AddSingleton<KeepingBack>().AddSingleton<Recognising>().AddSingleton<GivenAgain>().AddSingleton<GivenRosters>();
        services.AddSingleton<FeedRendering>().AddSingleton<FeedDelivery>();
        services.AddSingleton<MemoryStore>().AddSingleton<MemoryHistory>().AddSingleton<MemoryRebuilding>().AddSingleton<Remembering>().AddSingleton<RefusedRun>().AddSingleton<LeftTargets>();
        services.AddSingleton<PlanRests>().AddSingleton<Approvals>().AddSingleton<Requeueing>().AddSingleton<Resending>();
        services.AddSingleton<FeedFailure>().AddSingleton<Rebaselining>().AddSingleton<Drifting>().AddSingleton<TargetLogs>().AddSingleton<KeptConfigurations>().AddSingleton<Rebuilding>();
        services.AddSingleton<IRunRebuilding>(provider => provider.GetRequiredService<Rebuilding>());
        services.AddSingleton<EarlierPulls>().AddSingleton<Deciding>().AddSingleton<Replay>().AddSingleton<StageRunner>().AddSingleton<RosterPipeline>();

        // The ways in over HTTP
        services.AddSingleton<SearchedNights>().AddSingleton<PersonSearch>().AddSingleton<TenantStatuses>();
        services.AddSingleton<SyncApi>().AddSingleton<FeedsApi>().AddSingleton<ManyTenantsApi>().AddSingleton<PeopleApi>().AddSingleton<ListsApi>();
        services.AddSingleton<Health>().AddSingleton<StatusPages>().AddSingleton<DiscreetAnswers>().AddSingleton<ApiRoutes>().AddSingleton<ApiRouter>();
        services.AddSingleton(Access.Of(configuration)).AddSingleton(_ => QueuesOf(configuration));

        // Lookups inside a login
        services.AddSingleton<BrokerKeys>().AddSingleton<LookupCalls>().AddSingleton<BrugerLookup>().AddSingleton<InstLookup>();
        services.AddSingleton<IdentifikationLookup>().AddSingleton<LastRoster>().AddSingleton<LoginLookup>().AddSingleton<LoginApi>();

        // What they keep
        services.AddSingleton<RunStore>().AddSingleton<LeftRuns>().AddSingleton<PoisonStore>().AddSingleton<RunProgress>().AddSingleton<ReceiptStore>();
        services.AddSingleton<TriedDeliveries>().AddSingleton<People>();
        services.AddSingleton<LastPullStore>().AddSingleton<ChangesStore>().AddSingleton<PersonHistories>();
        services.AddSingleton<DeliveredFiles>().AddSingleton<TargetRecords>().AddSingleton<TargetClaims>().AddSingleton<Sending>();
        services.AddSingleton<Discretion>().AddSingleton<BlobsInUse>().AddSingleton<Retaining>().AddSingleton<KnownPersons>().AddSingleton<PersonKeys>().AddSingleton<PersonPurge>();
        services.AddSingleton<Seals>().AddSingleton<ActLog>().AddSingleton<Verification>().AddSingleton<IncidentCollecting>();
        services.AddSingleton<RosterStore>().AddSingleton<DeliveredRosters>().AddSingleton<TargetRosters>().AddSingleton<PlanStore>().AddSingleton<KeptPersons>().AddSingleton<AbsenceStore>();
        services.AddSingleton(_ => Blobs(configuration));

        // Tenant files are checked, and their schema is made, where there is no storage.
        services.AddSingleton(provider => new BlobStorage(new Lazy<BlobServiceClient>(provider.GetRequiredService<BlobServiceClient>))).AddSingleton<StorageSetup>();

        // What stands behind numbers
        services.AddSingleton<CodeSentences>().AddSingleton<HiddenPersons>().AddSingleton<RegisterSchools>().AddSingleton<SchoolNaming>().AddSingleton<RunSchools>();
        services.AddSingleton<RunLists>().AddSingleton<ListNarrowing>().AddSingleton<ListCsv>();

        // Who looks after it all
        services.AddSingleton<IRunObserver, RunTelemetry>().AddSingleton<IRunObserver, RunAlarms>();
        services.AddSingleton<IAlarmChannel, WebhookChannel>().AddSingleton<IAlarmChannel, MailChannel>().AddSingleton<AlarmBoard>().AddSingleton<AlarmTrial>();
        services.AddSingleton<Mailer>().AddSingleton<Registrars>();
        services.AddSingleton(provider => new RegistrarMail(
            provider.GetRequiredService<ListCsv>(), provider.GetRequiredService<CodeSentences>(), provider.GetRequiredService<PipelineOptions>().PublicAddress));
        services.AddSingleton<Freshness>().AddSingleton<Watch>().AddSingleton<Heartbeats>();

        var options = PipelineOptions.Of(configuration);
        services.AddSingleton(options).AddSingleton(NightSettings.Of(configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<CertifiedConnections>();
        services.AddSingleton<SoapConnections>().AddSingleton<CallBudget>().AddSingleton<ICallBudget, CallsOfTenant>();
        AddCalls(services, options.Calls);
        return services;
    }

    /// <summary>Connections for calls over HTTP. A redirect would carry credentials along, or be a page to log in on.</summary>
    private static void AddCalls(IServiceCollection services, CallLimits limits)
    {
        services.AddSingleton(limits);
        services.ConfigureHttpClientDefaults(http => http
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.Add(Product.UserAgent))
            // What is taken whole is small, where nothing else is said: an answer without end would take the host's memory, and everybody's night with it.
            .ConfigureHttpClient(client => client.MaxResponseContentBufferSize = 1 << 20)
            .ConfigurePrimaryHttpMessageHandler(() => LimitedCalls.Connections(limits))
            .AddHttpMessageHandler(() => new LimitedCalls(limits)));
        services.AddHttpClient(RegisterSource.HttpClientName, client => client.Timeout = limits.Answer);

        // Somebody waits for the login; keys and lookups are small.
        services.AddHttpClient(BrokerKeys.HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(10));

        // The largest file takes minutes to send.
        services.AddHttpClient(BlackboardDelivery.HttpClientName, client => client.Timeout = limits.Whole);
        services.AddHttpClient(HttpsDelivery.HttpClientName, client => client.Timeout = limits.Whole);

        // What may write stands in the address of a container, so it is in no log line.
        services.AddHttpClient(BlobDelivery.HttpClientName, client => client.Timeout = limits.Whole).RemoveAllLoggers();

        // By their ids people are looked for in addresses. A list of resources is large, an endless one is none.
        // Cookies would take one tenant's session into another's calls.
        services.AddHttpClient(ScimDelivery.HttpClientName, client => (client.Timeout, client.MaxResponseContentBufferSize) = (limits.Answer, 64 << 20))
            .ConfigurePrimaryHttpMessageHandler(() => LimitedCalls.Connections(limits, cookies: false)).RemoveAllLoggers();

        // The address of a webhook is a secret, so it is in no log line.
        services.AddHttpClient(WebhookChannel.HttpClientName, client => client.Timeout = limits.Alarm).RemoveAllLoggers();
    }

    private static BlobServiceClient Blobs(IConfiguration configuration) =>
        AddressOf(configuration, "AzureWebJobsStorage:blobServiceUri") is { } address
            ? new BlobServiceClient(address, new DefaultAzureCredential())
            : Connect(configuration, connection => new BlobServiceClient(connection));

    private static QueueServiceClient QueuesOf(IConfiguration configuration) =>
        AddressOf(configuration, "AzureWebJobsStorage:queueServiceUri") is { } address
            ? new QueueServiceClient(address, new DefaultAzureCredential())
            : Connect(configuration, connection => new QueueServiceClient(connection));

    /// <summary>What cannot be read is not repeated: it may hold the account's key.</summary>
    private static T Connect<T>(IConfiguration configuration, Func<string, T> connect)
    {
        try
        {
            return configuration["AzureWebJobsStorage"] is { Length: > 0 } connection
                ? connect(connection)
                : throw new SettingRefusedException("The setting AzureWebJobsStorage is missing: a connection string, or AzureWebJobsStorage__blobServiceUri.");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new SettingRefusedException("The setting AzureWebJobsStorage (or --storage) is no connection string of a storage account.", e);
        }
    }

    /// <summary>What is none is not repeated either: a connection string may have been put there.</summary>
    private static Uri? AddressOf(IConfiguration configuration, string setting) =>
        configuration[setting] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) ? address
        : throw new SettingRefusedException($"The setting {setting.Replace(":", "__", StringComparison.Ordinal)} must be an https address (plain http only to loopback).");

    private static ISecrets Secrets(IConfiguration configuration, Uri? vault) =>
        vault is null ? new ConfigurationSecrets(configuration) : new KeyVaultSecrets(new SecretClient(vault, new DefaultAzureCredential()));
}
