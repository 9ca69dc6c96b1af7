using System.CommandLine;
using Azure.Storage.Queues;
using EduFunctions.LocalHost.Local;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.Logging.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>serve</c>: queues, nightly timer and HTTP API until stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var tenants = Options.Tenants(required: false);
        var urls = Options.Urls();
        var storage = Options.Storage();
        var command = new Command("serve", "Runs until stopped: queues, nightly timer, HTTP API.") { tenants, urls, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            RequireKey(parsed.GetValue(urls)!, LocalSettings.Read());
            RequireFree(parsed.GetValue(urls)!);
            await using var place = await LocalStorage.OpenAsync(parsed.GetValue(storage), LocalStorage.DataFolder, ct);
            return await RunAsync(place, parsed.GetValue(urls)!, parsed.GetValue(tenants), new Dictionary<string, string?>(), ct);
        }));
        return command;
    }

    /// <param name="tenants">Whose files are published first; null for those that are in the storage already.</param>
    public static async Task<int> RunAsync(
        LocalStorage storage, string urls, DirectoryInfo? tenants, IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        await using var app = Build(LocalSettings.Read([.. settings, .. storage.Settings]));
        await storage.PrepareAsync(app.Services.GetRequiredService<BlobStorage>(), app.Services.GetRequiredService<CallLimits>().Trial, ct);
        await PublishAsync(app.Services, tenants, ct);
        urls.Split(';').ToList().ForEach(app.Urls.Add);
        var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await StartAsync(app, storage, ct);
        await app.WaitForShutdownAsync(ct);
        return ExitOf(loops);
    }

    /// <summary>Listens, and says where, over which storage, and when the next nights begin.</summary>
    private static async Task StartAsync(WebApplication app, LocalStorage place, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{e.Message.TrimEnd('.')}. Stop what listens there, or give another address by --urls.");
        }

        var night = app.Services.GetRequiredService<NightSettings>();
        var storage = place.NameOf(app.Services.GetRequiredService<BlobStorage>());
        await Console.Error.WriteLineAsync(
            $"Listening on {string.Join(", ", app.Urls)} (status page: {app.Urls.First()}/), {storage}; "
            + $"nights begin at {night.Hour}:{night.Minutes[0]:00} {night.TimeZone.Id} where a tenant says nothing else. Ctrl-C stops after the work in hand.");
    }

    /// <summary>A host that was not stopped but broke down says so, for whoever starts it again.</summary>
    private static int ExitOf(IReadOnlyList<BackgroundService> loops) =>
        loops.Any(loop => loop.ExecuteTask is { IsFaulted: true } || loop is LoopWatch { Death: not null }) ? ExitCodes.Failed : ExitCodes.Good;

    private static WebApplication Build(IConfiguration configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddSimpleConsole(LogLines.Format);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        // What keeps it from starting, and what a loop dies of, is told in sentences of ours; the host would add a stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRosterPipeline(configuration);
        builder.Services.AddPipelineTelemetry(configuration);
        builder.Services.AddSingleton<TenantFiles>();
        builder.Services.AddSingleton(services => QueuesOf(services, configuration));
        builder.Services.AddHostedService<QueuePump>();
        builder.Services.AddHostedService<NightlyTimer>();
        builder.Services.AddHostedService<ChangesTimer>();
        builder.Services.AddHostedService<WatchTimer>();
        builder.Services.AddHostedService<LoopWatch>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(CallerLimits.LeaveBodiesToTheApi);
        var most = CallerLimits.MostOf(configuration);
        builder.Services.AddRateLimiter(limits => CallerLimits.Set(limits, most));
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapApi();
        return app;
    }

    private static MessageQueues QueuesOf(IServiceProvider services, IConfiguration configuration) =>
        configuration["AzureWebJobsStorage"] is { Length: > 0 } connection ? MessageQueues.Open(connection) : new MessageQueues(services.GetRequiredService<QueueServiceClient>());

    public static void RequireAddresses(string urls)
    {
        foreach (var url in urls.Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                throw new CommandException(ExitCodes.BadConfiguration, $"--urls must be addresses to listen on, such as http://127.0.0.1:7071, not \"{url}\".");
            }
        }
    }

    private static void RequireFree(string urls)
    {
        if (Listening.FindTaken(urls) is { } taken)
        {
            throw new CommandException(ExitCodes.BadConfiguration, Listening.Taken(taken));
        }
    }

    /// <summary>Whoever reaches this machine over the network must have a key.</summary>
    private static void RequireKey(string urls, IConfiguration settings)
    {
        RequireAddresses(urls);
        var open = urls.Split(';').FirstOrDefault(url => !ApiEndpoints.IsLoopback(BindingAddress.Parse(url).Host.Trim('[', ']')));
        if (open is not null && CallerKey.Of(settings).Count == 0)
        {
            throw new CommandException(
                ExitCodes.BadConfiguration, $"{open} can be reached from elsewhere, so callers need a key: set {CallerKey.Setting}, or listen on 127.0.0.1.");
        }
    }

    /// <summary>A bad file does not keep the others from being served.</summary>
    private static async Task PublishAsync(IServiceProvider services, DirectoryInfo? folder, CancellationToken ct)
    {
        if (folder is null)
        {
            return;
        }

        foreach (var file in await services.GetRequiredService<TenantFiles>().PublishAsync(folder, Asker.Of(Environment.UserName, null), ct))
        {
            foreach (var problem in file.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }
        }
    }
}
