using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Names of the queues; each has a twin that ends in <c>-poison</c>.</summary>
public static class Queues
{
    public const string Extract = "extract";
    public const string Transform = "transform";
    public const string Export = "export";
    public const string PoisonSuffix = "-poison";

    public static IReadOnlyList<string> All { get; } = [Extract, Transform, Export];

    public static IReadOnlyList<string> WithPoison { get; } = [.. All.SelectMany(queue => new[] { queue, queue + PoisonSuffix })];
}

/// <summary>A message names the run that it is about, and names become paths: what is no name is nobody's message.</summary>
public interface IStageMessage
{
    string Tenant { get; }

    string Run { get; }

    bool NamesRun => IsRun(Tenant, Run);

    /// <summary>Null comes from JSON that says so.</summary>
    static bool IsRun(string? tenant, string? run) =>
        tenant is not null && run is not null && Regex.IsMatch(tenant, Contracts.Tenant.NamePattern) && RunId.IsValid(run);
}

/// <summary>
/// Asks for a slice of a pull. How far the pull has come stands in the snapshot itself, page by page, so that the message needs
/// no cursor beyond the slice's number and a killed slice loses no page.
/// </summary>
/// <param name="Slice">Number of the slice, from 0.</param>
public sealed record ExtractMessage(string Tenant, string Run, int Slice = 0) : IStageMessage;

public sealed record TransformMessage(string Tenant, string Run) : IStageMessage;

public sealed record ExportMessage(string Tenant, string Run, string Feed) : IStageMessage
{
    bool IStageMessage.NamesRun => IStageMessage.IsRun(Tenant, Run) && Feed is not null && Regex.IsMatch(Feed, Contracts.Tenant.NamePattern);
}

/// <summary>What a stage wants done next; the host puts it on the queues.</summary>
public sealed record NextMessages
{
    public static NextMessages None { get; } = new();

    public IReadOnlyList<ExtractMessage> Extract { get; init; } = [];

    public IReadOnlyList<TransformMessage> Transform { get; init; } = [];

    public IReadOnlyList<ExportMessage> Export { get; init; } = [];

    public static NextMessages Of(ExtractMessage message) => new() { Extract = [message] };

    public static NextMessages Of(TransformMessage message) => new() { Transform = [message] };

    public static NextMessages All(IEnumerable<NextMessages> several)
    {
        var all = several.ToList();
        return new()
        {
            Extract = [.. all.SelectMany(next => next.Extract)],
            Transform = [.. all.SelectMany(next => next.Transform)],
            Export = [.. all.SelectMany(next => next.Export)],
        };
    }

    public static NextMessages Of(params IEnumerable<ExportMessage> messages) => new() { Export = [.. messages] };
}
