using System.Text.Json.Nodes;
using EduFunctions.FunctionsHost.Protocol;

namespace EduFunctions.FunctionsHost;

/// <summary>A function as the worker describes it.</summary>
public sealed class AppFunction
{
    private const string TriggerSuffix = "Trigger";

    internal AppFunction(RpcFunctionMetadata metadata)
    {
        Bindings = [.. metadata.RawBindings.Select(raw => JsonNode.Parse(raw)!.AsObject())];
        foreach (var binding in Bindings)
        {
            // A worker tells its bindings as JSON and wants them back as messages.
            metadata.Bindings[Text(binding, "name")!] = new BindingInfo
            {
                Type = Text(binding, "type")!,
                Direction = IsOutput(binding) ? 1 : 0,
            };
        }

        Metadata = metadata;
    }

    public string Name => Metadata.Name;

    /// <summary>What calls it: <c>httpTrigger</c>, <c>queueTrigger</c> or <c>timerTrigger</c>.</summary>
    public string TriggerType => Text(Trigger, "type")!;

    public string? Route => Text(Trigger, "route");

    public string? Queue => Text(Trigger, "queueName");

    public string? Schedule => Text(Trigger, "schedule");

    public bool NeedsKey => !string.Equals(Text(Trigger, "authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> Methods => [.. (Trigger["methods"]?.AsArray() ?? []).Select(method => (string)method!)];

    /// <summary>The queue that messages under this name go to; null when it is no output to a queue.</summary>
    public string? OutputQueue(string name) => Bindings
        .Where(binding => IsOutput(binding) && Text(binding, "type") == "queue" && Text(binding, "name") == name)
        .Select(binding => Text(binding, "queueName"))
        .FirstOrDefault();

    internal RpcFunctionMetadata Metadata { get; }

    internal string TriggerName => Text(Trigger, "name")!;

    private IReadOnlyList<JsonObject> Bindings { get; }

    private JsonObject Trigger => Bindings.Single(binding => Text(binding, "type")!.EndsWith(TriggerSuffix, StringComparison.OrdinalIgnoreCase));

    private static bool IsOutput(JsonObject binding) => string.Equals(Text(binding, "direction"), "out", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonObject binding, string name) => (string?)binding[name];
}
