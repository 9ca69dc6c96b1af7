using Azure.Core.Serialization;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

var builder = FunctionsApplication.CreateBuilder(args).ConfigureFunctionsWebApplication();
builder.Services.AddRosterPipeline(builder.Configuration);

// Messages look the same whichever host wrote them.
builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(Serialization.Compact));

// Addresses stay out of the log: those that are asked of us name people, those that we ask name pages and targets.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

// The host stops showing the worker's log lines as soon as the worker sends telemetry of its own: only where there is a place to send it.
if (IsSet("APPLICATIONINSIGHTS_CONNECTION_STRING"))
{
    builder.Services.AddOpenTelemetry()
        .UseFunctionsWorkerDefaults()
        .UseAzureMonitorExporter(UseIdentity)
        .WithTracing(tracing => tracing.AddHttpClientInstrumentation())
        .WithMetrics(metrics => metrics.AddHttpClientInstrumentation());
}

var app = builder.Build();
await app.Services.GetRequiredService<BlobStorage>().CreateContainersAsync(CancellationToken.None);
await app.RunAsync();

bool IsSet(string setting) => builder.Configuration[setting] is { Length: > 0 };

// The setting that tells the host to sign in with its identity counts for the worker too.
void UseIdentity(AzureMonitorExporterOptions exporter) =>
    exporter.Credential = IsSet("APPLICATIONINSIGHTS_AUTHENTICATION_STRING") ? new DefaultAzureCredential() : null;
