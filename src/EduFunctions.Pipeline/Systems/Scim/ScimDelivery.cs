using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Carries out the feed's lines at a SCIM 2.0 server, one after the other (docs/feeds/scim.md).</summary>
public sealed class ScimDelivery(CertifiedConnections connections, PipelineOptions options, TimeProvider time) : ITargetReading, IConnectionTest
{
    public const string HttpClientName = "scim";

    public string Type => "scim";

    public Type Settings => typeof(ScimDeliverySettings);

    public string OnlyANightTells => "the token may create, change and delete users and groups, and which of them the server refuses";

    public string Target(DeliverySettings settings) => ((ScimDeliverySettings)settings).BaseUrl;

    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var settings = (ScimDeliverySettings)setup.Delivery;
        using var http = Open(settings);
        var pace = new ScimPace(time.GetUtcNow() + options.SliceLength, time);
        var server = new ScimServer(http, settings, pace, time);
        foreach (var name in files.Names)
        {
            var file = progress.Find(name) ?? new FileProgress(name, ReceiptState.Sent, time.GetUtcNow()) { Rows = Lines(files.Open(name)).Count() };
            if (!file.IsOver() && await CarryOutAsync(file, files, setup, server, pace, progress, ct))
            {
                return ResultOf(progress) with { State = ReceiptState.Accepted, GoesOn = true };
            }
        }

