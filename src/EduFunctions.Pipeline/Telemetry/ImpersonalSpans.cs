using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>The last look at spans before they leave: addresses lose their query and whatever may name a person.</summary>
internal sealed class ImpersonalSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            if (value is string text && Impersonal.Of(text.Split('?')[0]) is var plain && plain != text)
            {
                data.SetTag(name, plain);
            }
        }
    }
}

/// <summary>The same of log lines. An exception's own words may be anybody's data, so only its kind is left.</summary>
internal sealed class ImpersonalLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = (data.Attributes ?? []).Select(each => each.Value is string text ? KeyValuePair.Create(each.Key, (object?)Impersonal.Of(text)) : each);
        data.Attributes = data.Exception is { } exception ? [.. attributes, new("exception", exception.GetType().Name)] : [.. attributes];
        data.Exception = null;
        data.FormattedMessage = data.FormattedMessage is { } message ? Impersonal.Of(message) : null;
    }
}
