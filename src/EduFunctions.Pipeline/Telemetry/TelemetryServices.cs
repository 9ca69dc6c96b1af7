using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EduFunctions.Pipeline.Telemetry;

public static class TelemetryServices
{
    /// <summary>
    /// Sends traces, metrics and log lines to the Application Insights of <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>, with the managed identity
    /// where <c>APPLICATIONINSIGHTS_AUTHENTICATION_STRING</c> is set, as the Functions host does. Null, and nothing is sent, without a connection string.
    /// </summary>
    public static IOpenTelemetryBuilder? AddPipelineTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 } connection)
        {
            return null;
        }

        var isIdentified = configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 };
        services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>(PipelineMetrics.Name, LogLevel.Information));
        return services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("edufunctions"))
            .WithTracing(tracing => tracing
                .AddSource(PipelineMetrics.Name)
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => !IsOfStorage(request))
                .AddProcessor<ImpersonalSpans>())
            .WithMetrics(metrics => metrics.AddMeter(PipelineMetrics.Name))
            .WithLogging(logging => logging.AddProcessor<ImpersonalLogs>(), options => options.IncludeFormattedMessage = true)
            .UseAzureMonitorExporter(exporter => Configure(exporter, connection, isIdentified));
    }

    private static void Configure(AzureMonitorExporterOptions exporter, string connection, bool isIdentified)
    {
        exporter.ConnectionString = connection;
        exporter.Credential = isIdentified ? new DefaultAzureCredential() : null;

        // A night is a few hundred spans per tenant. What is sampled away is what somebody looks for.
        exporter.SamplingRatio = 1;
        exporter.TracesPerSecond = null;
        exporter.EnableTraceBasedLogsSampler = false;
        exporter.EnableLiveMetrics = false;
    }

    /// <summary>Hundreds of calls a run that nobody asks about.</summary>
    private static bool IsOfStorage(HttpRequestMessage request) => request.Headers.Contains("x-ms-version");
}
