using EduFunctions.Pipeline;
using Microsoft.Extensions.Logging.Console;

namespace EduFunctions.LocalHost.Local;

/// <summary>The pipeline's services for a command that runs and ends.</summary>
internal static class LocalServices
{
    public static ServiceProvider Build(IConfiguration configuration) => new ServiceCollection()
        .AddLogging(log => log
            .AddSimpleConsole(LogLines.Format)

            // Commands show progress and results in their own words; stdout belongs to the results.
            .SetMinimumLevel(configuration.GetValue("Logging:LogLevel:Default", LogLevel.Critical)))
        .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .AddSingleton(configuration)
        .AddRosterPipeline(configuration)
        .AddSingleton<InlinePump>()
        .AddSingleton<TenantFiles>()
        .AddSingleton<SyncRunner>()
        .BuildServiceProvider();
}
