using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using EduFunctions.FunctionsHost.Protocol;

namespace EduFunctions.FunctionsHost;

/// <summary>The queues that functions' outputs go to: a message for each element.</summary>
internal sealed class OutputQueues(HostOptions options)
{
    private readonly QueueServiceClient _service = new(options.Storage, new QueueClientOptions { MessageEncoding = EncodingOf(options.AppFolder) });

    public async Task SendAsync(AppFunction function, InvocationResponse response)
    {
        foreach (var output in response.OutputData)
        {
            if (function.OutputQueue(output.Name) is { } queue)
            {
                foreach (var message in Messages(output.Data))
                {
                    await _service.GetQueueClient(queue).SendMessageAsync(message);
                }
            }
        }
    }

    /// <summary>As host.json has it; the platform's default is base64.</summary>
    private static QueueMessageEncoding EncodingOf(string app) =>
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(app, "host.json")))!["extensions"]?["queues"]?["messageEncoding"]?.GetValue<string>() == "none"
            ? QueueMessageEncoding.None
            : QueueMessageEncoding.Base64;

    private static IEnumerable<string> Messages(TypedData data) => data.DataCase switch
    {
        TypedData.DataOneofCase.Json => JsonNode.Parse(data.Json) is JsonArray several ? several.Select(one => one!.ToJsonString()) : [data.Json],
        TypedData.DataOneofCase.CollectionString => data.CollectionString.String,
        TypedData.DataOneofCase.String => [data.String],
        _ => [],
    };
}
