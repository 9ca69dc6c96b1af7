using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Posts a file per object to Learn's flat file integration, waits until Learn has worked through it, then goes on with what depends on it
/// (docs/feeds/blackboard.md). Every step is on record before and after, so that no file is ever posted twice.
/// </summary>
public sealed class BlackboardDelivery(CertifiedConnections connections, PipelineOptions options, TimeProvider time) : IDelivery, IConnectionTest
{
    public const string HttpClientName = "blackboard";

    public string Type => "blackboard";

    public Type Settings => typeof(BlackboardDeliverySettings);

    public string OnlyANightTells => "Learn takes the data source key, and which rows it refuses";

    public string Target(DeliverySettings settings) => ((BlackboardDeliverySettings)settings).BaseUrl;

    [Told]
    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var settings = (BlackboardDeliverySettings)setup.Delivery;
        using var http = connections.Open(HttpClientName, settings.Certificates);
        var endpoint = new LearnEndpoint(http, settings);
        var wait = new ProcessingWait(endpoint, TimeSpan.FromMinutes(settings.TimeoutMinutes), time.GetUtcNow() + options.SliceLength, time);
        var troubles = new List<string>();
        foreach (var name in files.Names)
        {
            if (Obstacle(name, files, progress) is { } obstacle)
            {
                troubles.Add($"{name} was not posted, because {obstacle} has not been worked through");
                continue;
            }

            var file = progress.Find(name) ?? await PostAsync(endpoint, files, name, (BlackboardSettings)setup.Settings, progress, troubles, ct);
            if (file is { State: ReceiptState.Accepted })
            {
                file = await wait.ForEndAsync(file, progress, ct);
            }
            else if (file is { State: ReceiptState.Sent })
            {
                // The process died with the answer on its way: to post again could be the second time.
                file = await SetAsync(progress, file with { State = ReceiptState.Unknown, Reason = $"it is not known whether Learn has got {name}" });
            }

            if (file is { State: ReceiptState.Accepted })
            {
                return DeliverySummary.GoingOn(progress);
            }
        }

        return DeliverySummary.Of(progress, troubles);
    }

    /// <summary>Asks, with every login, for the status of a file that never was: whoever may ask that may post.</summary>
    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var learn = (BlackboardDeliverySettings)settings;
        using var http = connections.Open(HttpClientName, learn.Certificates);
        var endpoint = new LearnEndpoint(http, learn);
        foreach (var kind in LearnObject.All.DistinctBy(learn.LoginOf))
        {
            yield return new ConnectionCheck($"login \"{learn.LoginOf(kind).Username}\"", await endpoint.FindObstacleAsync(kind, ct));
        }
    }

    /// <summary>The file this one needs that Learn has not worked through. Deletes need none: they must not wait for anything.</summary>
    private static string? Obstacle(string name, FeedFiles files, DeliveryProgress progress)
    {
        var kind = LearnObject.OfFile(name);
        var needed = LearnObject.IsDeleteFile(name) ? []
            : name == kind.AsideFile || name == kind.SourceFile ? [kind.MovedFile, kind.MovedAgainFile]
            : name == kind.NewFile ? [kind.MovedFile, kind.MovedAgainFile, kind.AsideFile]
            : name == kind.File ? [.. kind.References.Select(needed => needed.File), kind.NewFile, kind.AsideFile, kind.MovedFile, kind.MovedAgainFile, kind.SourceFile]
            : LearnObject.IsMovedFile(name) ? kind.References.SelectMany(needed => new[] { needed.MovedFile, needed.MovedAgainFile })
            : Enumerable.Empty<string>();
        return needed.FirstOrDefault(file => files.Names.Contains(file)
            && progress.Find(file)?.State is not (ReceiptState.Processed or ReceiptState.ProcessedWithErrors));
    }

    /// <returns>Null when Learn has certainly not taken the file.</returns>
    [Told]
    private async Task<FileProgress?> PostAsync(
        LearnEndpoint endpoint, FeedFiles files, string name, BlackboardSettings settings, DeliveryProgress progress, List<string> troubles, CancellationToken ct)
    {
        var kind = LearnObject.OfFile(name);
        var operation = name == kind.File && settings.IsRefreshed(kind) && LearnMove.AnyRefused(progress.Files) ? BlackboardSettings.Store : settings.EndpointOf(name);
        var rows = Rows(files.Open(name));
        if (rows == 0)
        {
            throw new DeliveryRefusedException($"{name} has no rows, and {operation} with an empty file disables everything, so it was not posted.");
        }

        var file = await SetAsync(progress, new FileProgress(name, ReceiptState.Sent, time.GetUtcNow()) { Rows = rows });
        PostAnswer answer;

        // Broken off, it would not be known for a night whether Learn has the file.
        using var late = new LateCancellation(ct);
        try
        {
            answer = await endpoint.PostAsync(kind, operation, files.Open(name), late.Token);
        }
        catch (IOException)
        {
            await progress.ForgetAsync(name);
            throw;
        }

        if (answer.Refusal is { } refusal)
        {
            troubles.Add(refusal);
            await progress.ForgetAsync(name);
            return null;
        }

        return await SetAsync(progress, answer switch
        {
            { Reference: { } reference } => file with { State = ReceiptState.Accepted, Reference = reference },
            { Failure: { } failure } => file with { State = ReceiptState.Failed, Reason = failure },
            _ => file with { State = ReceiptState.Unknown, Reason = answer.Loss },
        });
    }

    private static async Task<FileProgress> SetAsync(DeliveryProgress progress, FileProgress file)
    {
        await progress.SetAsync(file);
        return file;
    }

    /// <summary>Line ends but the header's: what Learn counts.</summary>
    private static int Rows(Stream file)
    {
        var block = new byte[1 << 16];
        var lines = 0;
        for (int read; (read = file.Read(block)) > 0;)
        {
            lines += block.AsSpan(0, read).Count((byte)'\n');
        }

        return Math.Max(0, lines - 1);
    }
}
