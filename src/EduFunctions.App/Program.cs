using Azure.Core.Serialization;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = FunctionsApplication.CreateBuilder(args).ConfigureFunctionsWebApplication();
builder.Services.AddRosterPipeline(builder.Configuration);

// Messages look the same whichever host wrote them.
builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(Serialization.Compact));

// Addresses stay out of the log: those that are asked of us name people, those that we ask name pages and targets.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

// The host stops showing the worker's log lines as soon as the worker sends telemetry of its own: only where there is a place to send it.
builder.Services.AddPipelineTelemetry(builder.Configuration)?.UseFunctionsWorkerDefaults();

// A caller may be slow; how slow, the API says itself.
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = null);

var app = builder.Build();
await app.Services.GetRequiredService<StorageSetup>().TryMakeAsync(CancellationToken.None);
await app.RunAsync();
