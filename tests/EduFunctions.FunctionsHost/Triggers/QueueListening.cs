using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EduFunctions.FunctionsHost.Triggers;

/// <summary>The platform's own listener on one queue, with the settings of host.json.</summary>
internal static class QueueListening
{
    // Where WebJobs looks for what host.json says.
    private const string Section = "AzureWebJobs";

    public static IHost Build(HostOptions options, AppFunction function, Invoker invoker, Action<string> log)
    {
        var listening = new HostBuilder()
            .UseContentRoot(options.AppFolder)
            .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(Settings(options)))
            .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues(queues => queues.VisibilityTimeout = options.RetryPause ?? queues.VisibilityTimeout))
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .ConfigureServices(services => services
                .AddSingleton<ITypeLocator, OnlyQueueFunction>()
                .AddSingleton<INameResolver>(new QueueName(function.Queue!))
                .AddSingleton(new QueueFunction((message, id, tries, ct) => invoker.QueueAsync(function, message, id, tries, ct), log))
                .AddSingleton<IJobActivator, Registered>());
        return listening.Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(HostOptions options)
    {
        var host = new ConfigurationBuilder().AddJsonFile(Path.Combine(options.AppFolder, "host.json")).Build();
        return host.AsEnumerable()
            .Select(setting => KeyValuePair.Create($"{Section}:{setting.Key}", setting.Value))
            .Append(KeyValuePair.Create(HostOptions.StorageSetting, (string?)options.Storage));
    }

    private sealed class OnlyQueueFunction : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueFunction)];
    }

    private sealed class QueueName(string queue) : INameResolver
    {
        public string Resolve(string name) => queue;
    }

    private sealed class Registered(IServiceProvider services) : IJobActivator
    {
        public T CreateInstance<T>() => (T)services.GetService(typeof(T))!;
    }
}
