using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Nothing of a feed is sent since somebody has let its target rest. Nobody is asked for anything.</summary>
public sealed class RestingTargetException : RunHeldException
{
    private RestingTargetException(string message, FeedRest rest)
        : base(message) => Rest = rest;

    public FeedRest Rest { get; }

    [Told]
    internal static RestingTargetException Of(string feed, FeedRest rest) =>
        new($"Feed {feed} is paused until {rest.Until} by {rest.By} (freeze), so nothing of it is sent.", rest);
}