        return ResultOf(progress);
    }

    public async Task<IReadOnlyList<Drift>> CompareAsync(FeedFiles wanted, FeedSetup setup, CancellationToken ct)
    {
        var settings = (ScimDeliverySettings)setup.Delivery;
        using var http = Open(settings);
        var server = new ScimServer(http, settings, new ScimPace(time.GetUtcNow() + options.SliceLength, time), time);
        try
        {
            var directory = new ScimDirectory(server, await AbilitiesAsync(setup, server, ct), settings.PageSize);
            return await new ScimDrift(server, directory).FindAsync([.. wanted.Names.SelectMany(name => Lines(wanted.Open(name)))], ct);
        }
        catch (SliceOverException e)
        {
            throw new IOException($"{server.Authority} asks to come later. Try again.", e);
        }
    }

    /// <summary>Asks what the server can, and for one user.</summary>
    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new ConnectionCheck("token and users", await FindObstacleAsync((ScimDeliverySettings)settings, ct));
    }

    /// <exception cref="DeliveryRefusedException">The certificate is not good today.</exception>
    private HttpClient Open(ScimDeliverySettings settings)
    {
        try
        {
            return connections.Open(HttpClientName, settings.Certificates);
        }
        catch (RunHeldException e)
        {
            throw new DeliveryRefusedException(e.Message);
        }
    }

    /// <returns>Whether the stage is to come back.</returns>
    [Told]
    private async Task<bool> CarryOutAsync(
        FileProgress file, FeedFiles files, FeedSetup setup, ScimServer server, ScimPace pace, DeliveryProgress progress, CancellationToken ct)
    {
        var (so, minutes) = (new ScimProgress(file, progress, time), ((ScimDeliverySettings)setup.Delivery).TimeoutMinutes);
        if (time.GetUtcNow() - file.Since >= TimeSpan.FromMinutes(minutes))
        {
            await so.GiveUpAsync($"{server.Authority} has taken {so.Done} of {file.Rows} lines within {minutes} minutes; what is left goes with the next run");
            return false;
        }

        await so.SaveAsync();
        try
        {
            var tools = new Tools(setup, server, await AbilitiesAsync(setup, server, ct), new ScimWhole(progress.IsTelling), new ScimOurs(Lines(files.Open(file.Name))));
            foreach (var part in ScimPart.Of(Lines(files.Open(file.Name))).Where(part => part.End > so.Done))
            {
                await CarryOutAsync(part, () => Lines(files.Open(file.Name)).Take(part.End).Skip(so.Done), tools, so, pace, ct);
            }

            await so.EndAsync();
            return false;
        }
        catch (SliceOverException)
        {
            await so.SaveAsync();
            return true;
        }
        catch (Exception e) when (e is IOException or DeliveryRefusedException)
        {
            await so.SaveAsync();
            throw;
        }
    }

    /// <summary>What must go goes, whatever the server refuses of the rest: it may lack a kind that only others need.</summary>
    private static async Task CarryOutAsync(ScimPart part, Func<IEnumerable<ScimLine>> lines, Tools tools, ScimProgress so, ScimPace pace, CancellationToken ct)
    {
        try
        {
            var work = await BeginAsync(lines(), tools, so.Places, ct);
            await WorkThroughAsync(work, lines(), so, pace, ct);
        }
        catch (DeliveryRefusedException e) when (!part.IsLast)
        {
            so.CountNotTried(part.End, e.Message);
        }
    }

    private static async Task WorkThroughAsync(ScimWork work, IEnumerable<ScimLine> lines, ScimProgress so, ScimPace pace, CancellationToken ct)
    {
        var first = so.Done;
        foreach (var batch in work.Batches(lines))
        {
            await so.BeginAsync();
            await work.PrepareAsync(batch, ct);
            foreach (var line in batch)
            {
                if (pace.IsOver && so.Done > first)
                {
                    throw new SliceOverException();
                }

                await so.BeginAsync();
                so.Count(await work.CarryOutAsync(line, ct));
                so.Caveat = work.Caveat ?? so.Caveat;
            }
        }
    }

    /// <summary>Finds out what the server has of what the lines are about.</summary>
    private static async Task<ScimWork> BeginAsync(IEnumerable<ScimLine> lines, Tools tools, Dictionary<string, string> places, CancellationToken ct)
    {
        var directory = new ScimDirectory(tools.Server, tools.Abilities, ((ScimDeliverySettings)tools.Setup.Delivery).PageSize);
        var (wanted, named, given) = (Ids(), Ids(), Ids());
        foreach (var line in lines)
        {
            wanted[line.Type].Add(line.Id);
            _ = line.IsGiven && given[line.Type].Add(line.Id);
            if (line.Place is { } place)
            {
                directory.Know(line.Type, line.Id, place);
            }

            ScimReferences.In(line.Resource).ToList().ForEach(reference => named[reference.Type].Add(reference.Id));
            if (line.Type is { List: not null, Linked: { } linked })
            {
                named[linked].UnionWith(line.Add.Concat(line.Gone).Concat(tools.Abilities.Patch ? [] : line.Keep));
            }
        }

        foreach (var type in ScimType.InOrder)
        {
            await directory.PrepareAsync(type, wanted[type], named[type], given[type], ct);
        }

        return new ScimWork(tools.Server, directory, tools.Abilities, tools.Whole, tools.Ours, places);

        static Dictionary<ScimType, HashSet<string>> Ids() => ScimType.InOrder.ToDictionary(type => type, _ => new HashSet<string>(StringComparer.Ordinal));
    }

    private static async Task<ScimAbilities> AbilitiesAsync(FeedSetup setup, ScimServer server, CancellationToken ct) =>
        ((ScimSettings)setup.Settings).IsEgil ? ScimAbilities.Egil
        : ((ScimDeliverySettings)setup.Delivery).Bulk ? await ScimAbilities.AskAsync(server, ct)
        : (await ScimAbilities.AskAsync(server, ct)) with { BulkOperations = 0 };

    private async Task<string?> FindObstacleAsync(ScimDeliverySettings settings, CancellationToken ct)
    {
        try
        {
            using var http = Open(settings);
            var server = new ScimServer(http, settings, new ScimPace(time.GetUtcNow(), time), time);
            var directory = new ScimDirectory(server, await ScimAbilities.AskAsync(server, ct), pageSize: 1);
            await directory.FindAsync(ScimType.Users, "edufunctions-connection-test", ct);
            return null;
        }
        catch (SliceOverException)
        {
            return $"{new Uri(settings.BaseUrl).Authority} asks to come later. Try again.";
        }
        catch (Exception e) when (e is IOException or DeliveryRefusedException)
        {
            return e.Message;
        }
    }

    private static DeliveryResult ResultOf(DeliveryProgress progress)
    {
        var states = progress.Files.Select(file => file.State).ToList();
        var state = states.Contains(ReceiptState.Unknown) ? ReceiptState.Unknown
            : states.Contains(ReceiptState.ProcessedWithErrors) ? ReceiptState.ProcessedWithErrors
            : ReceiptState.Processed;
        return new DeliveryResult(state)
        {
            Reason = progress.Files.Select(file => file.Reason).FirstOrDefault(reason => reason is not null),
            Counts = new Dictionary<string, int>
            {
                ["lines"] = progress.Files.Sum(file => file.Rows),
                ["completed"] = progress.Files.Sum(file => file.Completed),
                ["errors"] = progress.Files.Sum(file => file.Errors),
            },
        };
    }

    [Told]
    private static IEnumerable<ScimLine> Lines(Stream file)
    {
        var lines = new LineReader(file);
        while (lines.Read())
        {
            yield return ScimLine.TryParse(lines.Current) ?? throw new DeliveryRefusedException($"Line {lines.Line} of the feed's file cannot be read. Run again.");
        }
    }

    private sealed record Tools(FeedSetup Setup, ScimServer Server, ScimAbilities Abilities, ScimWhole Whole, ScimOurs Ours);
}
